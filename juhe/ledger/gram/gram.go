// Package gram makes tokens of texts for a search index that finds any substring. A token
// is a hash of a gram, so the index holds no values in plain text.
//
// A gram is a piece of a folded text: longLen consecutive ASCII letters or digits (a long
// gram), or two consecutive characters, neither of them a blank and not both digits (a
// short gram). A pair of digits would be in nearly every lookup. Texts that contain a term
// have all its tokens, except that Texts.Long has no short grams. The converse does not
// hold, so a search also calls Texts.Contain.
package gram

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe/ident"
)

const longLen = 4

// Texts are the folded texts of a lookup that a search compares with its terms.
type Texts struct {
	Whole []string
	// Long is found only by terms of at least longLen bytes.
	Long string
}

// Tag returns a gram that no text has, because it begins with a blank. It marks the
// lookups whose field has a value.
func Tag(field, value string) string { return " " + field + " " + value }

// Contain reports whether a folded term is in one of the texts.
func (t Texts) Contain(term string) bool {
	return slices.ContainsFunc(t.Whole, func(text string) bool { return strings.Contains(text, term) }) ||
		len(term) >= longLen && strings.Contains(t.Long, term)
}

// Tokens returns the distinct tokens of the texts and of tags, separated by blanks.
func (t Texts) Tokens(tags ...string) string {
	var all []uint32
	add := func(gram string) { all = append(all, hash(gram)&(1<<30-1)) }
	for _, tag := range tags {
		add(tag)
	}
	for _, text := range t.Whole {
		each(text, true, add)
	}
	each(t.Long, false, add)
	slices.Sort(all)
	var b []byte
	for i, sum := range slices.Compact(all) {
		if i > 0 {
			b = append(b, ' ')
		}
		b = appendToken(b, sum)
	}
	return string(b)
}

// Query returns the folded words of a text, and tokens that every lookup with these words
// has.
func Query(text string) (terms, tokens []string) {
	for _, term := range strings.Fields(Fold(text)) {
		terms = append(terms, term)
		hasLong := false
		each(term, false, func(string) { hasLong = true })
		each(term, true, func(gram string) {
			// If the term also has a long gram, a pair of ASCII characters excludes
			// few more lookups.
			if !hasLong || !isASCIIPair(gram) {
				tokens = append(tokens, Token(gram))
			}
		})
	}
	return terms, tokens
}

// IsTooShort reports whether a term has no grams or only pairs of ASCII characters, so
// that the search index excludes few lookups.
func IsTooShort(term string) bool {
	short := true
	each(term, true, func(gram string) { short = short && isASCIIPair(gram) })
	return short
}

// isASCIIPair reports whether a gram consists of two ASCII characters.
func isASCIIPair(gram string) bool { return len(gram) == 2 }

// each calls add with each long gram of a folded text, and with each short one if short is
// set.
func each(text string, short bool, add func(string)) {
	var starts [longLen]int // ring buffer: byte offsets of the last longLen characters
	n := 0                  // the number of characters so far
	run := 0                // the number of consecutive letters and digits up to here
	previous := ' '
	for i, r := range text {
		starts[n%longLen] = i
		n++
		end := i + utf8.RuneLen(r)
		if run++; !isDigit(r) && (r < 'a' || r > 'z') {
			run = 0
		}
		if run >= longLen {
			add(text[starts[n%longLen]:end])
		}
		if short && r != ' ' && previous != ' ' && !(isDigit(r) && isDigit(previous)) {
			add(text[starts[(n+longLen-2)%longLen]:end])
		}
		previous = r
	}
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// Fold returns text in lower case and with half-width characters.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		r = ident.HalfWidth(r)
		switch {
		case r == '\u3000':
			r = ' '
		case r > '\u3000' && r <= '\u9fff': // Chinese has no case
			return r
		}
		return unicode.ToLower(r)
	}, text)
}

// Token returns the token of a gram: the lower 30 bits of its hash as six letters and
// digits. Two grams may share a token.
func Token(gram string) string { return string(appendToken(nil, hash(gram))) }

func appendToken(b []byte, sum uint32) []byte {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
	for range 6 {
		b = append(b, alphabet[sum&31])
		sum >>= 5
	}
	return b
}

// hash returns the 32-bit FNV-1a hash of a gram.
func hash(gram string) uint32 {
	sum := uint32(2166136261)
	for i := range len(gram) {
		sum = (sum ^ uint32(gram[i])) * 16777619
	}
	return sum
}
