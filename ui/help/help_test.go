package help_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/help"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/result"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// newOverlay returns the help for a result.
func newOverlay(w *i18n.Messages) *help.Screen {
	s := help.New(widget.Common{Messages: w, Theme: uitest.Theme("auto", "ascii"), Keys: uitest.Keys(w)})
	s.Open(newResult(w))
	return s
}

// newResult returns a result with all its keys: one from the ledger, which can be sent
// again.
func newResult(w *i18n.Messages) *result.Screen {
	s := result.New(result.Options{
		Common: widget.Common{Messages: w, Theme: uitest.Theme("auto", "ascii"), Keys: uitest.Keys(w)},
	})
	s.Show(lookup.Record{
		Reply: juhe.Reply{Outcome: juhe.Match}, Earlier: &lookup.Record{ID: "20261123-120000-00000001"},
	})
	return s
}

// TestEveryKey: help lists every key of the covered screen and every global key.
func TestEveryKey(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		s := newOverlay(w)
		s.SetSize(60, 40)
		for _, line := range keymap.Defaults() {
			if line.Context != keymap.Result && line.Context != keymap.Anywhere {
				continue
			}
			label, found := widget.JoinKeyLabels(line.Keys), false
			for shown := range strings.Lines(ansi.Strip(s.View())) {
				shown = strings.TrimSpace(shown)
				found = found || strings.HasPrefix(shown, label+" ") && strings.HasSuffix(shown, "  "+w.Keys[line.Action])
			}
			if !found {
				t.Errorf("%s: no line for %s, %s:\n%s", w.Lang, line.Action, label, s.View())
			}
		}
	}
}

// TestScrolls: in a small window help scrolls to its end and back.
func TestScrolls(t *testing.T) {
	t.Parallel()
	w := i18n.For("zh", nil)
	s := newOverlay(w)
	s.SetSize(60, 5)
	first := s.View()
	move := func(key tea.KeyType, times int) {
		for range times {
			s.Update(tea.KeyMsg{Type: key})
			s.View()
		}
	}
	move(tea.KeyDown, 50)
	last := s.View()
	if !strings.Contains(last, w.Keys["quit"]) || strings.Count(last, "\n") != 4 {
		t.Errorf("the end is\n%s", last)
	}
	if move(tea.KeyUp, 1); s.View() == last {
		t.Error("a step back from the end moves nothing")
	}
	if move(tea.KeyUp, 50); s.View() != first {
		t.Errorf("the beginning is\n%s", s.View())
	}
	move(tea.KeyDown, 3)
	s.Open(newResult(w))
	if s.View() != first {
		t.Error("opened again, it does not begin at its beginning")
	}
}

// TestTakesNoText: help takes no text.
func TestTakesNoText(t *testing.T) {
	t.Parallel()
	s := newOverlay(i18n.For("zh", nil))
	if _, _, ok := s.Caret(); ok || s.Typing() {
		t.Error("help takes text")
	}
	if s.Init() != nil || s.Update(uitest.Key("enter")) != nil {
		t.Error("got a command")
	}
}
