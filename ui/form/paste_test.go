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
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// fieldNames formats a text with the labels of fields.
func (s *testForm) fieldNames(format string, fields ...juhe.Factor) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = s.words.Fields[f].Label
	}
	return fmt.Sprintf(format, strings.Join(names, s.words.Paste.And))
}

func (s *testForm) undoHint() string {
	return fmt.Sprintf(s.words.Paste.Undo, widget.JoinKeyLabels(s.Options.Keys[keymap.Undo].Keys()[:1]))
}

// assertFactors checks that the form has exactly these factors.
func (s *testForm) assertFactors(want juhe.Factors) {
	s.t.Helper()
	shown := strings.Split(s.Shown(), "\n")
	for f := range juhe.NumFactors {
		line := shown[2*f]
		label := s.words.Fields[f].Label
		if got := strings.TrimSpace(strings.SplitN(line, label, 2)[1]); got != want[f] {
			s.t.Errorf("%s is %q, want %q", f, got, want[f])
		}
	}
}

func (s *testForm) assertNothingSent() {
	s.t.Helper()
	s.assertInProgress(false)
	s.assertRequests(0)
}

func pastedRow(f juhe.Factors) string {
	return strings.Join([]string{f[juhe.Idcard], f[juhe.Entname], f[juhe.Realname], f[juhe.Entmark]}, "\t")
}

// TestPasteRow: one row fills the form whatever it holds and wherever the focus is,
// reports it without values, sends nothing and can be undone.
func TestPasteRow(t *testing.T) {
	t.Parallel()
	for _, api := range juhe.APIs() {
		for focus := range juhe.NumFactors {
			s := newTestForm(t, func(o *form.Options, _ *juhe.Options) {
				o.InitialQuery = juhe.Query{API: api, Factors: mockserver.Companies()[1].Factors(api)}
			})
			for range focus {
				s.press("tab")
			}
			before := s.Shown()
			want := firstCompany().Factors(api)
			report := s.fieldNames(s.words.Paste.Filled, juhe.Entname, juhe.Entmark, juhe.Realname, juhe.Idcard) + s.undoHint()
			s.assertStatus(s.paste("7\t"+pastedRow(want)+"\t13800138000\r\n"), widget.Note, report)
			s.assertFactors(want)
			if x, y, _ := s.Caret(); y != 6 || x < widget.Width(want[juhe.Idcard]) {
				t.Errorf("the caret is at %d, %d", x, y)
			}
			s.assertStatus(s.press("ctrl+z"), widget.Note, s.words.Paste.Undone)
			s.assertShown(before)
			s.assertStatus(s.press("ctrl+z"), widget.Note, s.words.Paste.NothingToUndo)
			s.assertNothingSent()
		}
	}
}

// fullWidth writes a code in full-width characters.
func fullWidth(code string) string {
	return strings.Map(func(r rune) rune { return r + '！' - '!' }, code)
}

// TestPastePart: a row that changes a field empties those that it does not fill;
// otherwise they stay.
func TestPastePart(t *testing.T) {
	t.Parallel()
	w := newTestForm(t).words.Paste
	c, old := firstCompany(), mockserver.Companies()[1].Factors(juhe.APIQuery)
	for name, test := range map[string]struct {
		old      juhe.Factors
		pasted   string
		want     juhe.Factors
		report   func(s *testForm) string
		severity widget.Severity
		line     int
	}{
		"a company": {juhe.Factors{}, c.Entname + "\t" + c.Entmark, juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark}, func(s *testForm) string {
			return s.fieldNames(w.Filled, juhe.Entname, juhe.Entmark) + s.fieldNames(w.Missing, juhe.Realname, juhe.Idcard) + s.undoHint()
		}, widget.Note, 4},
		"a company over an old one": {old, c.Entname + "\t" + c.Entmark, juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark}, func(s *testForm) string {
			return s.fieldNames(w.Filled, juhe.Entname, juhe.Entmark) + s.fieldNames(w.Cleared, juhe.Realname, juhe.Idcard) + s.undoHint()
		}, widget.Warn, 4},
		"the same company": {old, old[juhe.Entname] + "\t" + fullWidth(old[juhe.Entmark]), juhe.Factors{juhe.Entname: old[juhe.Entname], juhe.Entmark: fullWidth(old[juhe.Entmark]), juhe.Realname: old[juhe.Realname], juhe.Idcard: old[juhe.Idcard]}, func(s *testForm) string {
			return s.fieldNames(w.Filled, juhe.Entname, juhe.Entmark) + s.fieldNames(w.Unchanged, juhe.Realname, juhe.Idcard) + s.undoHint()
		}, widget.Warn, 4},
		"a person beside a company": {juhe.Factors{juhe.Entname: old[juhe.Entname], juhe.Entmark: old[juhe.Entmark]}, c.Realname + "\t" + c.Idcard, juhe.Factors{juhe.Entname: old[juhe.Entname], juhe.Entmark: old[juhe.Entmark], juhe.Realname: c.Realname, juhe.Idcard: c.Idcard}, func(s *testForm) string {
			return s.fieldNames(w.Filled, juhe.Realname, juhe.Idcard) + s.fieldNames(w.Unchanged, juhe.Entname, juhe.Entmark) + s.undoHint()
		}, widget.Warn, 0},
		"two persons over an old one": {old, "张三\t李四\t" + c.Entname + "\t" + c.Entmark + "\t" + c.Idcard, juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark, juhe.Idcard: c.Idcard}, func(s *testForm) string {
			return s.fieldNames(w.Filled, juhe.Entname, juhe.Entmark, juhe.Idcard) + s.fieldNames(w.Ambiguous, juhe.Realname) + s.fieldNames(w.Cleared, juhe.Realname) + s.undoHint()
		}, widget.Warn, 4},
		"a corrupted number and no name": {old, c.Entname + "\t" + c.Entmark + "\t1.10105E+17", juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark}, func(s *testForm) string {
			return s.fieldNames(w.Filled, juhe.Entname, juhe.Entmark) + s.fieldNames(w.Corrupted, juhe.Idcard) + s.fieldNames(w.Cleared, juhe.Realname) + s.undoHint()
		}, widget.Warn, 4},
		"two persons": {juhe.Factors{}, "张三\t李四\t" + c.Entname + "\t" + c.Entmark + "\t" + c.Idcard, juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark, juhe.Idcard: c.Idcard}, func(s *testForm) string {
			return s.fieldNames(w.Filled, juhe.Entname, juhe.Entmark, juhe.Idcard) + s.fieldNames(w.Ambiguous, juhe.Realname) + s.undoHint()
		}, widget.Warn, 4},
		"only two persons": {old, "张三\t李四", old, func(s *testForm) string {
			return strings.TrimSpace(s.fieldNames(w.Ambiguous, juhe.Realname) + s.fieldNames(w.Unchanged, juhe.Entname, juhe.Entmark, juhe.Realname, juhe.Idcard))
		}, widget.Warn, 0},
		"a corrupted number": {old, c.Entname + "\t" + c.Entmark + "\t" + c.Realname + "\t1.10105E+17", juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: c.Entmark, juhe.Realname: c.Realname}, func(s *testForm) string {
			return s.fieldNames(w.Filled, juhe.Entname, juhe.Entmark, juhe.Realname) + s.fieldNames(w.Corrupted, juhe.Idcard) + s.undoHint()
		}, widget.Warn, 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTestForm(t, func(o *form.Options, _ *juhe.Options) { o.InitialQuery.Factors = test.old })
			before := s.Shown()
			s.assertStatus(s.paste(test.pasted), test.severity, test.report(s))
			s.assertFactors(test.want)
			s.assertCaretLine(test.line)
			s.assertNothingSent()
			if s.press("ctrl+z"); s.Shown() != before && name != "only two persons" {
				t.Errorf("it is not as before:\n%s", s.Shown())
			}
		})
	}
}

// TestPasteText: other text goes into the focused field and can be undone.
func TestPasteText(t *testing.T) {
	t.Parallel()
	for pasted, want := range map[string]string{
		"1\t\t2.5": "1  2.5",
		"北京\r\n晨星": "北京  晨星",
		"企业名称\t统一社会信用代码\t法定代表人\t身份证号\n": "企业名称 统一社会信用代码 法定代表人 身份证号",
	} {
		s := newTestForm(t)
		s.write("前")
		s.paste(pasted)
		got := strings.TrimSpace(strings.SplitN(strings.Split(s.Shown(), "\n")[0], s.words.Fields[juhe.Entname].Label, 2)[1])
		if strings.Join(strings.Fields(got), " ") != "前"+strings.Join(strings.Fields(want), " ") {
			t.Errorf("%q: %q", pasted, got)
		}
		s.press("ctrl+z")
		s.assertFactors(juhe.Factors{juhe.Entname: "前"})
		s.assertNothingSent()
	}
}

// TestPasteHostile: pasted text is neither a key nor an escape sequence, and it sends
// nothing.
func TestPasteHostile(t *testing.T) {
	t.Parallel()
	c := firstCompany()
	for _, pasted := range []string{
		c.Entname + "\x1b[2J\t" + c.Entmark + "\x00\t" + c.Realname + "\t\x1b" + c.Idcard + "\n\n\r\n",
		"\x1b]52;c;eA==\x07\t\u009b31m" + c.Realname + "\t\x7f\x08\x13\x1a",
		"\x1b\r\n\x13\x0d", "\x1bOP\t\x1b[15~\t\n", "y\t张三", "\"甲\n公司\"\t\"" + c.Idcard + "\r\n\"\n",
		strings.Repeat("a\t", 300), strings.Repeat("\"\"", 500) + "\t" + strings.Repeat("长", 1000),
	} {
		for focus := range juhe.NumFactors {
			s := newTestForm(t, withFactorsOf(c))
			for range focus {
				s.press("tab")
			}
			s.paste(pasted)
			for _, line := range strings.Split(ansi.Strip(s.View()), "\n") {
				if strings.ContainsFunc(line, unicode.IsControl) {
					t.Errorf("%q: %q is drawn", pasted, line)
				}
			}
			s.assertTyping(true)
			s.assertNothingSent()
		}
	}
}

// TestPasteZeroWidth: invisible characters stay in the field and are reported, as
// when typed.
func TestPasteZeroWidth(t *testing.T) {
	t.Parallel()
	c := firstCompany()
	s := newTestForm(t)
	s.paste(c.Entname + "\t\u200b" + c.Entmark + "\t" + c.Realname + "\t" + c.Idcard)
	s.AssertShows("�"+c.Entmark, s.words.Changes[ident.ChangeInvisible])
}

// TestPasteMasked: a row with a masked person fills in the company and says how to
// get the rest.
func TestPasteMasked(t *testing.T) {
	t.Parallel()
	c := firstCompany()
	for _, cells := range []string{"张*\t1***************2X", "NULL\t1101****002X", c.Realname + "\t1101****002X", "张*\t" + c.Idcard} {
		s := newTestForm(t)
		cmd := s.paste(c.Entname + "\t" + c.Entmark + "\t" + cells)
		if got := uitest.Await[widget.StatusMsg](t, cmd); got.Severity != widget.Warn || !strings.Contains(got.Text, "--reveal") {
			t.Errorf("got status %+v, want a warning with --reveal", got)
		}
		for _, part := range strings.Split(cells, "\t") {
			if strings.Contains(part, "*") && strings.Contains(s.Shown(), part) {
				t.Errorf("%s is filled in", part)
			}
		}
		s.AssertShows(c.Entname, c.Entmark)
	}
}

// TestPasteGuardTime: shortly after a paste no key sends, with a message; later one
// does.
func TestPasteGuardTime(t *testing.T) {
	t.Parallel()
	c := firstCompany()
	for _, pasted := range []string{pastedRow(c.Factors(juhe.APIQuery)), c.Idcard, c.Idcard + "\r"} {
		now := time.Now()
		s := newTestForm(t, withFactorsOf(c), func(o *form.Options, _ *juhe.Options) { o.Now = func() time.Time { return now } })
		s.press("tab")
		s.press("tab")
		s.press("tab")
		s.press("ctrl+u")
		s.paste(pasted)
		for _, after := range []time.Duration{0, 299 * time.Millisecond} {
			now = now.Add(after)
			for key, label := range map[string]string{"enter": "Enter", "f5": "F5", "ctrl+s": "Ctrl+S"} {
				s.assertStatus(s.press(key), widget.Warn, fmt.Sprintf(s.words.Paste.JustPasted, label))
			}
			s.assertNothingSent()
		}
		s.assertFactors(c.Factors(juhe.APIQuery))
		now = now.Add(time.Millisecond)
		if s.press("enter"); !s.InProgress() {
			t.Errorf("%q: nothing is sent later either", pasted)
		}
	}
}

// TestTextBurst: a key that arrives in one burst with text does not send; the next
// one does.
func TestTextBurst(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"f5", "ctrl+s"} {
		s := newTestForm(t, withFactorsOf(firstCompany()))
		s.Update(widget.MaybePastedMsg{})
		if got := uitest.Await[widget.StatusMsg](t, s.press(key)); got.Severity != widget.Warn {
			t.Errorf("%s: got status %+v, want a warning", key, got)
		}
		s.assertInProgress(false)
		s.press(key)
		s.assertInProgress(true)
	}
}

// TestPasteNothing: an empty paste is reported.
func TestPasteNothing(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	s.assertStatus(s.paste(""), widget.Warn, s.words.Paste.NothingToPaste)
	s.assertFactors(firstCompany().Factors(juhe.APIQuery))
}

// TestPasteReportHasNoValues: the status line names fields, never values.
func TestPasteReportHasNoValues(t *testing.T) {
	t.Parallel()
	c := firstCompany()
	for _, cells := range [][]string{{c.Entname, c.Entmark, c.Realname, c.Idcard}, {c.Realname, "李四", "1.10105E+17"}} {
		s := newTestForm(t)
		report := uitest.Await[widget.StatusMsg](t, s.paste(strings.Join(cells, "\t"))).Text
		for _, cell := range cells {
			if strings.Contains(report, cell) {
				t.Errorf("got %q, want no value such as %q", report, cell)
			}
		}
	}
}

// TestPasteInProgress: pasting does not change a lookup in progress.
func TestPasteInProgress(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	sent := s.press("f5")
	other := mockserver.Companies()[1].Factors(juhe.APIQuery)
	s.paste(pastedRow(other))
	s.runUntil(func(string) bool { return !s.InProgress() }, sent)
	s.assertFactors(other)
	s.assertRequests(1)
}
