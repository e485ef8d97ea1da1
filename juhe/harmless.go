package juhe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Harmless makes foreign text safe for a terminal, on one line: controls are
// shown as their pictures (␛ for ESC), bidi, zero-width and other characters
// without a shape as \u202e, and bytes that are no UTF-8 as \xff.
func Harmless(s string) string { return harmless(s, false) }

// HarmlessLines is Harmless for text of several lines: line breaks stay, and
// a tab becomes two blanks.
func HarmlessLines(s string) string {
	return harmless(strings.ReplaceAll(s, "\r\n", "\n"), true)
}

func harmless(s string, lines bool) string {
	if clean(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case lines && r == '\n':
			b.WriteByte('\n')
		case lines && r == '\t':
			b.WriteString("  ")
		case r < ' ':
			b.WriteRune('␀' + r)
		case r == 0x7f:
			b.WriteRune('␡')
		case Shapeless(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case Shapeless(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		s = s[n:]
	}
	return b.String()
}

func clean(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || Shapeless(r) {
			return false
		}
	}
	return true
}

// Shapeless tells whether a character has no shape of its own: controls, bidi
// and zero-width characters, line and paragraph separators, variation
// selectors and whatever else Unicode lets a terminal ignore
// (Default_Ignorable_Code_Point), and surrogates.
func Shapeless(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0:
		return true
	case r < 0xa0:
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Cs, unicode.Zl, unicode.Zp,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}
