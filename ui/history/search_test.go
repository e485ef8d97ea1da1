package history_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// TestSearch finds while it is typed, by everything that is searched.
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
		s := opened(t, "zh", l)
		s.press("/")
		for _, r := range test.text {
			s.press(string(r))
		}
		for i, minutes := range test.rows {
			if i > 0 {
				s.press("pgdown")
			}
			s.isAt(minutes)
		}
		s.shows(fmt.Sprintf(s.words.History.Loaded, len(test.rows)), test.text)
	}
}

// TestStale: an answer to what is no longer asked is dropped, and its search
// is ended.
func TestStale(t *testing.T) {
	t.Parallel()
	l := &watched{Ledger: newLedger(t, records(24)...)}
	s := opened(t, "zh", l)
	before := s.shown()
	s.press("/")
	first := parts(s.key("上"))
	late := first[0]() // found, but not delivered yet
	second := parts(s.key("海"))
	if l.contexts[1].Err() != context.Canceled {
		t.Error("the search before is not ended")
	}
	if rows(s.shown()) != rows(before) {
		t.Errorf("the rows have gone before others are there:\n%s", s.shown())
	}
	s.run(s.Update(late))
	if rows(s.shown()) != rows(before) {
		t.Errorf("a stale answer is shown:\n%s", s.shown())
	}
	s.run(second[0])
	s.isAt(1)
	s.run(s.Update(late))
	s.shows(fmt.Sprintf(s.words.History.Loaded, 2))
	if l.contexts[2].Err() == nil {
		t.Error("the context of a search that has ended is kept")
	}
}

// rows is the table's part of a frame.
func rows(frame string) string {
	lines := strings.Split(frame, "\n")
	return strings.Join(lines[2:15], "\n")
}

// TestSearchesOnce: what changes nothing of what is looked for is no search.
func TestSearchesOnce(t *testing.T) {
	t.Parallel()
	l := &watched{Ledger: newLedger(t, records(24)...)}
	s := opened(t, "zh", l)
	s.press("/", "上")
	searches := len(l.searches)
	s.press(" ", "left", "home", "end", "backspace", "up")
	if len(l.searches) != searches {
		t.Errorf("%d searches more", len(l.searches)-searches)
	}
	s.press("enter")
	s.isAt(1)
	s.press("/", "海")
	s.shows("上海")
}

// TestLeavingSearch: Enter and ↓ give the keys to the list, Esc clears first.
func TestLeavingSearch(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, key := range []string{"enter", "down"} {
			s := opened(t, w.Lang, newLedger(t, records(24)...))
			s.press("/", "上海")
			if on := s.enabled(); on["enter"] != w.History.ToList || on["esc"] != w.History.ClearText {
				t.Errorf("in the field the keys are %v", on)
			}
			s.press(key)
			s.isAt(1)
			if s.Typing() || s.said() != nil || !s.HandlesBack() || s.enabled()["esc"] != w.History.ClearAll {
				t.Errorf("after %s: typing %t, keys %v", key, s.Typing(), s.enabled())
			}
			s.press("esc")
			s.isAt(0)
			if s.HandlesBack() || s.enabled()["esc"] != w.Keys["back"] {
				t.Error("back is still taken")
			}
		}
		s := opened(t, w.Lang, newLedger(t, records(24)...))
		s.press("/", "上海", "esc")
		s.isAt(0)
		if on := s.enabled(); !s.Typing() || on["esc"] != w.History.Leave {
			t.Errorf("after esc: typing %t, keys %v", s.Typing(), on)
		}
		s.press("esc")
		if s.Typing() || s.HandlesBack() {
			t.Error("a second esc does not leave the field")
		}
	}
}

// TestSearchCaret: the terminal's cursor is behind what is typed.
func TestSearchCaret(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		s := opened(t, w.Lang, newLedger(t, records(3)...))
		if _, _, ok := s.Caret(); ok {
			t.Error("there is a caret in the list")
		}
		s.press("/", "北京")
		before, _, _ := strings.Cut(s.shown(), "北京")
		if x, y, ok := s.Caret(); x != widget.Width(before)+4 || y != 0 || !ok {
			t.Errorf("the caret is at %d, %d, %t behind %q", x, y, ok, before)
		}
		s.press("left")
		if x, _, _ := s.Caret(); x != widget.Width(before)+2 {
			t.Errorf("after left it is at %d", x)
		}
	}
}

// TestText: every printable key is text in the field, and a key in the list,
// in full width too.
func TestText(t *testing.T) {
	t.Parallel()
	s := opened(t, "zh", newLedger(t, records(24)...))
	s.press("／")
	const all = "dxrfsyn/?／ｒ？"
	s.press(all)
	line, _, _ := strings.Cut(s.shown(), "\n")
	if !strings.Contains(line, all) || s.said() != nil {
		t.Errorf("%q", line)
	}
	s.press("esc", "esc", "ｒ")
	if got := s.said(); got != fill(record(0)) {
		t.Errorf("ｒ asks for %v", got)
	}
	s.press("／")
	s.run(s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("上海\t云帆\r\n"), Paste: true}))
	s.isAt(1)
	s.press("enter")
	s.run(s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("d"), Paste: true}))
	s.hides(s.words.History.Delete)
}

// TestFilter goes through the outcomes and back to all, with the text.
func TestFilter(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		l := &watched{Ledger: newLedger(t, records(24)...)}
		s := opened(t, w.Lang, l)
		for i, o := range juhe.Outcomes() {
			s.press("f")
			s.isAt(i)
			line, _, _ := strings.Cut(s.shown(), "\n")
			if !strings.HasSuffix(line, w.Outcomes[string(o)]+"] ") {
				t.Errorf("the head is %q", line)
			}
			s.shows(fmt.Sprintf(w.History.Loaded, 4))
		}
		s.press("f")
		s.isAt(0)
		s.hides("]")
		s.press("/", "北京", "enter", "f")
		s.isAt(0)
		s.shows("北京", w.Outcomes["match"]+"]", fmt.Sprintf(w.History.Loaded, 2))
		if last := l.searches[len(l.searches)-1]; last != (lookup.Search{Text: "北京", Outcome: juhe.Match, Limit: 50}) {
			t.Errorf("%+v", last)
		}
		s.run(s.Open())
		s.shows("北京", w.Outcomes["match"]+"]", fmt.Sprintf(w.History.Loaded, 2))
		s.press("/", strings.Repeat("长", 50))
		s.shows(w.Outcomes["match"] + "]")
		s.press("esc", "esc", "esc")
		s.shows(fmt.Sprintf(w.History.Loaded, 24))
	}
}

// TestNothing: why there is nothing, and what to do.
func TestNothing(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		h := w.History
		s := opened(t, w.Lang, newLedger(t))
		s.shows(h.Empty, fmt.Sprintf(h.EmptyNext, name(keymap.OpenForm))[:20])
		if on := s.enabled(); len(on) != 1 || on["esc"] == "" {
			t.Errorf("with nothing there the keys are %v", on)
		}
		s.press("/", "f", "enter", "r", "d", "s", "x", "down", "end")
		if s.Typing() || s.HandlesBack() || s.said() != nil {
			t.Error("with nothing there keys do something")
		}

		s = opened(t, w.Lang, newLedger(t, records(1)...))
		s.press("f", "f")
		s.shows(fmt.Sprintf(h.NothingOutcome, w.Outcomes["mismatch"]), fmt.Sprintf(h.Clear, "Esc"))
		s.press("/", "没有的")
		s.shows(fmt.Sprintf(h.NothingBoth, "没有的", w.Outcomes["mismatch"]), fmt.Sprintf(h.Clear, "Esc"))
		s.press("enter", "esc")
		s.isAt(0)
		s.press("/", "没有的")
		s.shows(fmt.Sprintf(h.NothingText, "没有的"), fmt.Sprintf(h.Clear, "Esc"))
		s.hides(h.Empty)
	}
}

// TestUnreadable: why the ledger cannot be read, and that it can be tried
// again.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, problem := range lookup.LedgerProblems() {
			l := &watched{Ledger: newLedger(t, records(3)...), err: &lookup.LedgerError{Problem: problem, Path: "/x\x1b[2J"}}
			s := opened(t, w.Lang, l)
			s.shows(w.History.Failed, fmt.Sprintf(w.History.Retry, name(keymap.OpenHistory)))
			text := strings.Join(strings.Fields(lookup.ErrorText(w, l.err)), "")
			if !strings.Contains(strings.Join(strings.Fields(s.shown()), ""), text) {
				t.Errorf("%q is not there:\n%s", text, s.shown())
			}
			l.err = nil
			s.run(s.Open())
			s.isAt(0)
			s.press("/", "没有的")
			s.hides(w.History.Failed)
			s.press("esc")
			l.err = full
			s.press("北京")
			s.shows(w.History.Failed)
			s.hides(record(0).Query.Factors[juhe.Entname], w.History.Position[:3])
		}
	}
}
