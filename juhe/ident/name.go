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
