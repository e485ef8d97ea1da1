package result_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/widget"
)

// colours are the only sequences that a screen may have.
var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// fits fails unless a view keeps within its size.
func fits(t testing.TB, view string, width, height int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) > height {
		t.Errorf("%d lines in %d", len(lines), height)
	}
	for _, line := range lines {
		if widget.Width(line) > width {
			t.Errorf("a line of %d cells in %d: %.200q", widget.Width(line), width, line)
		}
	}
}

// TestEvilService: whatever a service answers, only text and colours reach
// the terminal, and no more of them than there is room for.
func TestEvilService(t *testing.T) {
	t.Parallel()
	desk := standinDesk(t)
	for _, c := range mockserver.Cases() {
		if slices.Contains([]string{"slow", "hang", "hang-in-body"}, c.Slug) {
			continue // these only let time pass
		}
		t.Run(c.Slug, func(t *testing.T) {
			t.Parallel()
			rec := do(t, desk, named(juhe.APIQuery, c.Entname()))
			for _, lang := range []string{"zh", "en"} {
				s := newScreen(t, lang, nil)
				s.Show(rec)
				for _, size := range [][2]int{{60, 16}, {100, 36}} {
					s.SetSize(size[0], size[1])
					for range 2 {
						fits(t, s.View(), size[0], size[1])
						s.press("o")
					}
				}
				s.SetSize(100, 300) // few pages
				plain(t, s.everything())
			}
		})
	}
}

// TestRaw: o shows the answer as it came, page by page, and the result again.
func TestRaw(t *testing.T) {
	t.Parallel()
	rec := do(t, standinDesk(t), caseOf(t, "long-text"))
	s := newScreen(t, "zh", nil)
	s.SetSize(60, 16)
	s.Show(rec)
	verdict := s.View()
	s.press("o")
	s.shows(s.words.Result.Raw, `{"reason":"成功成功`)
	first := s.View()
	for _, step := range []struct {
		key  tea.KeyType
		same bool // as the first page
	}{
		{tea.KeyUp, true}, {tea.KeyPgUp, true}, {tea.KeyDown, false}, {tea.KeyUp, true}, {tea.KeyPgDown, false}, {tea.KeyPgUp, true},
	} {
		s.Update(tea.KeyMsg{Type: step.key})
		if (s.View() == first) != step.same {
			t.Errorf("%v: on the first page is %t", step.key, !step.same)
		}
	}
	for range 500 {
		s.Update(tea.KeyMsg{Type: tea.KeyPgDown})
	}
	last := s.View()
	fits(t, last, 60, 16)
	s.Update(tea.KeyMsg{Type: tea.KeyUp})
	if s.View() == last {
		t.Error("a step back from the end moves nothing: the scroll position runs away")
	}
	s.press("o")
	if s.View() != verdict {
		t.Error("a second o does not go back to the result")
	}
}

// TestRawIsWhole: the raw view drops nothing of the answer.
func TestRawIsWhole(t *testing.T) {
	t.Parallel()
	rec := do(t, standinDesk(t), caseOf(t, "html-502"))
	s := newScreen(t, "zh", nil)
	s.SetSize(60, 40)
	s.Show(rec)
	s.press("o")
	squeeze := func(text string) string { return strings.Join(strings.Fields(text), "") }
	if !strings.Contains(squeeze(s.shown()), squeeze(rec.Reply.Raw)) || !strings.Contains(rec.Reply.Raw, "␛[2J") {
		t.Errorf("%q is shown as\n%s", rec.Reply.Raw, s.shown())
	}
}

// TestNoRaw: where no answer came, o says so.
func TestNoRaw(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", nil)
	s.Show(do(t, standinDesk(t), caseOf(t, "close")))
	before := s.View()
	want := []tea.Msg{widget.StatusMsg{Severity: widget.Note, Text: s.words.Result.NoRaw}}
	if got := s.press("o"); !slices.Equal(got, want) || s.View() != before {
		t.Errorf("o gives %v", got)
	}
}

// TestKeysNameTheRaw: the footer says what o does now.
func TestKeysNameTheRaw(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", nil)
	s.Show(do(t, standinDesk(t), juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[0].Factors(juhe.APIQuery)}))
	description := func() string {
		for _, b := range s.Keys().ShortHelp() {
			if b.Keys()[0] == "o" {
				return b.Help().Desc
			}
		}
		return ""
	}
	if description() != s.words.Keys["raw"] {
		t.Errorf("o is %q", description())
	}
	if s.press("o"); description() != s.words.Result.RawBack {
		t.Errorf("o is %q at the raw answer", description())
	}
}
