package ident

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Same is a value as it is compared with others. What a reader cannot see makes no
// two names of one: how a character is composed, and how wide a blank is.
func Same(f Field, value string) string {
	if f != Entname && f != Realname {
		return value
	}
	return strings.Join(strings.Fields(norm.NFC.String(value)), " ")
}
