package kit_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/ui/kit"
)

// FuzzField: whatever is pasted into a field, it is drawn within its room, and
// nothing without a shape is.
func FuzzField(f *testing.F) {
	for _, text := range []string{"北京晨星", "a\u200bb", "\x1b[31m", "e\u0301", "👍🏽", "a\tb\r\nc", "\xff", "𠮷㛃龻"} {
		f.Add(text, 8, 3)
	}
	f.Fuzz(func(t *testing.T, text string, width, left int) {
		width = 2 + (width&0xff)%60
		field := field(width)
		field.Update(pasted(text))
		for range left & 0xf {
			field.Update(pasted("x"))
		}
		view := field.View()
		if kit.Width(view) > width || field.Caret() < 0 || field.Caret() >= width || strings.ContainsFunc(view, shapeless) {
			t.Errorf("%q in %d cells with the caret at %d", view, width, field.Caret())
		}
	})
}

// FuzzWrap: no line is wider than the room, and nothing but blanks is lost.
func FuzzWrap(f *testing.F) {
	for _, text := range []string{"北京 晨星", "同样四要素（2026-11-24，query）：结论", "a\n\nb", "𠮷\u0301", strings.Repeat("长", 99)} {
		f.Add(text, 16)
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	f.Fuzz(func(t *testing.T, text string, width int) {
		if strings.ContainsFunc(text, shapeless) && !strings.Contains(text, "\n") || ansi.Strip(text) != text {
			return // such text is made harmless where it enters
		}
		width = 2 + (width&0xff)%60
		lines := kit.Wrap(text, width)
		for _, line := range lines {
			if kit.Width(line) > width {
				t.Errorf("%q is wider than %d", line, width)
			}
		}
		if got := squeeze(strings.Join(lines, " ")); got != squeeze(text) {
			t.Errorf("%q is %q", text, got)
		}
	})
}
