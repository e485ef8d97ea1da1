package ident

import (
	"slices"
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

// hasShape reports whether s has the given shape, in which 9 stands for any digit, A for
// any capital letter, and any other character for itself.
func hasShape(s, shape string) bool {
	if len(s) != len(shape) {
		return false
	}
	for i := range len(s) {
		switch shape[i] {
		case '9':
			if !isDigit(s[i]) {
				return false
			}
		case 'A':
			if !isCapital(s[i]) {
				return false
			}
		default:
			if s[i] != shape[i] {
				return false
			}
		}
	}
	return true
}

// isAlnum reports whether s is not empty and has only ASCII digits and capital letters,
// so that its bytes are its characters.
func isAlnum(s string) bool { return s != "" && consistsOf(s, orgcodeAlphabet) }

func isDigits(s string) bool { return s != "" && consistsOf(s, "0123456789") }

// CountDigits returns the number of ASCII digits in a text.
func CountDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// digit returns the value of an ASCII digit.
func digit(b byte) int { return int(b - '0') }

func isDigit(b byte) bool   { return '0' <= b && b <= '9' }
func isCapital(b byte) bool { return 'A' <= b && b <= 'Z' }

// consistsOf reports whether every byte of s is in alphabet.
func consistsOf(s, alphabet string) bool { return strings.Trim(s, alphabet) == "" }

// matchesAny reports whether match, such as strings.HasSuffix, is true for s and one of
// the words.
func matchesAny(s string, match func(s, word string) bool, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return match(s, word) })
}
