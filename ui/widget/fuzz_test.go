package widget_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/ui/widget"
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
		if widget.Width(view) > width || field.Caret() < 0 || field.Caret() >= width || strings.ContainsFunc(view, shapeless) {
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
		lines := widget.Wrap(text, width)
		for _, line := range lines {
			if widget.Width(line) > width {
				t.Errorf("%q is wider than %d", line, width)
			}
		}
		if got := squeeze(strings.Join(lines, " ")); got != squeeze(text) {
			t.Errorf("%q is %q", text, got)
		}
	})
}

// FuzzKeyboard: whatever comes, in whatever pieces, little is kept of it and what is
// typed afterwards comes whole. An answer of the terminal between typed characters is
// none of them. No Enter comes of what comes together with text.
func FuzzKeyboard(f *testing.F) {
	names := slices.Sorted(maps.Keys(replies()))
	for i, text := range append([]string{"\x1b[200~甲\t1\x1b[201~\r", "\x1b\x1b[", "\x1bO5P", "\u009d1;", "\x1b[27;5;13~", "\x1b[57414;1:1u", "a\r\nb\x13"}, rows...) {
		f.Add(text, i, 1+i%7, 5*i)
	}
	f.Fuzz(func(t *testing.T, text string, which, size, pause int) {
		size, pause = 1+(size&0xff)%70, (pause&0xff)%40
		reply := replies()[names[(which&0xffff)%len(names)]]
		var pieces []any
		for piece := range slices.Chunk([]byte(text), size) {
			pieces = append(pieces, string(piece), ms(pause))
		}
		got := come(which%2 == 0, append(pieces, ms(10_000), "甲", ms(50), "\r")...)
		if n := len(got); n < 2 || got[n-2] != "甲" || got[n-1] != "\r" {
			t.Errorf("%q: what is typed afterwards is %q", text, got)
		}
		typed := strings.Map(func(r rune) rune {
			if unicode.IsPrint(r) && r != unicode.ReplacementChar {
				return r
			}
			return -1
		}, text)
		typed = string([]rune(typed)[:min(len([]rune(typed)), 99)])
		at := (which & 0xffff) % len(reply)
		if got := strings.Join(come(false, typed, ms(50), reply[:at], ms(pause), reply[at:], typed), ""); strings.ReplaceAll(got, widget.Mixed, "") != strings.ReplaceAll(typed+typed, widget.Mixed, "") {
			t.Errorf("%q and %q: got %q", typed, reply, got)
		}
		pieces = nil
		for piece := range slices.Chunk([]byte("甲"+typed+"\r"), size) {
			pieces = append(pieces, string(piece), ms(pause*25/40))
		}
		got = come(false, pieces...)
		if at := slices.Index(got, "\r"); at == 0 || at > 0 && got[at-1] != widget.Mixed {
			t.Errorf("%q in pieces of %d, %d ms apart: %q", typed, size, pause, got)
		}
	})
}
