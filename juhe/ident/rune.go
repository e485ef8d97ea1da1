package ident

import (
	"strings"
	"unicode"
)

// isBlank reports whether r is White_Space in Unicode, U+00A0 and U+3000 included.
func isBlank(r rune) bool {
	return unicode.Is(unicode.White_Space, r)
}

func isBreak(r rune) bool {
	return strings.ContainsRune("\t\n\v\f\r\u0085\u2028\u2029", r)
}

// isInvisible reports whether r is a control, a format character (BOM, bidi,
// zero-width, soft hyphen) or another Default_Ignorable_Code_Point of Unicode.
func isInvisible(r rune) bool {
	return !isBlank(r) && unicode.In(r, unicode.Cc, unicode.Cf,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// isHyphen reports whether r is a dash of any length or width, or a minus sign.
func isHyphen(r rune) bool {
	return unicode.Is(unicode.Pd, r) || r == '−'
}

// HalfWidth returns the half-width form of a full-width ASCII character, U+FF01 to
// U+FF5E, and r itself otherwise. Every folding of width in the program uses it.
// golang.org/x/text/width would also change katakana and currency signs.
func HalfWidth(r rune) rune {
	if '！' <= r && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

func toUpper(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}
