package batch

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe/ident"
)

// Guess finds the factors that the header does not tell by what the cells look
// like. Nothing is to be sent by it before a person has seen it.
func (r *Run) Guess() [4]int {
	columns, today := r.Kept().Columns, r.batch.Now()
	for _, sure := range []int{2, 1} {
		for i, f := range ident.Fields() {
			if columns[i] >= 0 {
				continue
			}
			for column := range r.Width() {
				if !slices.Contains(columns[:], column) && likeness(f, r.Sample(), column, today) >= sure {
					columns[i] = column
					break
				}
			}
		}
	}
	return columns
}

// likeness is how much a column looks like a factor: that of the cell that does
// the least, 0 if there is none.
func likeness(f ident.Field, sample [][]string, column int, today time.Time) int {
	least := 0
	for _, cells := range sample {
		if column >= len(cells) || strings.TrimSpace(cells[column]) == "" {
			continue
		}
		like := looks(f, cells[column], today)
		if like == 0 {
			return 0
		}
		if least == 0 || like < least {
			least = like
		}
	}
	return least
}

// looks tells whether a value is surely a factor (2), or may be one (1).
func looks(f ident.Field, value string, today time.Time) int {
	value, _ = ident.Normalize(f, value)
	switch f {
	case ident.Entname:
		return looksCompany(value)
	case ident.Realname:
		return looksPerson(value)
	}
	kind := ident.KindOf(f, value)
	if kind == ident.KindNone {
		return 0
	}
	own := len(ident.Check(f, value, []ident.Kind{kind}, today)) == 0
	other := ident.Idcard
	if f == ident.Idcard {
		other = ident.Entmark
	}
	strange := ident.KindOf(other, value)
	theirs := strange != ident.KindNone && len(ident.Check(other, value, []ident.Kind{strange}, today)) == 0
	switch {
	case own && !theirs:
		return 2
	case theirs:
		return 0
	}
	return 1
}

func looksCompany(value string) int {
	if !strings.ContainsFunc(value, unicode.IsLetter) || utf8.RuneCountInString(value) < 4 {
		return 0
	}
	for _, word := range []string{"公司", "厂", "店", "社", "中心", "集团", "合伙", "学校", "医院", "事务所", "商行", "经营部", "Ltd", "Co.", "Inc", "LLC"} {
		if strings.Contains(value, word) {
			return 2
		}
	}
	if utf8.RuneCountInString(value) > 6 && strings.ContainsFunc(value, han) {
		return 1
	}
	return 0
}

func looksPerson(value string) int {
	length := utf8.RuneCountInString(value)
	if length < 2 || length > 20 || strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("·•. ", r) }) ||
		looksCompany(value) > 0 {
		return 0
	}
	if strings.ContainsFunc(value, han) && (length <= 4 || strings.ContainsAny(value, "·•")) {
		return 2
	}
	return 1
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// Private is a cell as it may be seen in the place of a factor, before it is known
// that it is one: it may be the column of another.
func Private(f ident.Field, value string, today time.Time) string {
	switch f {
	case ident.Realname:
		return ident.MaskName(value)
	case ident.Idcard:
		return ident.MaskNumber(value)
	}
	normal, _ := ident.Normalize(ident.Idcard, value)
	switch {
	case looks(ident.Entmark, value, today) == 2:
		return value
	case ident.KindOf(ident.Idcard, normal) != ident.KindNone:
		return ident.MaskNumber(value)
	case looksPerson(value) > 0:
		return ident.MaskName(value)
	}
	return value
}
