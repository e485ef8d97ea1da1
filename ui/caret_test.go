package ui_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// TestCaret: the terminal's cursor follows the typed text, and is hidden where no text
// is taken.
func TestCaret(t *testing.T) {
	t.Parallel()
	term, written := uitest.NewTerminal(t)
	term.WriteString("\x1b[?1049h")
	c := newConsole(t, consoleOptions{lang: "zh", terminal: term})
	before := ""
	last := func() string {
		frame := c.View()
		if frame == before { // Bubble Tea does not redraw it
			return written()
		}
		before = frame
		term.WriteString("frame")
		return written()
	}
	for _, step := range []struct {
		keys []string
		want string // the end of the output, with rows and columns from 1
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

// TestDrawnCaret: without the terminal's own cursor a caret is drawn.
func TestDrawnCaret(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
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

// caretOf returns the caret of a frame, from the sequence of widget.CursorNudge.
func caretOf(frame string) (x, y int, ok bool) {
	found := regexp.MustCompile(`\x1b\[(\d+);(\d+)H\x1b\[(\d+);1H`).FindStringSubmatch(frame)
	if found == nil {
		return 0, 0, false
	}
	y, _ = strconv.Atoi(found[1])
	x, _ = strconv.Atoi(found[2])
	return x - 1, y - 1, true
}

// TestCaretEverywhere: wherever text is taken, the caret follows the typed text,
// precedes its last character after Left, and keeps its place when the window is
// resized. Elsewhere there is no caret.
func TestCaretEverywhere(t *testing.T) {
	t.Parallel()
	for name, scene := range scenes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term, _ := uitest.NewTerminal(t)
			c := newConsole(t, consoleOptions{lang: "zh", borders: "rounded", terminal: term})
			scene(c)
			text := []string{"北", "京"}
			if name == "batch, number" {
				text = []string{"1", "2"}
			}
			typing := c.typeText(text)
			if strings.HasPrefix(name, "setup") { // it hides the text
				text = []string{"•", "•"}
			}
			if !typing {
				if _, _, ok := caretOf(c.View()); ok {
					t.Errorf("a caret where no text is taken:\n%s", c.Shown())
				}
				return
			}
			for _, size := range [][2]int{{80, 24}, {60, 20}, {140, 45}, {83, 31}} {
				c.resize(size[0], size[1])
				c.assertCaretBetween(strings.Join(text, ""), "")
			}
			c.press("left")
			c.assertCaretBetween(text[0], text[1])
			c.press("right", "f1")
			if _, _, ok := caretOf(c.View()); ok {
				t.Error("a caret in help")
			}
			c.press("f1")
			c.assertCaretBetween(strings.Join(text, ""), "")
		})
	}
}

// typeText types a text if the screen has a caret.
func (c console) typeText(text []string) bool {
	if _, _, ok := caretOf(c.View()); !ok {
		return false
	}
	c.press("end")
	c.press(text...)
	return true
}

// assertCaretBetween fails unless the caret is between two texts.
func (c console) assertCaretBetween(before, after string) {
	c.t.Helper()
	frame := c.View()
	x, y, ok := caretOf(frame)
	lines := strings.Split(ansi.Strip(frame), "\n")
	if !ok || y >= len(lines) {
		c.t.Fatalf("no caret:\n%s", ansi.Strip(frame))
	}
	line := lines[y]
	if left, right := ansi.Cut(line, 0, x), ansi.Cut(line, x, widget.Width(line)); !strings.HasSuffix(left, before) || !strings.HasPrefix(right, after) {
		c.t.Errorf("the caret is behind %q, before %q", left, right)
	}
}
