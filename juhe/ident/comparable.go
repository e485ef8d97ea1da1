package ident

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"fourfactor/juhe"
)

// Comparable returns a value in the form in which it is compared with others: a name in
// NFC with single spaces. Older ledgers have values that Normalize would change today
// in ways that a reader cannot see.
func Comparable(f juhe.Factor, value string) string {
	if f != juhe.Entname && f != juhe.Realname || norm.NFC.IsNormalString(value) && strings.IndexFunc(value, unicode.IsSpace) < 0 {
		return value
	}
	return strings.Join(strings.Fields(norm.NFC.String(value)), " ")
}
