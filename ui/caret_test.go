package ui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestCaret: the terminal's cursor stands behind what was typed, in its row,
// and nowhere where no text is taken.
func TestCaret(t *testing.T) {
	t.Parallel()
	term, written := terminal(t)
	term.WriteString("\x1b[?1049h")
	c := newConsole(t, look{lang: "zh", terminal: term})
	before := ""
	last := func() string {
		frame := c.View()
		if frame == before { // Bubble Tea does not draw it again
			return written()
		}
		before = frame
		term.WriteString("frame")
		return written()
	}
	for _, step := range []struct {
		keys []string
		want string // what is written at the end, rows and columns from 1
	}{
		{nil, "\x1b[3;13H\x1b[?25h"},
		{[]string{"北京"}, "\x1b[3;17H\x1b[?25h"},
		{[]string{"left"}, "\x1b[3;15H\x1b[?25h"},
		{[]string{"tab"}, "\x1b[5;13H\x1b[?25h"},
		{[]string{"tab", "tab", "1"}, "\x1b[9;14H\x1b[?25h"},
		{[]string{"f1"}, "\x1b[?25lframe"},
		{[]string{"esc"}, "\x1b[9;14H\x1b[?25h"},
	} {
		c.press(step.keys...)
		if got := last(); !strings.HasSuffix(got, step.want) {
			t.Errorf("after %v: %q, want %q", step.keys, got, step.want)
		}
	}
	row := c.line(2)
	if ansi.Cut(row, 12, 16) != "北京" {
		t.Errorf("北京 is not where its caret was: %q", row)
	}
	c.resize(59, 20)
	if got := last(); !strings.HasSuffix(got, "\x1b[?25lframe") {
		t.Errorf("in a window that is too small: %q", got)
	}
}

// TestDrawnCaret: where the terminal's own is not used, one is drawn.
func TestDrawnCaret(t *testing.T) {
	t.Parallel()
	c := newConsole(t, look{lang: "zh"})
	c.press("北京")
	if row := strings.Split(c.View(), "\n")[2]; !strings.Contains(row, "北京\x1b[7m \x1b[0m") {
		t.Errorf("no caret behind 北京: %q", row)
	}
	c.press("left")
	if row := strings.Split(c.View(), "\n")[2]; !strings.Contains(row, "北\x1b[7m京\x1b[0m") {
		t.Errorf("no caret on 京: %q", row)
	}
	c.press("f1")
	if strings.Contains(c.View(), "\x1b[7m") {
		t.Errorf("a caret in help: %q", c.View())
	}
}
