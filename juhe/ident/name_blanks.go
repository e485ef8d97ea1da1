package ident

import (
	"strings"
	"unicode/utf8"
)

// joinBlanks trims a name and replaces each run of blanks within it by one space, or by
// nothing where it only pads or wraps the name: see dropsBlanks.
func joinBlanks(s string) string {
	var b strings.Builder
	last, blanks, broken := rune(-1), false, false
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case isBlank(r):
			blanks, broken = true, broken || isBreak(r)
		default:
			if blanks && last >= 0 && !dropsBlanks(last, r, broken) {
				b.WriteByte(' ')
			}
			b.WriteString(s[:size])
			last, blanks, broken = r, false, false
		}
		s = s[size:]
	}
	return b.String()
}

// dropsBlanks reports whether the blanks between two characters are dropped. broken says
// that they have a line break.
func dropsBlanks(last, next rune, broken bool) bool {
	return isHan(last) && isHan(next) || broken && (isWide(last) || isWide(next) || isHyphen(last))
}

// isWide reports whether r is a Han character or Chinese punctuation, next to which a
// line breaks without a blank.
func isWide(r rune) bool {
	return isHan(r) || r == '·' || 0x3000 <= r && r <= 0x303F || 0xFF00 <= r && r <= 0xFFEF
}
