package ident

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// What Likeness tells.
const (
	Unlike = 0 // it is something else
	Maybe  = 1 // it has the shape
	Likely = 2 // a person would take it for one
	Surely = 3 // what can be checked is right, or it says so itself
)

// Likeness tells how much a value, as it was typed, looks like a factor: Unlike,
// Maybe, Likely or Surely. today is the day after which no one has been born.
//
// A number whose check digit is right for one of the two codes is Unlike the
// other one. A value that is Surely one factor may still be Maybe another.
func Likeness(f Field, value string, today time.Time) int {
	if AbsenceOf(f, value) != AbsentNot {
		return Unlike
	}
	normal, _ := Normalize(f, value)
	switch f {
	case Entname:
		return companyLikeness(normal)
	case Realname:
		return personLikeness(normal)
	}
	return codeLikeness(f, normal, today)
}

// Possible tells whether a value may be a factor although it does not look like
// one, which is what is left over in a row where all else is known.
func Possible(f Field, value string, today time.Time) bool {
	if AbsenceOf(f, value) != AbsentNot {
		return false
	}
	normal, _ := Normalize(f, value)
	switch f {
	case Entname, Realname:
		return strings.ContainsFunc(normal, unicode.IsLetter) && utf8.RuneCountInString(normal) > 1 && !isOtherWord(normal) && !isAddress(normal) &&
			!strings.ContainsFunc(normal, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(sentence, r) })
	}
	const shortest, phone = 6, 11
	return len(normal) >= shortest && isAlnum(normal) && countDigits(normal) > 3 && !isDay(normal) &&
		!(len(normal) == phone && isDigits(normal)) && codeLikeness(otherCode(f), normal, today) != Surely
}

func otherCode(f Field) Field {
	if f == Idcard {
		return Entmark
	}
	return Idcard
}

func codeLikeness(f Field, value string, today time.Time) int {
	kind := KindOf(f, value)
	if kind == KindNone || isDay(value) {
		return Unlike
	}
	other := otherCode(f)
	strange := KindOf(other, value)
	own := len(faults(f, kind, value, today)) == 0
	theirs := strange != KindNone && len(faults(other, strange, value, today)) == 0
	switch {
	case own && theirs:
		return contested(f, kind, strange, value)
	case theirs:
		return Unlike
	case own && checkable(kind):
		return Surely
	case own && usual(value):
		return Likely
	case !own && nearly(f, kind, value, today) && (f == Idcard || !nearly(other, strange, value, today)):
		return Likely
	}
	return Maybe
}

// contested is the likeness of a code that is right in both fields: an
// organisation code with a right check digit may have the shape of a passport, and
// one registration number in a hundred is a 15-digit personal number too.
func contested(f Field, kind, strange Kind, value string) int {
	if f == Idcard && usual(value) || f == Entmark && checkable(kind) && !checkable(strange) && !usual(value) {
		return Likely
	}
	return Maybe
}

// checkable tells whether a kind has more than its shape to be checked.
func checkable(kind Kind) bool {
	switch kind {
	case KindRegnoOld, KindPassport, KindTravelPermit, KindNone:
		return false
	}
	return true
}

// usual tells whether a code without a check digit has a shape that little else
// has: a passport or permit as China prints them, Shanxi's registration number.
func usual(value string) bool {
	for _, shape := range []string{
		"A99999999", "AA9999999", "H9999999999", "M9999999999", "9999999999A", "9999999999(A)",
		"99999999A999999", "AAA999999999999",
	} {
		if hasShape(value, shape) {
			return true
		}
	}
	return false
}

// nearly tells whether a code is wrong in its check digit only.
func nearly(f Field, kind Kind, value string, today time.Time) bool {
	switch {
	case f == Idcard && len(value) == 18:
		return isDigits(value[:17]) && consistsOf(value[17:], digitsX) && personRegion(kind, value) && isBirthday(value[6:14], today)
	case kind == KindUSCC:
		return usccCharset(value) && usccClass(value[:2]) && markRegion(value[2:4])
	}
	return false
}

// isDay tells whether eight digits are a day that a table may tell of, which few
// permits are.
func isDay(value string) bool {
	if len(value) != len("20060102") || value[:2] != "19" && value[:2] != "20" {
		return false
	}
	_, err := time.Parse("20060102", value)
	return err == nil
}
