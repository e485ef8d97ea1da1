package ident

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// dotLookalikes are taken for the middle dot · (U+00B7) of registered names.
const dotLookalikes = "•‧・･"

func checkName(f Field, value string, today time.Time) []Remark {
	var remarks []Remark
	add := func(rule Rule, kind Kind) {
		remarks = append(remarks, Remark{Field: f, Rule: rule, Kind: kind})
	}
	code, _ := Normalize(Idcard, value)
	kind := misplaced(f, code, today)
	if kind == KindNone {
		kind = within(f, value, today)
	}
	if kind != KindNone {
		add(RuleKind, kind)
	}
	if utf8.RuneCountInString(value) == 1 {
		add(RuleLength, KindNone)
	}
	if !strings.ContainsFunc(value, unicode.IsLetter) || isBroken(value) {
		add(RuleCharset, KindNone)
	}
	if hasLookalike(f, value) {
		add(RuleLookalike, KindNone)
	}
	return remarks
}

// isBroken reports whether s was read in a wrong encoding.
func isBroken(s string) bool {
	return strings.ContainsRune(s, utf8.RuneError)
}

// hasLookalike reports whether a character stands for another one: a dot for the
// middle dot, or in a company name a half-width bracket, since companies are
// registered with full-width ones.
func hasLookalike(f Field, value string) bool {
	return strings.ContainsAny(value, dotLookalikes) ||
		f == Entname && strings.ContainsAny(value, "()")
}
