package history_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/history"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// TestMessages: keys send the right messages to the root.
func TestMessages(t *testing.T) {
	t.Parallel()
	s := newOpenScreen(t, "zh", newLedger(t, records(3)...))
	s.press("down")
	for key, want := range map[string]any{
		"enter": history.OpenMsg{ID: "id-001"}, "r": fill(record(1)), "ｒ": fill(record(1)),
	} {
		if s.press(key); s.lastMessage() != want {
			t.Errorf("%s does not ask for %v", key, want)
		}
	}
	if s.press("z", "n", "y", "esc"); s.lastMessage() != nil || s.Init() != nil {
		t.Error("keys without a meaning have one")
	}
}

// TestKeys: the footer and the help contain the keys that work.
func TestKeys(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		s := newOpenScreen(t, w.Lang, newLedger(t, records(3)...))
		on := s.enabled()
		for _, line := range keymap.Defaults() {
			if line.Context != keymap.History {
				continue
			}
			if on[line.Keys[0]] != w.Keys[line.Action] {
				t.Errorf("%s is not in the footer: %v", line.Action, on)
			}
			found := false
			for _, group := range s.Keys().FullHelp() {
				for _, b := range group {
					found = found || b.Enabled() && b.Help().Key == widget.JoinKeyLabels(line.Keys) && b.Help().Desc == w.Keys[line.Action]
				}
			}
			if !found {
				t.Errorf("%s is not in the help", line.Action)
			}
		}
		s.press("/", "没有的", "enter")
		for _, name := range []string{"enter", "d", "r", "x", "s"} {
			if text, on := s.enabled()[name]; on {
				t.Errorf("without rows %s does %s", name, text)
			}
		}
		if on := s.enabled(); on["/"] == "" || on["f"] == "" || on["esc"] != w.History.ClearAll {
			t.Errorf("without rows the keys are %v", on)
		}
	}
}

// scenes returns functions that bring the screen into every state that it can show.
func scenes() map[string]func(testScreen) {
	return map[string]func(testScreen){
		"list":      func(s testScreen) { s.press("end") },
		"searching": func(s testScreen) { s.press("/"); s.press(strings.Repeat("天地", 30)) },
		"filtered":  func(s testScreen) { s.press("f", "f", "/", "北京") },
		"nothing":   func(s testScreen) { s.press("f", "/", strings.Repeat("没有的", 30)) },
		"question":  func(s testScreen) { s.press("pgdown", "d") },
		"export":    func(s testScreen) { s.press("/", strings.Repeat("天", 4), "enter", "s") },
		"exporting": func(s testScreen) { s.press("s"); s.Press("enter") },
		"revealed":  func(s testScreen) { s.press("down", "down"); s.reveal() },
		"loading": func(s testScreen) {
			for _, cmd := range parts(s.Open())[1:] {
				s.Update(cmd())
			}
		},
	}
}

// TestFits: every frame is a rectangle of the given size and contains only text, lines
// and colours.
func TestFits(t *testing.T) {
	t.Parallel()
	for name, scene := range scenes() {
		for _, lang := range []string{"zh", "en"} {
			t.Run(name+"/"+lang, func(t *testing.T) {
				t.Parallel()
				s := newOpenScreen(t, lang, newLedger(t, variedRecords()...))
				scene(s)
				for _, size := range [][2]int{{60, 16}, {80, 20}, {140, 41}, {200, 60}, {100, 17}, {61, 18}, {59, 15}, {30, 8}, {9, 3}, {1, 1}} {
					s.SetSize(size[0], size[1])
					uitest.AssertRectangle(t, s.View(), size[0], size[1])
					if x, y, ok := s.Caret(); ok && size[1] > 8 && (x < 0 || y < 0 || x >= size[0] || y >= size[1]) {
						t.Errorf("the caret is at %d, %d of %v", x, y, size)
					}
				}
			})
		}
	}
}

// loaded returns how the foot ends with n rows loaded.
func loaded(w *i18n.Messages, n int) string {
	_, end, _ := strings.Cut(fmt.Sprintf(w.History.Position, 0, n), "0")
	return end
}

// TestSmallest: in 60×20 nothing essential is truncated.
func TestSmallest(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		s := newOpenScreen(t, w.Lang, newLedger(t, records(60)...))
		s.SetSize(60, 16)
		h := w.History
		s.AssertShows(fmt.Sprintf(h.SearchHint, "/"), fmt.Sprintf(h.Position, 1, 50)+" · "+h.More)
		s.press("d")
		s.AssertShows(h.Delete, record(0).Query.Factors[juhe.Entname], h.DeleteNote, "y "+h.DeleteYes+" · n "+h.DeleteNo)
		s.assertSelected(0)
		s.press("n", "s")
		s.AssertShows("fourfactor-20261123-1200.xlsx", fmt.Sprintf(h.ExportWhat, h.ExportAll), h.ExportMasked, h.ExportFull)
		s.assertSelected(0)
		s.press("esc")
		for range 50 {
			s.press("down")
			s.selectedRow()
		}
	}
}

// TestMono: without colours and with ASCII only, the selected row and the outcomes are
// distinguishable.
func TestMono(t *testing.T) {
	t.Parallel()
	s := newOpenScreen(t, "zh", newLedger(t, records(6)...), func(o *history.Options) {
		o.Theme = widget.NewTheme(lipgloss.NewRenderer(io.Discard), "", "mono", "ascii")
	})
	s.AssertShows("> 今天 12:00")
	marks, _ := i18n.Marks(true)
	for _, o := range juhe.Outcomes() {
		s.AssertShows(marks[o] + " " + s.words.Outcomes[o])
	}
}

// TestForeignMessages: messages of other screens have no effect.
func TestForeignMessages(t *testing.T) {
	t.Parallel()
	s := newOpenScreen(t, "zh", newLedger(t, records(3)...))
	before := s.View()
	for _, msg := range []any{nil, 1, widget.StatusMsg{}, lookup.Page{}} {
		if s.Update(msg) != nil || s.View() != before {
			t.Errorf("%v does something", msg)
		}
	}
}
