package ident

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
)

func checkName(f juhe.Factor, value string, today time.Time) []Warning {
	var warnings []Warning
	add := func(rule Rule, kind Kind) {
		warnings = append(warnings, Warning{Factor: f, Rule: rule, Kind: kind})
	}
	code, _ := Normalize(juhe.Idcard, value)
	kind := foreignID(f, code, today)
	if kind == KindNone {
		kind = embeddedID(f, value, today)
	}
	if kind != KindNone {
		add(RuleKind, kind)
	}
	if utf8.RuneCountInString(value) == 1 {
		add(RuleLength, KindNone)
	}
	lettered := strings.ContainsFunc(value, func(r rune) bool { return unicode.IsLetter(r) || isPrivate(r) })
	if !lettered && !isEscaped(value) || isBroken(value) {
		add(RuleCharset, KindNone)
	}
	if !lettered && !isEscaped(value) || kind != KindNone { // it explains the rest
		return warnings
	}
	found := personFindings
	if f == juhe.Entname {
		found = companyFindings
	}
	return append(warnings, found(value).warnings(f)...)
}

// isBroken reports whether s is invalid UTF-8 or has replacement characters.
func isBroken(s string) bool {
	return strings.ContainsRune(s, utf8.RuneError)
}
