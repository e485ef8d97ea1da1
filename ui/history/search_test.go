package history_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// TestSearch: every searchable field is found while it is typed.
func TestSearch(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(24)...)
	for _, test := range []struct {
		text string
		rows []int
	}{
		{"晨星", []int{0, 12}},
		{"张三", []int{0, 12}},
		{"91110199MAYYY0013X", []int{0, 12}},
		{"11010519491231002", []int{0, 12}},
		{"JH53520261123115415000006", []int{6}},
		{"上海 云帆", []int{1, 13}},
	} {
		s := newOpenScreen(t, "zh", l)
		s.press("/")
		for _, r := range test.text {
			s.press(string(r))
		}
		for i, minutes := range test.rows {
			if i > 0 {
				s.press("pgdown")
			}
			s.assertSelected(minutes)
		}
		s.AssertShows(loaded(s.words, len(test.rows)), test.text)
	}
}

// TestOutdatedSearch: the result of an outdated search is dropped, and the search is cancelled.
func TestOutdatedSearch(t *testing.T) {
	t.Parallel()
	l := &recordingLedger{Ledger: newLedger(t, records(24)...)}
	s := newOpenScreen(t, "zh", l)
	before := s.Shown()
	s.press("/")
	first := parts(s.Press("上"))
	late := first[0]() // a result that is not delivered yet
	second := parts(s.Press("海"))
	if l.contexts[1].Err() != context.Canceled {
		t.Error("the search before is not ended")
	}
	if rows(s.Shown()) != rows(before) {
		t.Errorf("the rows have gone before others are there:\n%s", s.Shown())
	}
	s.run(s.Update(late))
	if rows(s.Shown()) != rows(before) {
		t.Errorf("a stale answer is shown:\n%s", s.Shown())
	}
	s.run(second[0])
	s.assertSelected(1)
	s.run(s.Update(late))
	s.AssertShows(loaded(s.words, 2))
	if l.contexts[2].Err() == nil {
		t.Error("the context of a search that has ended is kept")
	}
}

// rows returns the table in a frame.
func rows(frame string) string {
	lines := strings.Split(frame, "\n")
	return strings.Join(lines[2:15], "\n")
}

// TestSearchesOnce: a key that does not change the search starts none.
func TestSearchesOnce(t *testing.T) {
	t.Parallel()
	l := &recordingLedger{Ledger: newLedger(t, records(24)...)}
	s := newOpenScreen(t, "zh", l)
	s.press("/", "上")
	searches := len(l.searches)
	s.press(" ", "left", "home", "end", "backspace", "up")
	if len(l.searches) != searches {
		t.Errorf("%d searches more", len(l.searches)-searches)
	}
	s.press("enter")
	s.assertSelected(1)
	s.press("/", "海")
	s.AssertShows("上海")
}

// TestLeavingSearch: Enter and ↓ move the focus to the list; Esc first clears the
// text.
func TestLeavingSearch(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, key := range []string{"enter", "down"} {
			s := newOpenScreen(t, w.Lang, newLedger(t, records(24)...))
			s.press("/", "上海")
			if on := s.enabled(); on["enter"] != w.History.ToList || on["esc"] != w.History.ClearText {
				t.Errorf("in the field the keys are %v", on)
			}
			s.press(key)
			s.assertSelected(1)
			s.assertState(false, true, map[string]string{"esc": w.History.ClearAll})
			if got := s.lastMessage(); got != nil {
				t.Errorf("after %s: got message %v", key, got)
			}
			s.press("esc")
			s.assertSelected(0)
			s.assertState(false, false, map[string]string{"esc": w.Keys["back"]})
		}
		s := newOpenScreen(t, w.Lang, newLedger(t, records(24)...))
		s.press("/", "上海", "esc")
		s.assertSelected(0)
		s.assertState(true, true, map[string]string{"esc": w.History.LeaveSearch})
		s.press("esc")
		s.assertState(false, false, nil)
	}
}

// TestSearchCaret: the caret follows the typed text.
func TestSearchCaret(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		s := newOpenScreen(t, w.Lang, newLedger(t, records(3)...))
		if _, _, ok := s.Caret(); ok {
			t.Error("there is a caret in the list")
		}
		s.press("/", "北京")
		before, _, _ := strings.Cut(s.Shown(), "北京")
		if x, y, ok := s.Caret(); x != widget.Width(before)+4 || y != 0 || !ok {
			t.Errorf("the caret is at %d, %d, %t behind %q", x, y, ok, before)
		}
		s.press("left")
		if x, _, _ := s.Caret(); x != widget.Width(before)+2 {
			t.Errorf("after left it is at %d", x)
		}
	}
}

// TestText: printable keys are text in the field and keys in the list, in full width
// too.
func TestText(t *testing.T) {
	t.Parallel()
	s := newOpenScreen(t, "zh", newLedger(t, records(24)...))
	s.press("／")
	const all = "dxrfsyn/?／ｒ？"
	s.press(all)
	line, _, _ := strings.Cut(s.Shown(), "\n")
	if !strings.Contains(line, all) || s.lastMessage() != nil {
		t.Errorf("got line %q", line)
	}
	s.press("esc", "esc", "ｒ")
	if got := s.lastMessage(); got != fill(record(0)) {
		t.Errorf("ｒ asks for %v", got)
	}
	s.press("／")
	s.run(s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("上海\t云帆\r\n"), Paste: true}))
	s.assertSelected(1)
	s.press("enter")
	s.run(s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("d"), Paste: true}))
	s.AssertHides(s.words.History.Delete)
}

// TestFilter: the filter cycles through the outcomes and off, and combines with the
// text.
func TestFilter(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		l := &recordingLedger{Ledger: newLedger(t, records(24)...)}
		s := newOpenScreen(t, w.Lang, l)
		for i, o := range juhe.Outcomes() {
			s.press("f")
			s.assertSelected(i)
			line, _, _ := strings.Cut(s.Shown(), "\n")
			if !strings.HasSuffix(line, w.Outcomes[o]+"] ") {
				t.Errorf("the head is %q", line)
			}
			s.AssertShows(loaded(w, 4))
		}
		s.press("f")
		s.assertSelected(0)
		s.AssertHides("]")
		s.press("/", "北京", "enter", "f")
		s.assertSelected(0)
		s.AssertShows("北京", w.Outcomes["match"]+"]", loaded(w, 2))
		if last := l.searches[len(l.searches)-1]; last != (lookup.Search{Text: "北京", Outcome: juhe.Match, Limit: 50}) {
			t.Errorf("%+v", last)
		}
		s.run(s.Open())
		s.AssertShows("北京", w.Outcomes["match"]+"]", loaded(w, 2))
		s.press("/", strings.Repeat("长", 50))
		s.AssertShows(w.Outcomes["match"] + "]")
		s.press("esc", "esc", "esc")
		s.AssertShows(loaded(w, 24))
	}
}

// TestNothing: an empty result shows the reason and what to do.
func TestNothing(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		h := w.History
		s := newOpenScreen(t, w.Lang, newLedger(t))
		s.AssertShows(h.Empty, fmt.Sprintf(h.EmptyNext, keyName(keymap.OpenForm))[:20])
		if on := s.enabled(); len(on) != 1 || on["esc"] == "" {
			t.Errorf("with nothing there the keys are %v", on)
		}
		s.press("/", "f", "enter", "r", "d", "s", "x", "down", "end")
		if s.Typing() || s.HandlesBack() || s.lastMessage() != nil {
			t.Error("with nothing there keys do something")
		}

		s = newOpenScreen(t, w.Lang, newLedger(t, records(1)...))
		s.press("f", "f")
		s.AssertShows(fmt.Sprintf(h.NothingOutcome, w.Outcomes["mismatch"]), fmt.Sprintf(h.Clear, "Esc"))
		s.press("/", "没有的")
		s.AssertShows(fmt.Sprintf(h.NothingBoth, "没有的", w.Outcomes["mismatch"]), fmt.Sprintf(h.Clear, "Esc"))
		s.press("enter", "esc")
		s.assertSelected(0)
		s.press("/", "没有的")
		s.AssertShows(fmt.Sprintf(h.NothingText, "没有的"), fmt.Sprintf(h.Clear, "Esc"))
		s.AssertHides(h.Empty)
	}
}

// TestUnreadable: an unreadable ledger shows the reason and that loading can be
// repeated.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, problem := range juhetest.Constants[lookup.LedgerProblem](t) {
			l := &recordingLedger{Ledger: newLedger(t, records(3)...), err: &lookup.LedgerError{Problem: problem, Where: "/x\x1b[2J"}}
			s := newOpenScreen(t, w.Lang, l)
			s.AssertShows(w.History.Failed, fmt.Sprintf(w.History.Retry, keyName(keymap.OpenHistory)))
			text := strings.Join(strings.Fields(w.ErrorText(l.err)), "")
			if !strings.Contains(strings.Join(strings.Fields(s.Shown()), ""), text) {
				t.Errorf("%q is not there:\n%s", text, s.Shown())
			}
			l.err = nil
			s.run(s.Open())
			s.assertSelected(0)
			s.press("/", "没有的")
			s.AssertHides(w.History.Failed)
			s.press("esc")
			l.err = errFull
			s.press("北京")
			s.AssertShows(w.History.Failed)
			s.AssertHides(record(0).Query.Factors[juhe.Entname], loaded(w, 0))
		}
	}
}
