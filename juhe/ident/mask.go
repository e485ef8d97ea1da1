package ident

import (
	"slices"
	"strings"
	"time"
)

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

// MaskMisplaced returns the value of a company's field as it is, or with the right
// personal numbers in it as MaskNumber makes them: one that got there by mistake,
// or with the rest of a row.
func MaskMisplaced(f Field, value string) string {
	switch kind := misplaced(f, value, anyDay()); {
	case kind == KindNone: // as a whole
	case kind == KindUSCC, f == Entmark && usccFaults(value) == nil:
		return value
	default:
		return MaskNumber(value)
	}
	_, numbers := within(f, value, anyDay())
	for _, at := range slices.Backward(numbers) {
		number, _ := Normalize(Idcard, value[at[0]:at[1]])
		if kind := misplaced(f, number, anyDay()); kind != KindUSCC {
			value = value[:at[0]] + MaskNumber(value[at[0]:at[1]]) + value[at[1]:]
		}
	}
	return value
}

// anyDay is a day after which no one is born.
func anyDay() time.Time { return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC) }

func stars(n int) string {
	return strings.Repeat("*", n)
}
