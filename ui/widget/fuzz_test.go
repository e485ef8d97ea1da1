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

// FuzzField: a pasted text fits the field, and no invisible character is drawn.
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
		if got := widget.Width(view); got > width {
			t.Errorf("got width %d in %d cells: %q", got, width, view)
		}
		if got := field.Caret(); got < 0 || got >= width {
			t.Errorf("got caret %d in %d cells: %q", got, width, view)
		}
		if strings.ContainsFunc(view, isInvisible) {
			t.Errorf("got an invisible character: %q", view)
		}
	})
}

// FuzzWrap: no line is wider than the limit, and only blanks are lost.
func FuzzWrap(f *testing.F) {
	for _, text := range []string{"北京 晨星", "同样四要素（2026-11-24，query）：结论", "a\n\nb", "𠮷\u0301", strings.Repeat("长", 99)} {
		f.Add(text, 16)
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	f.Fuzz(func(t *testing.T, text string, width int) {
		if strings.ContainsFunc(text, isInvisible) && !strings.Contains(text, "\n") || ansi.Strip(text) != text {
			return // such text is sanitized before it gets here
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

// FuzzKeyboard: whatever input arrives, little of it is buffered, and text typed
// afterwards arrives completely. A terminal report between characters is dropped. Text
// with an Enter never yields an Enter key.
func FuzzKeyboard(f *testing.F) {
	names := slices.Sorted(maps.Keys(reports()))
	for i, text := range append([]string{"\x1b[200~甲\t1\x1b[201~\r", "\x1b\x1b[", "\x1bO5P", "\u009d1;", "\x1b[27;5;13~", "\x1b[57414;1:1u", "a\r\nb\x13"}, rows...) {
		f.Add(text, i, 1+i%7, 5*i)
	}
	f.Fuzz(func(t *testing.T, text string, which, size, pause int) {
		size, pause = 1+(size&0xff)%70, (pause&0xff)%40
		reply := reports()[names[(which&0xffff)%len(names)]]
		var pieces []any
		for piece := range slices.Chunk([]byte(text), size) {
			pieces = append(pieces, string(piece), ms(pause))
		}
		got := decode(which%2 == 0, append(pieces, ms(10_000), "甲", ms(50), "\r")...)
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
		if got := strings.Join(decode(false, typed, ms(50), reply[:at], ms(pause), reply[at:], typed), ""); strings.ReplaceAll(got, widget.MaybePasted, "") != strings.ReplaceAll(typed+typed, widget.MaybePasted, "") {
			t.Errorf("%q and %q: got %q", typed, reply, got)
		}
		pieces = nil
		for piece := range slices.Chunk([]byte("甲"+typed+"\r"), size) {
			pieces = append(pieces, string(piece), ms(pause*25/40))
		}
		got = decode(false, pieces...)
		if at := slices.Index(got, "\r"); at == 0 || at > 0 && got[at-1] != widget.MaybePasted {
			t.Errorf("%q in pieces of %d, %d ms apart: %q", typed, size, pause, got)
		}
	})
}
