package ident

import (
	"slices"
	"unicode/utf8"

	"fourfactor/juhe"

	"golang.org/x/text/unicode/norm"
)

// Change is something that Normalize did to a value.
type Change string

// The changes.
const (
	ChangeBlanks    Change = "blanks"    // blanks removed, or several in a name made one
	ChangeHyphens   Change = "hyphens"   // hyphens and dashes removed
	ChangeWidth     Change = "width"     // full-width characters made half-width
	ChangeInvisible Change = "invisible" // characters removed that show nothing
	ChangeCase      Change = "case"      // letters made capitals
	ChangeForms     Change = "forms"     // in a name, radicals, compatibility ideographs and letters apart from their accents made the ordinary characters
)

// Changes returns every change, in the order of the constants.
func Changes() []Change {
	return []Change{ChangeBlanks, ChangeHyphens, ChangeWidth, ChangeInvisible, ChangeCase, ChangeForms}
}

// Normalize returns raw as it is sent and compared, and what was changed for
// that, each change once and in the order of Changes.
//
// Every field loses its outer blanks and all characters that show nothing. A name
// loses the blanks between two Han characters too, and line breaks; of other blanks,
// one of ASCII is left. Its radicals and compatibility ideographs become ordinary
// characters, and it is in NFC; otherwise it stays byte for byte. A code (Entmark,
// Idcard) loses all blanks and hyphens, and gets half-width characters and capital
// letters. Bytes that are not UTF-8 stay. Normalising twice changes nothing more.
func Normalize(f juhe.Factor, raw string) (value string, changes []Change) {
	if isNormal(raw) {
		return raw, nil
	}
	changed := map[Change]bool{}
	if f == juhe.Entname || f == juhe.Realname {
		value = normalName(raw, changed)
	} else {
		value = applyEdits(raw, codeEdits(), changed)
	}
	return value, slices.DeleteFunc(Changes(), func(c Change) bool { return !changed[c] })
}

// normalName is the normal form of a name.
func normalName(raw string, changed map[Change]bool) string {
	cleared := applyEdits(raw, nameEdits(), changed)
	joined := joinBlanks(cleared)
	if joined != cleared {
		changed[ChangeBlanks] = true
	}
	value := norm.NFC.String(joined)
	if value != joined {
		changed[ChangeForms] = true
	}
	return value
}

// edit maps a character to another one, or to -1 to drop it.
type edit struct {
	change Change
	to     func(rune) rune
}

func nameEdits() []edit {
	return []edit{{ChangeInvisible, dropIf(isInvisible)}, {ChangeForms, foldRadical}}
}

func codeEdits() []edit {
	return []edit{
		{ChangeInvisible, dropIf(isInvisible)},
		{ChangeBlanks, dropIf(isBlank)},
		{ChangeHyphens, dropIf(isHyphen)},
		{ChangeWidth, halfWidth},
		{ChangeCase, toUpper},
	}
}

// applyEdits applies edits to each character of s and notes in done which of them
// changed something. Bytes that are not UTF-8 stay.
//
// It looks at the end of what is written so far, not at s, because dropping a
// character between two pieces of broken UTF-8 may join them into another one.
func applyEdits(s string, edits []edit, changed map[Change]bool) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		out = append(out, s[i])
		r, size := utf8.DecodeLastRune(out)
		if r == utf8.RuneError {
			continue
		}
		if to := applyToRune(r, edits, changed); to != r {
			out = out[:len(out)-size]
			if to >= 0 {
				out = utf8.AppendRune(out, to)
			}
		}
	}
	return string(out)
}

// isNormal tells whether a value has only digits, capitals and common Chinese
// characters, which no edit changes. Most have.
func isNormal(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 0x4E00 || r > 0x9FFF) {
			return false
		}
	}
	return true
}

func applyToRune(r rune, edits []edit, changed map[Change]bool) rune {
	for _, e := range edits {
		to := e.to(r)
		if to != r {
			changed[e.change] = true
		}
		if r = to; r < 0 {
			break
		}
	}
	return r
}

func dropIf(drop func(rune) bool) func(rune) rune {
	return func(r rune) rune {
		if drop(r) {
			return -1
		}
		return r
	}
}
