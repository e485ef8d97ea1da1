package juhe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sanitize makes foreign text safe for a terminal, on one line: controls are
// shown as their pictures (␛ for ESC), bidi, zero-width and other characters
// without a shape as \u202e, and bytes that are no UTF-8 as \xff.
func Sanitize(s string) string { return sanitize(s, false) }

// SanitizeLines is Harmless for text of several lines: line breaks stay, and
// a tab becomes two blanks.
func SanitizeLines(s string) string {
	return sanitize(strings.ReplaceAll(s, "\r\n", "\n"), true)
}

func sanitize(s string, keepLines bool) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case keepLines && r == '\n':
			b.WriteByte('\n')
		case keepLines && r == '\t':
			b.WriteString("  ")
		case r < ' ':
			b.WriteRune('␀' + r)
		case r == 0x7f:
			b.WriteRune('␡')
		case IsInvisible(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case IsInvisible(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		s = s[n:]
	}
	return b.String()
}

func isClean(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || IsInvisible(r) {
			return false
		}
	}
	return true
}

// IsInvisible tells whether a character has no shape of its own: controls, bidi
// and zero-width characters, line and paragraph separators, variation
// selectors and whatever else Unicode lets a terminal ignore
// (Default_Ignorable_Code_Point), and surrogates.
func IsInvisible(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0:
		return true
	case r < 0xa0:
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Cs, unicode.Zl, unicode.Zp,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}
