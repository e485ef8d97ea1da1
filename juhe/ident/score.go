package ident

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
)

// What Likeness tells.
const (
	ScoreNone     = 0 // it is something else
	ScorePossible = 1 // it has the shape
	ScoreLikely   = 2 // a person would take it for one
	ScoreCertain  = 3 // what can be checked is right, or it says so itself
)

// Score tells how much a value, as it was typed, looks like a factor: Unlike,
// Maybe, Likely or Surely. today is the day after which no one has been born.
//
// A number whose check digit is right for one of the two codes is Unlike the
// other one. A value that is Surely one factor may still be Maybe another.
func Score(f juhe.Factor, value string, today time.Time) int {
	if AbsenceOf(f, value) != AbsentNot {
		return ScoreNone
	}
	normal, _ := Normalize(f, value)
	switch f {
	case juhe.Entname:
		return companyScore(normal)
	case juhe.Realname:
		return personScore(normal)
	}
	return codeScore(f, normal, today)
}

// CouldBe tells whether a value may be a factor although it does not look like
// one, which is what is left over in a row where all else is known.
func CouldBe(f juhe.Factor, value string, today time.Time) bool {
	if AbsenceOf(f, value) != AbsentNot {
		return false
	}
	normal, _ := Normalize(f, value)
	switch f {
	case juhe.Entname, juhe.Realname:
		return strings.ContainsFunc(normal, unicode.IsLetter) && utf8.RuneCountInString(normal) > 1 && !isOtherColumnWord(normal) && !isAddress(normal) &&
			!strings.ContainsFunc(normal, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(sentencePunctuation, r) })
	}
	const shortest, phone = 6, 11
	return len(normal) >= shortest && isAlnum(normal) && countDigits(normal) > 3 && !isDay(normal) &&
		!(len(normal) == phone && isDigits(normal)) && codeScore(otherCode(f), normal, today) != ScoreCertain
}

func otherCode(f juhe.Factor) juhe.Factor {
	if f == juhe.Idcard {
		return juhe.Entmark
	}
	return juhe.Idcard
}

func codeScore(f juhe.Factor, value string, today time.Time) int {
	kind := KindOf(f, value)
	if kind == KindNone || isDay(value) {
		return ScoreNone
	}
	other := otherCode(f)
	otherKind := KindOf(other, value)
	valid := len(brokenRules(f, kind, value, today)) == 0
	otherValid := otherKind != KindNone && len(brokenRules(other, otherKind, value, today)) == 0
	switch {
	case valid && otherValid:
		return ambiguousScore(f, kind, otherKind, value)
	case otherValid:
		return ScoreNone
	case valid && isCheckable(kind):
		return ScoreCertain
	case valid && hasCommonShape(value):
		return ScoreLikely
	case !valid && failsCheckDigitOnly(f, kind, value, today) && (f == juhe.Idcard || !failsCheckDigitOnly(other, otherKind, value, today)):
		return ScoreLikely
	}
	return ScorePossible
}

// ambiguousScore is the likeness of a code that is right in both fields: an
// organisation code with a right check digit may have the shape of a passport, and
// one registration number in a hundred is a 15-digit personal number too.
func ambiguousScore(f juhe.Factor, kind, otherKind Kind, value string) int {
	if f == juhe.Idcard && hasCommonShape(value) || f == juhe.Entmark && isCheckable(kind) && !isCheckable(otherKind) && !hasCommonShape(value) {
		return ScoreLikely
	}
	return ScorePossible
}

// isCheckable tells whether a kind has more than its shape to be checked.
func isCheckable(kind Kind) bool {
	switch kind {
	case KindRegnoOld, KindPassport, KindTravelPermit, KindNone:
		return false
	}
	return true
}

// hasCommonShape tells whether a code without a check digit has a shape that little else
// has: a passport or permit as China prints them, Shanxi's registration number.
func hasCommonShape(value string) bool {
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

// failsCheckDigitOnly tells whether a code is wrong in its check digit only.
func failsCheckDigitOnly(f juhe.Factor, kind Kind, value string, today time.Time) bool {
	switch {
	case f == juhe.Idcard && len(value) == 18:
		return isDigits(value[:17]) && consistsOf(value[17:], digitsX) && hasResidentRegion(kind, value) && isBirthday(value[6:14], today)
	case kind == KindUSCC:
		return hasUSCCCharset(value) && isUSCCClass(value[:2]) && isEntmarkRegion(value[2:4])
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
