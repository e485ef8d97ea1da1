package ident

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
)

// The scores that Score returns.
const (
	ScoreNone     = 0 // something else
	ScorePossible = 1 // has the shape
	ScoreLikely   = 2 // a reader would take it for one
	ScoreCertain  = 3 // passes its checks, or has an unmistakable form
)

// Score returns how much a typed value looks like a factor: ScoreNone, ScorePossible,
// ScoreLikely or ScoreCertain. Dates of birth after today are in the future.
//
// A number whose check digit is right for one of the two codes scores ScoreNone as the
// other. A value that is certainly one factor may still be another one possibly.
func Score(f juhe.Factor, value string, today time.Time) int {
	if PlaceholderOf(f, value) != NotPlaceholder {
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

// CouldBe reports whether a value could be a factor although it does not look like one.
// It is for the one cell of a row that is left when the others are known.
func CouldBe(f juhe.Factor, value string, today time.Time) bool {
	if PlaceholderOf(f, value) != NotPlaceholder {
		return false
	}
	normal, _ := Normalize(f, value)
	switch f {
	case juhe.Entname, juhe.Realname:
		return strings.ContainsFunc(normal, unicode.IsLetter) && utf8.RuneCountInString(normal) > 1 && !isOtherColumnWord(normal) && !isAddress(normal) &&
			!strings.ContainsFunc(normal, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(sentencePunctuation, r) })
	}
	const shortest, phone = 6, 11
	return len(normal) >= shortest && isAlnum(normal) && countDigits(normal) > 3 && !isRecentDate(normal) &&
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
	if kind == KindNone || isRecentDate(value) {
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

// ambiguousScore returns the score of a code that is valid in both fields. An
// organisation code with a right check digit may have the shape of a passport number,
// and one in a hundred registration numbers is a valid 15-digit personal ID number.
func ambiguousScore(f juhe.Factor, kind, otherKind Kind, value string) int {
	if f == juhe.Idcard && hasCommonShape(value) || f == juhe.Entmark && isCheckable(kind) && !isCheckable(otherKind) && !hasCommonShape(value) {
		return ScoreLikely
	}
	return ScorePossible
}

// isCheckable reports whether values of a kind can be checked beyond their shape.
func isCheckable(kind Kind) bool {
	switch kind {
	case KindRegnoOld, KindPassport, KindTravelPermit, KindNone:
		return false
	}
	return true
}

// hasCommonShape reports whether a code without a check digit has the distinctive shape
// of a Chinese passport or permit, or of a registration number of Shanxi.
func hasCommonShape(value string) bool {
	return matchesAny(value, hasShape, "A99999999", "AA9999999", "H9999999999", "M9999999999", "9999999999A", "9999999999(A)",
		"99999999A999999", "AAA999999999999")
}

// failsCheckDigitOnly reports whether only the check digit of a code is wrong.
func failsCheckDigitOnly(f juhe.Factor, kind Kind, value string, today time.Time) bool {
	switch {
	case f == juhe.Idcard && len(value) == 18:
		return isDigits(value[:17]) && consistsOf(value[17:], digitsX) && hasResidentRegion(kind, value) && isBirthday(value[6:14], today)
	case kind == KindUSCC:
		return hasUSCCCharset(value) && isUSCCClass(value[:2]) && isEntmarkRegion(value[2:4])
	}
	return false
}

// isRecentDate reports whether eight digits are a date of the 20th or 21st century, which a
// table is more likely to have than a permit with that number.
func isRecentDate(value string) bool {
	if len(value) != len("20060102") || value[:2] != "19" && value[:2] != "20" {
		return false
	}
	_, err := time.Parse("20060102", value)
	return err == nil
}
