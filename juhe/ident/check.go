package ident

import (
	"slices"
	"time"
	"unicode/utf8"

	"fourfactor/juhe"
)

// Check returns what is worth knowing about a normalised value before paying,
// and nil if there is nothing or the value is empty.
//
// takes are the kinds that the endpoint takes in this field, nil for any. today
// is the day, in its own location, after which no one has been born. At most one
// remark has RuleKind: for a name it comes first, for a code last.
func Check(f juhe.Factor, value string, takes []Kind, today time.Time) []Warning {
	if value == "" {
		return nil
	}
	switch f {
	case juhe.Entname, juhe.Realname:
		return checkName(f, value, today)
	case juhe.Entmark, juhe.Idcard:
		return checkCode(f, value, takes, today)
	}
	return nil
}

func checkCode(f juhe.Factor, value string, takes []Kind, today time.Time) []Warning {
	kind := KindOf(f, value)
	var remarks []Warning
	for _, rule := range brokenRules(f, kind, value, today) {
		remarks = append(remarks, Warning{Field: f, Rule: rule, Kind: kind})
	}
	if len(remarks) > 0 {
		if other := foreignID(f, value, today); other != KindNone {
			return append(remarks, Warning{Field: f, Rule: RuleKind, Kind: other})
		}
	}
	if kind == KindRegnoOld || !isAccepted(kind, takes) {
		remarks = append(remarks, Warning{Field: f, Rule: RuleKind, Kind: kind})
	}
	return remarks
}

func isAccepted(kind Kind, takes []Kind) bool {
	return kind == KindNone || takes == nil || slices.Contains(takes, kind)
}

// brokenRules returns the rules that a code of the given kind breaks, nil if none.
// Old registration numbers, passports and travel permits have nothing to check.
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

// shapeFault tells why a code has no kind: its length if no kind of the field is
// that long, else its characters.
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
