package form_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/ui/form"
)

// TestEndpoints: Ctrl+T goes round the three, and labels, hints and remarks
// follow.
func TestEndpoints(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, api := range append(juhe.APIs(), juhe.APIQuery) {
		d.shows(d.words.Endpoints[string(api)])
		for name, field := range d.words.Fields {
			hint := field.Hint
			if api == juhe.APIQueryV2 {
				hint = field.V2
			}
			d.shows(field.Label, hint)
			if name == "idcard" && api != juhe.APIQueryV2 {
				d.hides(field.V2)
			}
		}
		if d.press("ctrl+t") != nil {
			t.Error("Ctrl+T does more than that")
		}
	}
}

func TestRegstatus(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.shows(d.words.Form.Off)
	d.press("ctrl+g")
	d.shows(d.words.Form.On)
	if rec := await[form.DoneMsg](t, d.press("f5")).Record; !rec.Query.Regstatus || rec.Reply.Regstatus == "" {
		t.Errorf("%+v", rec)
	}
	d.press("ctrl+g")
	d.shows(d.words.Form.Off)
}

func TestClear(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.press("ctrl+t", "ctrl+g", "tab", "ctrl+l")
	d.hides(company().Entname, company().Entmark, company().Realname, company().Idcard)
	d.shows(d.words.Fields["entname"].Hint, d.words.Endpoints["queryEncry"], d.words.Form.On)
	if x, y, _ := d.Caret(); x != 12 || y != 0 {
		t.Errorf("caret at %d, %d", x, y)
	}
}

func TestFocus(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, step := range []struct {
		key  string
		line int
	}{
		{"tab", 2}, {"down", 4}, {"enter", 6}, {"tab", 0}, {"shift+tab", 6}, {"up", 4}, {"up", 2}, {"shift+tab", 0}, {"up", 6},
	} {
		if d.press(step.key) != nil {
			t.Errorf("%s does more than to move", step.key)
		}
		if _, y, _ := d.Caret(); y != step.line {
			t.Errorf("%s: caret in line %d, want %d", step.key, y, step.line)
		}
	}
}

// TestCaret: it stands behind the text before it, in cells.
func TestCaret(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 80, 140} {
		d := newDesk(t)
		d.SetSize(width, 20)
		d.write("北京")
		if x, y, ok := d.Caret(); x != 16 || y != 0 || !ok {
			t.Errorf("caret at %d, %d", x, y)
		}
		d.press("left")
		if x, _, _ := d.Caret(); x != 14 {
			t.Errorf("caret at %d after a step back", x)
		}
		if line := strings.Split(d.shown(), "\n")[0]; ansi.Cut(line, 12, 16) != "北京" {
			t.Errorf("the text is not where its caret is: %q", line)
		}
	}
}

// TestPaste: it is text, and nothing in it is a key or reaches the terminal.
func TestPaste(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.press("tab", "tab", "tab")
	if cmd := d.paste("1\x1b[2J\r\n\x00\t2\u202e\u200b\u2028\x9b\r"); cmd != nil || d.InProgress() {
		t.Fatal("a paste does something")
	}
	plain(t, d.View())
	d.shows("1[2J", "2�")
	if _, y, _ := d.Caret(); y != 6 {
		t.Errorf("a paste moves the focus to line %d", y)
	}
	d.paste("？?")
	d.shows("？?")
}

// plain fails if a frame has anything but text, lines and colours.
func plain(t *testing.T, frame string) {
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

// TestCaretIsAtThePointer: however many lines the remarks take.
func TestCaretIsAtThePointer(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 80, 100, 140} {
		d := newDesk(t)
		d.SetSize(width, 16)
		d.Fill(juhe.Query{API: juhe.APIQueryV2, Factors: juhe.Factors{
			juhe.Entname: " 91110199MAYYY0013X", juhe.Entmark: "1101 0519 4912 3100 2x", juhe.Realname: "x•", juhe.Idcard: "9111 0199 MAYYY 0013x",
		}})
		for range 4 {
			_, y, _ := d.Caret()
			if line := strings.Split(d.shown(), "\n")[y]; !strings.HasPrefix(line, "▸") {
				t.Errorf("%d wide: the caret is in line %d:\n%s", width, y, d.shown())
			}
			d.press("tab")
		}
	}
}
