package ident

import (
	"slices"
	"unicode/utf8"

	"fourfactor/juhe"

	"golang.org/x/text/unicode/norm"
)

// Change is a change that Normalize made.
type Change string

// The changes.
const (
	ChangeBlanks    Change = "blanks"    // blanks removed, or several in a name replaced by one
	ChangeHyphens   Change = "hyphens"   // hyphens and dashes removed
	ChangeWidth     Change = "width"     // full-width characters replaced by half-width ones
	ChangeInvisible Change = "invisible" // invisible characters removed
	ChangeCase      Change = "case"      // letters capitalised
	ChangeForms     Change = "forms"     // radicals, compatibility ideographs and decomposed letters in a name replaced by ordinary characters
)

// Changes returns every change, in the order of the constants.
func Changes() []Change {
	return []Change{ChangeBlanks, ChangeHyphens, ChangeWidth, ChangeInvisible, ChangeCase, ChangeForms}
}

// Normalize returns the normal form of raw, in which it is sent and compared, and the
// changes made, in the order of Changes.
//
// Normalize removes outer blanks and invisible characters. From a name it also removes
// line breaks and blanks between two Han characters, and replaces other runs of blanks
// by one space, radicals and compatibility ideographs by ordinary characters, and the
// whole by its NFC form. From a code (Entmark, Idcard) it removes all blanks and
// hyphens, and it replaces full-width characters by half-width ones and small letters
// by capitals. Bytes that are not UTF-8 stay. Normalising twice changes nothing more.
func Normalize(f juhe.Factor, raw string) (value string, changes []Change) {
	if isTriviallyNormal(raw) {
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

// normalName returns the normal form of a name.
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

// edit replaces a character by another one, or drops it if to returns -1.
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
		{ChangeWidth, HalfWidth},
		{ChangeCase, toUpper},
	}
}

// applyEdits applies edits to each character of s and adds the changes made to changed.
// Bytes that are not UTF-8 stay.
//
// It decodes the end of its output, not s, because dropping a character between two
// pieces of broken UTF-8 may join them into another one.
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

// isTriviallyNormal reports whether a value has only digits, capitals and common Han
// characters, which no edit changes. Most values do.
func isTriviallyNormal(s string) bool {
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
