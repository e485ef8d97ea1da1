package form_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// named is a text with the names of fields, of one language.
func (d *desk) named(format string, fields ...juhe.Factor) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = d.words.Fields[f.String()].Label
	}
	return fmt.Sprintf(format, strings.Join(names, d.words.Paste.And))
}

func (d *desk) undoHint() string {
	return fmt.Sprintf(d.words.Paste.Undo, widget.JoinKeyLabels(d.Options.Keys[keymap.Undo].Keys()[:1]))
}

// stands fails unless the form holds exactly these factors.
func (d *desk) stands(want juhe.Factors) {
	d.t.Helper()
	shown := strings.Split(d.shown(), "\n")
	for f := range juhe.NumFactors {
		line := shown[2*f]
		label := d.words.Fields[f.String()].Label
		if got := strings.TrimSpace(strings.SplitN(line, label, 2)[1]); got != want[f] {
			d.t.Errorf("%s is %q, want %q", f, got, want[f])
		}
	}
}

func (d *desk) sentNothing() {
	d.t.Helper()
	if d.InProgress() || d.server.Requests() > 0 {
		d.t.Error("a lookup was sent")
	}
}

func row(f juhe.Factors) string {
	return strings.Join([]string{f[juhe.Idcard], f[juhe.Entname], f[juhe.Realname], f[juhe.Entmark]}, "\t")
}

// TestPasteRow: one row fills the form whatever field has the focus and whatever
// stands there, says so without a value, sends nothing, and is taken back whole.
func TestPasteRow(t *testing.T) {
	t.Parallel()
	for _, api := range juhe.APIs() {
		for focus := range juhe.NumFactors {
			d := newDesk(t, func(o *form.Options, _ *juhe.Options) {
				o.InitialQuery = juhe.Query{API: api, Factors: mockserver.Companies()[1].Factors(api)}
			})
			for range focus {
				d.press("tab")
			}
			before := d.shown()
			want := company().Factors(api)
			said := d.named(d.words.Paste.Filled, juhe.Entname, juhe.Entmark, juhe.Realname, juhe.Idcard) + d.undoHint()
			d.says(d.paste("7\t"+row(want)+"\t13800138000\r\n"), widget.Note, said)
			d.stands(want)
			if x, y, _ := d.Caret(); y != 6 || x < widget.Width(want[juhe.Idcard]) {
				t.Errorf("the caret is at %d, %d", x, y)
			}
			d.says(d.press("ctrl+z"), widget.Note, d.words.Paste.Undone)
			if d.shown() != before {
				t.Errorf("it is not as before:\n%s", d.shown())
			}
			d.says(d.press("ctrl+z"), widget.Note, d.words.Paste.NothingToUndo)
			d.sentNothing()
		}
	}
}

// fullWidth writes a code as an input method may.
func fullWidth(code string) string {
	return strings.Map(func(r rune) rune { return r + '！' - '!' }, code)
}

// TestPastePart: what the row does not tell is emptied beside what it has changed,
// else it stays; it is said, and the focus is where something is to be done.
func TestPastePart(t *testing.T) {
	t.Parallel()
	w := newDesk(t).words.Paste
	c, old := company(), mockserver.Companies()[1].Factors(juhe.APIQuery)
	for name, test := range map[string]struct {
		old      juhe.Factors
		pasted   string
		want     juhe.Factors
		said     func(d *desk) string
		severity widget.Severity
		line     int
	}{
		"a company": {juhe.Factors{}, c.Entname + "\t" + c.Entmark, juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark}, func(d *desk) string {
			return d.named(w.Filled, juhe.Entname, juhe.Entmark) + d.named(w.Missing, juhe.Realname, juhe.Idcard) + d.undoHint()
		}, widget.Note, 4},
		"a company over an old one": {old, c.Entname + "\t" + c.Entmark, juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark}, func(d *desk) string {
			return d.named(w.Filled, juhe.Entname, juhe.Entmark) + d.named(w.Emptied, juhe.Realname, juhe.Idcard) + d.undoHint()
		}, widget.Warn, 4},
		"the same company": {old, old[juhe.Entname] + "\t" + fullWidth(old[juhe.Entmark]), juhe.Factors{juhe.Entname: old[juhe.Entname], juhe.Entmark: fullWidth(old[juhe.Entmark]), juhe.Realname: old[juhe.Realname], juhe.Idcard: old[juhe.Idcard]}, func(d *desk) string {
			return d.named(w.Filled, juhe.Entname, juhe.Entmark) + d.named(w.Kept, juhe.Realname, juhe.Idcard) + d.undoHint()
		}, widget.Warn, 4},
		"a person beside a company": {juhe.Factors{juhe.Entname: old[juhe.Entname], juhe.Entmark: old[juhe.Entmark]}, c.Realname + "\t" + c.Idcard, juhe.Factors{juhe.Entname: old[juhe.Entname], juhe.Entmark: old[juhe.Entmark], juhe.Realname: c.Realname, juhe.Idcard: c.Idcard}, func(d *desk) string {
			return d.named(w.Filled, juhe.Realname, juhe.Idcard) + d.named(w.Kept, juhe.Entname, juhe.Entmark) + d.undoHint()
		}, widget.Warn, 0},
		"two persons over an old one": {old, "张三\t李四\t" + c.Entname + "\t" + c.Entmark + "\t" + c.Idcard, juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark, juhe.Idcard: c.Idcard}, func(d *desk) string {
			return d.named(w.Filled, juhe.Entname, juhe.Entmark, juhe.Idcard) + d.named(w.Unsure, juhe.Realname) + d.named(w.Emptied, juhe.Realname) + d.undoHint()
		}, widget.Warn, 4},
		"a spoilt number and no name": {old, c.Entname + "\t" + c.Entmark + "\t1.10105E+17", juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark}, func(d *desk) string {
			return d.named(w.Filled, juhe.Entname, juhe.Entmark) + d.named(w.Spoilt, juhe.Idcard) + d.named(w.Emptied, juhe.Realname) + d.undoHint()
		}, widget.Warn, 4},
		"two persons": {juhe.Factors{}, "张三\t李四\t" + c.Entname + "\t" + c.Entmark + "\t" + c.Idcard, juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark, juhe.Idcard: c.Idcard}, func(d *desk) string {
			return d.named(w.Filled, juhe.Entname, juhe.Entmark, juhe.Idcard) + d.named(w.Unsure, juhe.Realname) + d.undoHint()
		}, widget.Warn, 4},
		"only two persons": {old, "张三\t李四", old, func(d *desk) string {
			return strings.TrimSpace(d.named(w.Unsure, juhe.Realname) + d.named(w.Kept, juhe.Entname, juhe.Entmark, juhe.Realname, juhe.Idcard))
		}, widget.Warn, 0},
		"a spoilt number": {old, c.Entname + "\t" + c.Entmark + "\t" + c.Realname + "\t1.10105E+17", juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark, juhe.Realname: c.Realname}, func(d *desk) string {
			return d.named(w.Filled, juhe.Entname, juhe.Entmark, juhe.Realname) + d.named(w.Spoilt, juhe.Idcard) + d.undoHint()
		}, widget.Warn, 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, func(o *form.Options, _ *juhe.Options) { o.InitialQuery.Factors = test.old })
			before := d.shown()
			d.says(d.paste(test.pasted), test.severity, test.said(d))
			d.stands(test.want)
			if _, y, _ := d.Caret(); y != test.line {
				t.Errorf("the caret is in line %d", y)
			}
			d.sentNothing()
			if d.press("ctrl+z"); d.shown() != before && name != "only two persons" {
				t.Errorf("it is not as before:\n%s", d.shown())
			}
		})
	}
}

// TestPasteText: what is no row goes into the focused field, and can be taken
// back.
func TestPasteText(t *testing.T) {
	t.Parallel()
	for pasted, want := range map[string]string{
		"1\t\t2.5": "1  2.5",
		"北京\r\n晨星": "北京  晨星",
		"企业名称\t统一社会信用代码\t法定代表人\t身份证号\n": "企业名称 统一社会信用代码 法定代表人 身份证号",
	} {
		d := newDesk(t)
		d.write("前")
		d.paste(pasted)
		got := strings.TrimSpace(strings.SplitN(strings.Split(d.shown(), "\n")[0], d.words.Fields["entname"].Label, 2)[1])
		if strings.Join(strings.Fields(got), " ") != "前"+strings.Join(strings.Fields(want), " ") {
			t.Errorf("%q: %q", pasted, got)
		}
		d.press("ctrl+z")
		d.stands(juhe.Factors{juhe.Entname: "前"})
		d.sentNothing()
	}
}

// TestPasteHostile: what a paste holds is neither a key nor a sequence for the
// terminal, and it sends nothing in any field.
func TestPasteHostile(t *testing.T) {
	t.Parallel()
	c := company()
	for _, pasted := range []string{
		c.Entname + "\x1b[2J\t" + c.Entmark + "\x00\t" + c.Realname + "\t\x1b" + c.Idcard + "\n\n\r\n",
		"\x1b]52;c;eA==\x07\t\u009b31m" + c.Realname + "\t\x7f\x08\x13\x1a",
		"\x1b\r\n\x13\x0d", "\x1bOP\t\x1b[15~\t\n", "y\t张三", "\"甲\n公司\"\t\"" + c.Idcard + "\r\n\"\n",
		strings.Repeat("a\t", 300), strings.Repeat("\"\"", 500) + "\t" + strings.Repeat("长", 1000),
	} {
		for focus := range juhe.NumFactors {
			d := newDesk(t, filled(c))
			for range focus {
				d.press("tab")
			}
			d.paste(pasted)
			for _, line := range strings.Split(ansi.Strip(d.View()), "\n") {
				if strings.ContainsFunc(line, unicode.IsControl) {
					t.Errorf("%q: %q is drawn", pasted, line)
				}
			}
			if !d.Typing() {
				t.Errorf("%q asks something", pasted)
			}
			d.sentNothing()
		}
	}
}

// TestPasteZeroWidth: what shows nothing stays to be told, as when it is typed.
func TestPasteZeroWidth(t *testing.T) {
	t.Parallel()
	c := company()
	d := newDesk(t)
	d.paste(c.Entname + "\t\u200b" + c.Entmark + "\t" + c.Realname + "\t" + c.Idcard)
	d.shows("�"+c.Entmark, d.words.Changes[string(ident.ChangeInvisible)])
}

// TestPasteMasked: a row with a person hidden fills in the company, and says how to
// get the rest.
func TestPasteMasked(t *testing.T) {
	t.Parallel()
	c := company()
	for _, cells := range []string{"张*\t1***************2X", "NULL\t1101****002X", c.Realname + "\t1101****002X", "张*\t" + c.Idcard} {
		d := newDesk(t)
		cmd := d.paste(c.Entname + "\t" + c.Entmark + "\t" + cells)
		if got := await[widget.StatusMsg](t, cmd); got.Severity != widget.Warn || !strings.Contains(got.Text, "--reveal") {
			t.Errorf("%+v", got)
		}
		for _, part := range strings.Split(cells, "\t") {
			if strings.Contains(part, "*") && strings.Contains(d.shown(), part) {
				t.Errorf("%s is filled in", part)
			}
		}
		d.shows(c.Entname, c.Entmark)
	}
}

// TestPasteSettles: so soon behind a paste no key sends, and it says so. Then it does,
// once.
func TestPasteSettles(t *testing.T) {
	t.Parallel()
	c := company()
	for _, pasted := range []string{row(c.Factors(juhe.APIQuery)), c.Idcard, c.Idcard + "\r"} {
		now := time.Now()
		d := newDesk(t, filled(c), func(o *form.Options, _ *juhe.Options) { o.Now = func() time.Time { return now } })
		d.press("tab")
		d.press("tab")
		d.press("tab")
		d.press("ctrl+u")
		d.paste(pasted)
		for _, after := range []time.Duration{0, 299 * time.Millisecond} {
			now = now.Add(after)
			for key, label := range map[string]string{"enter": "Enter", "f5": "F5", "ctrl+s": "Ctrl+S"} {
				d.says(d.press(key), widget.Warn, fmt.Sprintf(d.words.Paste.Just, label))
			}
			d.sentNothing()
		}
		d.stands(c.Factors(juhe.APIQuery))
		now = now.Add(time.Millisecond)
		if d.press("enter"); !d.InProgress() {
			t.Errorf("%q: nothing is sent later either", pasted)
		}
	}
}

// TestMixed: a key that came together with text does not send; the next one does.
func TestMixed(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"f5", "ctrl+s"} {
		d := newDesk(t, filled(company()))
		d.Update(widget.MaybePastedMsg{})
		if said := await[widget.StatusMsg](t, d.press(key)); said.Severity != widget.Warn || d.InProgress() {
			t.Errorf("%s: %v", key, said)
		}
		if d.press(key); !d.InProgress() {
			t.Errorf("%s does not send", key)
		}
	}
}

// TestPasteNothing: a paste that is empty, or too much, is told.
func TestPasteNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.says(d.paste(""), widget.Warn, d.words.Paste.Nothing)
	d.stands(company().Factors(juhe.APIQuery))
}

// TestPasteTellsNoValue: the status says which fields, never what stands in them.
func TestPasteTellsNoValue(t *testing.T) {
	t.Parallel()
	c := company()
	for _, cells := range [][]string{{c.Entname, c.Entmark, c.Realname, c.Idcard}, {c.Realname, "李四", "1.10105E+17"}} {
		d := newDesk(t)
		said := await[widget.StatusMsg](t, d.paste(strings.Join(cells, "\t"))).Text
		for _, cell := range cells {
			if strings.Contains(said, cell) {
				t.Errorf("%q tells %q", said, cell)
			}
		}
	}
}

// TestPasteUnderWay: a row that is pasted while a lookup is under way changes
// nothing of it.
func TestPasteUnderWay(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	sent := d.press("f5")
	other := mockserver.Companies()[1].Factors(juhe.APIQuery)
	d.paste(row(other))
	d.until(func(string) bool { return !d.InProgress() }, sent)
	d.stands(other)
	if n := d.server.Requests(); n != 1 {
		t.Errorf("%d requests", n)
	}
}
