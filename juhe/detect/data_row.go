package detect

import (
	"slices"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// IsDataRow reports whether a supposed header is a data row and may contain personal
// data. A header holds no company or document numbers.
func IsDataRow(head []string) bool { return slices.ContainsFunc(head, hasIdentifier) }

// hasIdentifier reports whether a text is or contains something like a company or
// document number, with or without a spreadsheet's wrapper.
func hasIdentifier(text string) bool {
	text = strings.Map(ident.HalfWidth, text)
	digits, run, runDigits, whole := 0, 0, 0, true
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
			run++
			runDigits++
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			run++
		case strings.ContainsRune("\t '\"=.+-", r):
			run, runDigits = 0, 0
		default:
			run, runDigits, whole = 0, 0, false
		}
		if run >= 15 && runDigits >= 8 {
			return true
		}
	}
	return whole && digits >= 6 && len(text) >= 9
}

// MaskCell returns a cell for display in the column of a factor. It masks persons in
// any column, because the column may be the wrong one.
func MaskCell(f juhe.Factor, value string, today time.Time) string {
	switch f {
	case juhe.Realname:
		return ident.MaskName(value)
	case juhe.Idcard:
		return ident.MaskNumber(value)
	}
	normal, _ := ident.Normalize(juhe.Idcard, value)
	switch {
	case ident.Score(juhe.Entmark, value, today) == ident.ScoreCertain:
		return value
	case ident.KindOf(juhe.Idcard, normal) != ident.KindNone:
		return ident.MaskNumber(value)
	case ident.Score(juhe.Realname, value, today) > ident.ScoreNone:
		return ident.MaskName(value)
	}
	return value
}
