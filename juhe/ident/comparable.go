package ident

import (
	"strings"
	"unicode"

	"fourfactor/juhe"

	"golang.org/x/text/unicode/norm"
)

// Comparable is a value as it is compared with others, which a ledger may have from when
// Normalize left more as it was typed. What a reader cannot see makes no two names of
// one: how a character is composed, and how wide a blank is.
func Comparable(f juhe.Factor, value string) string {
	if f != juhe.Entname && f != juhe.Realname || norm.NFC.IsNormalString(value) && strings.IndexFunc(value, unicode.IsSpace) < 0 {
		return value
	}
	return strings.Join(strings.Fields(norm.NFC.String(value)), " ")
}
