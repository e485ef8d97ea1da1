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

// TestUndoPaste: undo restores the text and the caret of a field.
func TestUndoPaste(t *testing.T) {
	t.Parallel()
	s := newTestForm(t)
	s.write("北京公司")
	s.press("left", "left")
	before := s.Shown()
	x, y, _ := s.Caret()
	s.paste("晨星")
	s.assertFactors(juhe.Factors{juhe.Entname: "北京晨星公司"})
	s.assertStatus(s.press("ctrl+z"), widget.Note, s.words.Paste.Undone)
	if gotX, gotY, _ := s.Caret(); gotX != x || gotY != y {
		t.Errorf("got caret at %d, %d, want %d, %d", gotX, gotY, x, y)
	}
	s.assertShown(before)
	s.assertStatus(s.press("ctrl+z"), widget.Note, s.words.Paste.NothingToUndo)
	s.assertFactors(juhe.Factors{juhe.Entname: "北京公司"})
}

// TestUndoClear: undo restores cleared fields and the focus, but not the endpoint.
func TestUndoClear(t *testing.T) {
	t.Parallel()
	want := firstCompany().Factors(juhe.APIQuery)
	s := newTestForm(t, withFactorsOf(firstCompany()))
	s.press("tab", "tab")
	_, line, _ := s.Caret()
	s.press("ctrl+l", "ctrl+l", "ctrl+l", "ctrl+t")
	s.assertFactors(juhe.Factors{})
	s.press("ctrl+z")
	s.assertFactors(want)
	s.AssertShows(string(juhe.APIQueryEncry))
	s.assertCaretLine(line)
	s.Clear() // like New on the result screen
	s.press("ctrl+z")
	s.assertFactors(want)
	s.assertNothingSent()
}

// TestUndoSeveral: changes are undone in reverse order, up to twenty.
func TestUndoSeveral(t *testing.T) {
	t.Parallel()
	s := newTestForm(t)
	var states []juhe.Factors
	for i := range 30 {
		c := mockserver.Companies()[i%2].Factors(juhe.APIQuery)
		s.paste(pastedRow(c))
		states = append(states, c)
	}
	for i := 28; i > 28-19; i-- {
		s.press("ctrl+z")
		s.assertFactors(states[i])
	}
	s.assertStatus(s.press("ctrl+z"), widget.Note, s.words.Paste.Undone)
	s.assertStatus(s.press("ctrl+z"), widget.Note, s.words.Paste.NothingToUndo)
}

// TestUndoRecallSteps: one undo reverts consecutive steps, and another one each change
// between them. Persons that undo restores are in the audit log.
func TestUndoRecallSteps(t *testing.T) {
	t.Parallel()
	s, l, recs := newFormWithHistory(t, 0, 1)
	s.write("正在输入")
	recalled := func(n int) string {
		return fmt.Sprintf(s.words.Form.FilledFrom, recs[n].At.Local().Format("2006-01-02\u00a015:04:05"))
	}
	recallTwice := func() {
		s.runUntilStatus(recalled(1), s.press("ctrl+p"))
		s.runUntilStatus(recalled(0), s.press("ctrl+p"))
	}
	recallTwice()
	s.press("ctrl+z")
	s.assertFactors(juhe.Factors{juhe.Entname: "正在输入"})
	s.assertStatus(s.press("ctrl+n"), widget.Note, s.words.Form.NoLater)
	recallTwice()
	s.write("改")
	s.runUntilStatus(recalled(1), s.press("ctrl+n"))
	s.press("ctrl+z")
	changed := recs[0].Query.Factors
	changed[juhe.Entname] += "改"
	s.assertFactors(changed)
	s.press("ctrl+z")
	s.assertFactors(juhe.Factors{juhe.Entname: "正在输入"})
	recallTwice()
	s.runUntilStatus(recalled(1), s.press("ctrl+n"))
	s.runUntilStatus(s.words.Form.DraftRestored, s.press("ctrl+n"))
	s.assertStatus(s.press("ctrl+z"), widget.Note, s.words.Paste.NothingToUndo)
	s.assertFactors(juhe.Factors{juhe.Entname: "正在输入"})
	for _, id := range auditedFills(t, l) {
		if id != recs[0].ID && id != recs[1].ID {
			t.Errorf("got %s in the audit log", id)
		}
	}
	s.assertNothingSent()
}

// TestUndoRecall: undo restores endpoint and regstatus too, and writes nothing to the
// audit log.
func TestUndoRecall(t *testing.T) {
	t.Parallel()
	s, l, recs := newFormWithHistory(t, 0)
	rec := recs[0]
	rec.Query.API, rec.Query.Regstatus = juhe.APIQueryV2, true
	s.write("正在输入")
	before := s.Shown()
	s.runUntilStatus(s.words.Form.Filled, s.Recall(rec))
	s.AssertShows(string(juhe.APIQueryV2), s.words.Form.On)
	s.press("ctrl+z")
	s.assertShown(before)
	s.runUntilStatus(s.words.Form.Filled, s.Recall(rec))
	s.press("ctrl+l", "ctrl+z") // already in the audit log
	s.assertFactors(rec.Query.Factors)
	if got := auditedFills(t, l); len(got) != 2 {
		t.Errorf("got %v in the audit log", got)
	}
}

// TestUndoPendingFill: undo cancels a pending fill, and does not bring back one that
// the audit log refused.
func TestUndoPendingFill(t *testing.T) {
	t.Parallel()
	s, l, recs := newFormWithHistory(t, 0)
	s.write("正在输入")
	fill := s.Recall(recs[0])
	s.assertStatus(s.press("ctrl+z"), widget.Note, s.words.Paste.Undone)
	s.Update(fill())
	s.assertFactors(juhe.Factors{juhe.Entname: "正在输入"})
	page := s.press("ctrl+p")
	s.press("ctrl+z")
	s.Update(page())
	s.assertFactors(juhe.Factors{juhe.Entname: "正在输入"})

	s.Options.Ledger = failingAudit{l}
	notFilled := fmt.Sprintf(s.words.Form.NotFilled, s.words.ErrorText(errReadOnly))
	s.runUntilStatus(notFilled, s.Recall(recs[0]))
	s.assertStatus(s.press("ctrl+z"), widget.Note, s.words.Paste.NothingToUndo)
	s.AssertHides(recs[0].Query.Factors[juhe.Idcard])
}

// TestUndoQuestion: while a question is shown, undo neither answers it nor changes
// anything.
func TestUndoQuestion(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	s.press("ctrl+l")
	s.paste("甲公司\t1\n乙公司\t2\n")
	if s.press("ctrl+z") != nil {
		t.Error("undo does something while a question is shown")
	}
	s.assertTyping(false)
	s.write("n")
	s.press("ctrl+z")
	s.assertFactors(firstCompany().Factors(juhe.APIQuery))
	s.assertNothingSent()
}

// TestUndoLifetime: changes can be undone for ten minutes.
func TestUndoLifetime(t *testing.T) {
	t.Parallel()
	factors := firstCompany().Factors(juhe.APIQuery)
	for wait, restored := range map[time.Duration]juhe.Factors{10*time.Minute - time.Second: factors, 10 * time.Minute: {}} {
		at := time.Now()
		s := newTestForm(t, withFactorsOf(firstCompany()), func(o *form.Options, _ *juhe.Options) { o.Now = func() time.Time { return at } })
		s.press("ctrl+l")
		at = at.Add(wait)
		s.press("ctrl+z")
		s.assertFactors(restored)
	}
}
