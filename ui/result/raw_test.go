package result_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/widget"
)

// colours matches the only escape sequences that a screen may contain.
var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// assertFits fails unless a view fits its size.
func assertFits(t testing.TB, view string, width, height int) {
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

// TestHostileService: whatever the service answers, the screen contains only text and
// colours and fits its size.
func TestHostileService(t *testing.T) {
	t.Parallel()
	verifier := newMockVerifier(t)
	for _, c := range mockserver.Cases() {
		if slices.Contains([]string{"slow", "hang", "hang-in-body"}, c.Slug) {
			continue // these only delay
		}
		t.Run(c.Slug, func(t *testing.T) {
			t.Parallel()
			rec := lookUp(t, verifier, queryNamed(juhe.APIQuery, c.Entname()))
			for _, lang := range []string{"zh", "en"} {
				s := newScreen(t, lang, nil)
				s.Show(rec)
				for _, size := range [][2]int{{60, 16}, {100, 36}} {
					s.SetSize(size[0], size[1])
					for range 2 {
						assertFits(t, s.View(), size[0], size[1])
						s.press("o")
					}
				}
				s.SetSize(100, 300) // few pages
				assertPlain(t, s.everything())
			}
		})
	}
}

// TestRaw: o shows the raw answer in pages, and the result again.
func TestRaw(t *testing.T) {
	t.Parallel()
	rec := lookUp(t, newMockVerifier(t), queryCase(t, "long-text"))
	s := newScreen(t, "zh", nil)
	s.SetSize(60, 16)
	s.Show(rec)
	verdict := s.View()
	s.press("o")
	s.AssertShows(s.words.Result.Raw, `{"reason":"成功成功`)
	first := s.View()
	for _, step := range []struct {
		key  tea.KeyType
		same bool // shows the first page
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
	assertFits(t, last, 60, 16)
	s.Update(tea.KeyMsg{Type: tea.KeyUp})
	if s.View() == last {
		t.Error("a step back from the end moves nothing: the scroll position runs away")
	}
	s.press("o")
	if s.View() != verdict {
		t.Error("a second o does not go back to the result")
	}
}

// TestRawIsWhole: the raw page shows the complete answer.
func TestRawIsWhole(t *testing.T) {
	t.Parallel()
	rec := lookUp(t, newMockVerifier(t), queryCase(t, "html-502"))
	s := newScreen(t, "zh", nil)
	s.SetSize(60, 40)
	s.Show(rec)
	s.press("o")
	squeeze := func(text string) string { return strings.Join(strings.Fields(text), "") }
	if !strings.Contains(squeeze(s.Shown()), squeeze(rec.Reply.Raw)) || !strings.Contains(rec.Reply.Raw, "␛[2J") {
		t.Errorf("%q is shown as\n%s", rec.Reply.Raw, s.Shown())
	}
}

// TestNoRaw: without an answer, o says so.
func TestNoRaw(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", nil)
	s.Show(lookUp(t, newMockVerifier(t), queryCase(t, "close")))
	before := s.View()
	want := []tea.Msg{widget.StatusMsg{Severity: widget.Note, Text: s.words.Result.NoRaw}}
	if got := s.press("o"); !slices.Equal(got, want) || s.View() != before {
		t.Errorf("o gives %v", got)
	}
}

// TestKeysNameTheRaw: the footer describes what o does.
func TestKeysNameTheRaw(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "zh", nil)
	s.Show(lookUp(t, newMockVerifier(t), juhetest.Query(juhe.APIQuery)))
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
	if s.press("o"); description() != s.words.Result.LeaveRaw {
		t.Errorf("o is %q at the raw answer", description())
	}
}
