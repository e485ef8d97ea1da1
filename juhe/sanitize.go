package juhe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sanitize makes foreign text safe to show on one line of a terminal. Control
// characters become control pictures (␛ for ESC), invisible characters become
// escapes such as \u202e, and invalid UTF-8 becomes \xff.
func Sanitize(s string) string { return sanitize(s, false) }

// SanitizeLines is like Sanitize, but keeps line breaks and turns a tab into two
// spaces.
func SanitizeLines(s string) string {
	return sanitize(strings.ReplaceAll(s, "\r\n", "\n"), true)
}

func sanitize(s string, keepLines bool) string {
	if !strings.ContainsFunc(s, needsEscape) {
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

// needsEscape reports whether r is not shown as it is. Invalid UTF-8 decodes as RuneError.
func needsEscape(r rune) bool { return r == utf8.RuneError || IsInvisible(r) }

// IsInvisible reports whether r renders as nothing: controls, bidi and zero-width
// characters, line and paragraph separators, variation selectors and other
// Default_Ignorable_Code_Point characters, and surrogates.
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
