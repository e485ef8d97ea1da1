package form_test

import (
	"fmt"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/widget"
)

// TestUndoPaste: text that was pasted into a field, and the caret in it.
func TestUndoPaste(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.write("北京公司")
	d.press("left", "left")
	before := d.shown()
	x, y, _ := d.Caret()
	d.paste("晨星")
	d.stands(juhe.Factors{juhe.Entname: "北京晨星公司"})
	d.says(d.press("ctrl+z"), widget.Note, d.words.Paste.Undone)
	if nx, ny, _ := d.Caret(); d.shown() != before || nx != x || ny != y {
		t.Errorf("the caret is at %d, %d, not at %d, %d:\n%s", nx, ny, x, y, d.shown())
	}
	d.says(d.press("ctrl+z"), widget.Note, d.words.Paste.NothingToUndo)
	d.stands(juhe.Factors{juhe.Entname: "北京公司"})
}

// TestUndoClear: what was cleared comes back, where it was, and the endpoint stays
// as it was chosen since.
func TestUndoClear(t *testing.T) {
	t.Parallel()
	want := company().Factors(juhe.APIQuery)
	d := newDesk(t, filled(company()))
	d.press("tab", "tab")
	_, line, _ := d.Caret()
	d.press("ctrl+l", "ctrl+l", "ctrl+l", "ctrl+t")
	d.stands(juhe.Factors{})
	d.press("ctrl+z")
	d.stands(want)
	d.shows(string(juhe.APIQueryEncry))
	if _, y, _ := d.Caret(); y != line {
		t.Errorf("the caret is in line %d, not %d", y, line)
	}
	d.Clear() // as a new lookup from the result does
	d.press("ctrl+z")
	d.stands(want)
	d.sentNothing()
}

// TestUndoSeveral: change after change comes back, the last one first; there are
// no more than twenty.
func TestUndoSeveral(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var states []juhe.Factors
	for i := range 30 {
		c := mockserver.Companies()[i%2].Factors(juhe.APIQuery)
		d.paste(row(c))
		states = append(states, c)
	}
	for i := 28; i > 28-19; i-- {
		d.press("ctrl+z")
		d.stands(states[i])
	}
	d.says(d.press("ctrl+z"), widget.Note, d.words.Paste.Undone)
	d.says(d.press("ctrl+z"), widget.Note, d.words.Paste.NothingToUndo)
}

// TestUndoWalk: a walk through earlier lookups is taken back as one change, what
// was changed on the way by itself. Nobody comes in of whom the audit trail does
// not know.
func TestUndoWalk(t *testing.T) {
	t.Parallel()
	d, l, recs := remembering(t, 0, 1)
	d.write("正在输入")
	recalled := func(n int) string {
		return fmt.Sprintf(d.words.Form.Recalled, recs[n].At.Local().Format("2006-01-02\u00a015:04:05"))
	}
	walk := func() {
		d.hear(recalled(1), d.press("ctrl+p"))
		d.hear(recalled(0), d.press("ctrl+p"))
	}
	walk()
	d.press("ctrl+z")
	d.stands(juhe.Factors{juhe.Entname: "正在输入"})
	d.says(d.press("ctrl+n"), widget.Note, d.words.Form.NoLater)
	walk()
	d.write("改")
	d.hear(recalled(1), d.press("ctrl+n"))
	d.press("ctrl+z")
	changed := recs[0].Query.Factors
	changed[juhe.Entname] += "改"
	d.stands(changed)
	d.press("ctrl+z")
	d.stands(juhe.Factors{juhe.Entname: "正在输入"})
	walk()
	d.hear(recalled(1), d.press("ctrl+n"))
	d.hear(d.words.Form.Draft, d.press("ctrl+n"))
	d.says(d.press("ctrl+z"), widget.Note, d.words.Paste.NothingToUndo)
	d.stands(juhe.Factors{juhe.Entname: "正在输入"})
	for _, id := range filledIn(t, l) {
		if id != recs[0].ID && id != recs[1].ID {
			t.Errorf("the audit trail tells of %s", id)
		}
	}
	d.sentNothing()
}

// TestUndoRecall: a lookup from elsewhere goes with its endpoint and regstatus,
// and a second time back and forth leaves the trail as long as it was.
func TestUndoRecall(t *testing.T) {
	t.Parallel()
	d, l, recs := remembering(t, 0)
	rec := recs[0]
	rec.Query.API, rec.Query.Regstatus = juhe.APIQueryV2, true
	d.write("正在输入")
	before := d.shown()
	d.hear(d.words.Form.Filled, d.Recall(rec))
	d.shows(string(juhe.APIQueryV2), d.words.Form.On)
	d.press("ctrl+z")
	if d.shown() != before {
		t.Errorf("it is not as before:\n%s", d.shown())
	}
	d.hear(d.words.Form.Filled, d.Recall(rec))
	d.press("ctrl+l", "ctrl+z") // it was there, with a trace
	d.stands(rec.Query.Factors)
	if got := filledIn(t, l); len(got) != 2 {
		t.Errorf("the audit trail tells of %v", got)
	}
}

// TestUndoFilling: what is about to come in does not come any more, and what was
// refused by the audit trail does not come by undo.
func TestUndoFilling(t *testing.T) {
	t.Parallel()
	d, l, recs := remembering(t, 0)
	d.write("正在输入")
	fill := d.Recall(recs[0])
	d.says(d.press("ctrl+z"), widget.Note, d.words.Paste.Undone)
	d.Update(fill())
	d.stands(juhe.Factors{juhe.Entname: "正在输入"})
	page := d.press("ctrl+p")
	d.press("ctrl+z")
	d.Update(page())
	d.stands(juhe.Factors{juhe.Entname: "正在输入"})

	d.Options.Ledger = untraced{l}
	why := fmt.Sprintf(d.words.Form.NotFilled, d.words.Ledger(string(errReadOnly.Problem), errReadOnly.Path, "", ""))
	d.hear(why, d.Recall(recs[0]))
	d.says(d.press("ctrl+z"), widget.Note, d.words.Paste.NothingToUndo)
	d.hides(recs[0].Query.Factors[juhe.Idcard])
}

// TestUndoQuestion: a question is answered before anything is taken back, and
// undo neither agrees to it nor sends.
func TestUndoQuestion(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.press("ctrl+l")
	d.paste("甲公司\t1\n乙公司\t2\n")
	if cmd := d.press("ctrl+z"); cmd != nil || d.Typing() {
		t.Error("it works while a question is asked")
	}
	d.write("n")
	d.press("ctrl+z")
	d.stands(company().Factors(juhe.APIQuery))
	d.sentNothing()
}

// TestUndoWithin: what was changed is kept for ten minutes and no longer, a cleared
// form too.
func TestUndoWithin(t *testing.T) {
	t.Parallel()
	want := company().Factors(juhe.APIQuery)
	for wait, stands := range map[time.Duration]juhe.Factors{10*time.Minute - time.Second: want, 10 * time.Minute: {}} {
		at := time.Now()
		d := newDesk(t, filled(company()), func(o *form.Options, _ *juhe.Options) { o.Now = func() time.Time { return at } })
		d.press("ctrl+l")
		at = at.Add(wait)
		d.press("ctrl+z")
		d.stands(stands)
	}
}
