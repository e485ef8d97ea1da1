package form_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/ui/form"
	"fourfactor/ui/uitest"
)

// TestEndpoints: Ctrl+T cycles through the endpoints, and labels, hints and warnings
// follow.
func TestEndpoints(t *testing.T) {
	t.Parallel()
	s := newTestForm(t)
	for _, api := range append(juhe.APIs(), juhe.APIQuery) {
		s.AssertShows(s.words.Endpoints[api])
		for name, field := range s.words.Fields {
			hint := field.Hint
			if api == juhe.APIQueryV2 {
				hint = field.V2
			}
			s.AssertShows(field.Label, hint)
			if juhe.Factor(name) == juhe.Idcard && api != juhe.APIQueryV2 {
				s.AssertHides(field.V2)
			}
		}
		if s.press("ctrl+t") != nil {
			t.Error("Ctrl+T returns a command, want none")
		}
	}
}

func TestRegstatus(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	s.AssertShows(s.words.Form.Off)
	s.press("ctrl+g")
	s.AssertShows(s.words.Form.On)
	rec := uitest.Await[form.DoneMsg](t, s.press("f5")).Record
	if !rec.Query.Regstatus {
		t.Error("regstatus was not requested")
	}
	if rec.Reply.Regstatus == "" {
		t.Error("got no regstatus")
	}
	s.press("ctrl+g")
	s.AssertShows(s.words.Form.Off)
}

func TestClear(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	s.press("ctrl+t", "ctrl+g", "tab", "ctrl+l")
	s.AssertHides(firstCompany().Entname, firstCompany().Entmark, firstCompany().Realname, firstCompany().Idcard)
	s.AssertShows(s.words.Fields[juhe.Entname].Hint, s.words.Endpoints["queryEncry"], s.words.Form.On)
	if x, y, _ := s.Caret(); x != 12 || y != 0 {
		t.Errorf("got caret at %d, %d, want 12, 0", x, y)
	}
}

func TestFocus(t *testing.T) {
	t.Parallel()
	s := newTestForm(t)
	for _, step := range []struct {
		key  string
		line int
	}{
		{"tab", 2}, {"down", 4}, {"enter", 6}, {"tab", 0}, {"shift+tab", 6}, {"up", 4}, {"up", 2}, {"shift+tab", 0}, {"up", 6},
	} {
		if s.press(step.key) != nil {
			t.Errorf("%s returns a command, want none", step.key)
		}
		s.assertCaretLine(step.line)
	}
}

// TestCaret: the caret is behind the text before it, in cells.
func TestCaret(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 80, 140} {
		s := newTestForm(t)
		s.SetSize(width, 20)
		s.write("北京")
		if x, y, ok := s.Caret(); x != 16 || y != 0 || !ok {
			t.Errorf("got caret at %d, %d, %t, want 16, 0", x, y, ok)
		}
		s.press("left")
		if x, _, _ := s.Caret(); x != 14 {
			t.Errorf("got caret at %d, want 14", x)
		}
		if line := strings.Split(s.Shown(), "\n")[0]; ansi.Cut(line, 12, 16) != "北京" {
			t.Errorf("got %q, want the text in cells 12 to 16", line)
		}
	}
}

// TestPaste: pasted text has no keys, and no escape sequence reaches the terminal.
func TestPaste(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	s.press("tab", "tab", "tab")
	if s.paste("1\x1b[2J\r\n\x00\t2\u202e\u200b\u2028\x9b\r") != nil {
		t.Error("a paste returns a command, want none")
	}
	s.assertInProgress(false)
	assertNoEscapes(t, s.View())
	s.AssertShows("1[2J", "2�")
	s.assertCaretLine(6)
	s.paste("？?")
	s.AssertShows("？?")
}

// assertNoEscapes checks that a frame has only text, line breaks and colours.
func assertNoEscapes(t *testing.T, frame string) {
	t.Helper()
	for _, r := range strings.ReplaceAll(ansi.Strip(frame), "\n", "") {
		if juhe.IsInvisible(r) {
			t.Errorf("%U on the screen: %q", r, frame)
		}
	}
	if strings.Contains(frame, "\x1b[2J") {
		t.Errorf("a sequence of the paste on the screen: %q", frame)
	}
}

// TestCaretAtPointer: the caret is on the pointer's line, whatever the height of the
// notes.
func TestCaretAtPointer(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 80, 100, 140} {
		s := newTestForm(t)
		s.SetSize(width, 16)
		s.Fill(juhe.Query{API: juhe.APIQueryV2, Factors: juhe.Factors{
			juhe.Entname: " 91110199MAYYY0013X", juhe.Entmark: "1101 0519 4912 3100 2x", juhe.Realname: "x•", juhe.Idcard: "9111 0199 MAYYY 0013x",
		}})
		for range 4 {
			_, y, _ := s.Caret()
			if line := strings.Split(s.Shown(), "\n")[y]; !strings.HasPrefix(line, "▸") {
				t.Errorf("%d wide: the caret is in line %d:\n%s", width, y, s.Shown())
			}
			s.press("tab")
		}
	}
}
