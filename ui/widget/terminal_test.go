package widget_test

import (
	"io"
	"strings"
	"testing"

	"fourfactor/ui/uitest"
)

const (
	enter = "\x1b[?1049h"
	leave = "\x1b[?1049l"
	hide  = "\x1b[?25l"
	show  = "\x1b[?25h"
)

// TestTerminal is one session of a terminal, step by step.
func TestTerminal(t *testing.T) {
	t.Parallel()
	term, written := uitest.NewTerminal(t)
	before := ""
	draw := func(frame string) func() { return func() { io.WriteString(term, frame) } }
	place := func(x, y int, shown bool) func() { return func() { term.SetCaret(x, y, shown) } }
	for _, step := range []struct {
		what string
		do   func()
		want string
	}{
		{"a frame before the alternate screen", draw("hello"), "hello"},
		{"a caret before it", place(4, 2, true), ""},
		{"another frame before it", draw("hello"), "hello"},
		{"entering shows the caret too", draw(enter), enter + "\x1b[3;5H" + show},
		{"behind each frame", draw("one"), hide + "one\x1b[3;5H" + show},
		{"through Write as well", func() { term.Write([]byte("two")) }, hide + "two\x1b[3;5H" + show},
		{"blanks at the end of a line", draw("one" + strings.Repeat(" ", 9) + "\r\n  two  \r\n" + strings.Repeat(" ", 9)), hide + "one\x1b[K\r\n  two  \r\n\x1b[K\x1b[3;5H" + show},
		{"a caret that moves waits for a frame", place(6, 2, true), ""},
		{"and is drawn with it", draw("three"), hide + "three\x1b[3;7H" + show},
		{"the corner", func() { term.SetCaret(0, 0, true); io.WriteString(term, "") }, hide + "\x1b[1;1H" + show},
		{"a caret that goes", func() { term.SetCaret(0, 0, false); io.WriteString(term, "four") }, hide + "four"},
		{"a frame without one", draw("five"), "five"},
		{"a sequence that draws nothing", func() { term.Send("\x1b]52;c;eA==\a") }, "\x1b]52;c;eA==\a"},
		{"a caret again", func() { term.SetCaret(1, 1, true); io.WriteString(term, "six") }, "six\x1b[2;2H" + show},
		{"leaving", draw(leave), leave},
		{"a caret after leaving", place(2, 2, true), ""},
		{"a line after leaving", draw("bye\n"), "bye\n"},
	} {
		step.do()
		got := strings.TrimPrefix(written(), before)
		if got != step.want {
			t.Errorf("%s: got %q, want %q", step.what, got, step.want)
		}
		before += got
	}
}

// TestTerminalCounts: Write counts only the caller's bytes.
func TestTerminalCounts(t *testing.T) {
	t.Parallel()
	term, _ := uitest.NewTerminal(t)
	term.SetCaret(1, 1, true)
	for _, frame := range []string{enter, "北京", ""} {
		if n, err := term.Write([]byte(frame)); n != len(frame) || err != nil {
			t.Errorf("Write(%q) = %d, %v", frame, n, err)
		}
	}
	term.Close()
	if n, err := term.Write([]byte("x")); n != 0 || err == nil {
		t.Errorf("Write to a closed terminal = %d, %v", n, err)
	}
	if term.Send("x") == nil {
		t.Error("Send to a closed terminal does not fail")
	}
}
