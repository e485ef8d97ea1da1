package ident

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
)

// Check returns the warnings about a normalised value, or nil if there are none or the
// value is empty.
//
// accepted lists the kinds that the endpoint accepts for this factor, nil for any. Dates
// of birth after today are in the future. At most one warning has RuleKind; it is the
// first of a name and the last of a code.
func Check(f juhe.Factor, value string, accepted []Kind, today time.Time) []Warning {
	if value == "" {
		return nil
	}
	switch f {
	case juhe.Entname, juhe.Realname:
		return checkName(f, value, today)
	case juhe.Entmark, juhe.Idcard:
		return checkCode(f, value, accepted, today)
	}
	return nil
}

func checkCode(f juhe.Factor, value string, accepted []Kind, today time.Time) []Warning {
	kind := KindOf(f, value)
	var warnings []Warning
	for _, rule := range brokenRules(f, kind, value, today) {
		warnings = append(warnings, Warning{Factor: f, Rule: rule, Kind: kind})
	}
	if len(warnings) > 0 {
		if other := misplacedIDKind(f, value, today); other != KindNone {
			return append(warnings, Warning{Factor: f, Rule: RuleKind, Kind: other})
		}
	}
	if kind == KindRegnoOld || !isAccepted(kind, accepted) {
		warnings = append(warnings, Warning{Factor: f, Rule: RuleKind, Kind: kind})
	}
	return warnings
}

func isAccepted(kind Kind, accepted []Kind) bool {
	return kind == KindNone || accepted == nil || slices.Contains(accepted, kind)
}

// brokenRules returns the rules that a code of a kind breaks, or nil. Old registration
// numbers, passports and travel permits have no rules.
func brokenRules(f juhe.Factor, kind Kind, value string, today time.Time) []Rule {
	fault := Rule("")
	switch kind {
	case KindNone:
		fault = shapeFault(f, value)
	case KindUSCC:
		return usccFaults(value)
	case KindRegno:
		fault = regnoFault(value)
	case KindOrgcode:
		fault = orgcodeFault(value)
	case KindResident15:
		fault = resident15Fault(value, today)
	case KindResident18, KindPermitHKMO, KindPermitTW, KindPermitForeign:
		fault = residentFault(kind, value, today)
	}
	if fault == "" {
		return nil
	}
	return []Rule{fault}
}

// shapeFault returns the reason why a code has no kind: RuleLength if no kind of the
// field is that long, RuleCharset otherwise.
func shapeFault(f juhe.Factor, value string) Rule {
	lengths := []int{9, 13, 15, 18}
	if f == juhe.Idcard {
		if !isAlnum(value) {
			return RuleCharset
		}
		lengths = []int{6, 7, 8, 9, 11, 15, 18}
		if consistsOf(value, digitsX) {
			lengths = []int{8, 15, 18}
		}
	}
	if slices.Contains(lengths, utf8.RuneCountInString(value)) {
		return RuleCharset
	}
	return RuleLength
}

func checkName(f juhe.Factor, value string, today time.Time) []Warning {
	var warnings []Warning
	add := func(rule Rule, kind Kind) {
		warnings = append(warnings, Warning{Factor: f, Rule: rule, Kind: kind})
	}
	code, _ := Normalize(juhe.Idcard, value)
	kind := misplacedIDKind(f, code, today)
	if kind == KindNone {
		kind = embeddedIDKind(f, value, today)
	}
	if kind != KindNone {
		add(RuleKind, kind)
	}
	if utf8.RuneCountInString(value) == 1 {
		add(RuleLength, KindNone)
	}
	hasLetters := strings.ContainsFunc(value, func(r rune) bool { return unicode.IsLetter(r) || isPrivate(r) })
	if !hasLetters && !isEscaped(value) || strings.ContainsRune(value, utf8.RuneError) {
		add(RuleCharset, KindNone)
	}
	if !hasLetters && !isEscaped(value) || kind != KindNone { // it explains the rest
		return warnings
	}
	scan := personFindings
	if f == juhe.Entname {
		scan = companyFindings
	}
	return append(warnings, scan(value).warnings(f)...)
}

// embeddedIDKind returns the kind of a valid USCC or person's ID number within a text,
// such as a whole row that was put into one field, or KindNone.
func embeddedIDKind(f juhe.Factor, text string, today time.Time) (kind Kind) {
	isOther := func(r rune) bool { return r >= utf8.RuneSelf || toAlnum(r) < 0 }
	for number := range strings.FieldsFuncSeq(text, isOther) {
		if k := misplacedIDKind(f, strings.ToUpper(number), today); k != KindNone {
			kind = k
		}
	}
	return kind
}

// misplacedIDKind returns the kind of a valid USCC or 18-digit personal ID number that does
// not belong in field f. It returns KindNone for any other value.
func misplacedIDKind(f juhe.Factor, value string, today time.Time) Kind {
	if len(value) != 18 || !isAlnum(value) {
		return KindNone
	}
	if f != juhe.Entmark && usccFaults(value) == nil {
		return KindUSCC
	}
	if f != juhe.Idcard {
		if kind := residentKind(value); residentFault(kind, value, today) == "" {
			return kind
		}
	}
	return KindNone
}
