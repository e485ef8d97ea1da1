package batch

import (
	"slices"
	"strings"
)

// IsDataRow tells whether what was taken for a header is a row like any other, which
// may hold a person: a header holds no numbers of companies or documents.
func IsDataRow(head []string) bool { return slices.ContainsFunc(head, hasIdentifier) }

// hasIdentifier tells whether a text looks like a number of a company or of a
// document, in whatever wrapper, or has such a number in it.
func hasIdentifier(text string) bool {
	text = strings.Map(func(r rune) rune {
		if '！' <= r && r <= '～' { // full width
			return r - '！' + '!'
		}
		return r
	}, text)
	digits, run, runDigits, whole := 0, 0, 0, true
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
			run++
			runDigits++
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			run++
		case strings.ContainsRune("\t '\"=.+-", r):
			run, runDigits = 0, 0
		default:
			run, runDigits, whole = 0, 0, false
		}
		if run >= 15 && runDigits >= 8 {
			return true
		}
	}
	return whole && digits >= 6 && len(text) >= 9
}
