package ident

import "strings"

// MaskName returns s with its first character and an asterisk for each other
// one: 张三 becomes 张*. Of a single character only the asterisk is left.
func MaskName(s string) string {
	r := []rune(s)
	if len(r) <= 1 {
		return stars(len(r))
	}
	return string(r[:1]) + stars(len(r)-1)
}

// MaskNumber returns s with its first and its last two characters and an
// asterisk for each other one: 11010519491231002X becomes 1***************2X.
// Of three characters or fewer only asterisks are left.
func MaskNumber(s string) string {
	r := []rune(s)
	if len(r) <= 3 {
		return stars(len(r))
	}
	return string(r[:1]) + stars(len(r)-3) + string(r[len(r)-2:])
}

func stars(n int) string {
	return strings.Repeat("*", n)
}
