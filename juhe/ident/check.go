package ident

import (
	"slices"
	"time"
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
	switch kind {
	case KindNone:
		return []Rule{shapeFault(f, value)}
	case KindUSCC:
		return usccFaults(value)
	case KindRegno:
		return ruleList(regnoFault(value))
	case KindOrgcode:
		return ruleList(orgcodeFault(value))
	case KindResident15:
		return ruleList(resident15Fault(value, today))
	case KindResident18, KindPermitHKMO, KindPermitTW, KindPermitForeign:
		return ruleList(residentFault(kind, value, today))
	}
	return nil
}

func ruleList(fault Rule) []Rule {
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
