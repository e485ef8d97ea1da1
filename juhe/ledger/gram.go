package ledger

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// A gram is a piece of text that a search can look up: four letters or digits
// in a row, or any other two characters in a row that are not both digits. All
// the grams of a look-up are in the index, so a look-up that holds a text has
// all the grams of it; whether it does hold it, its text tells. Two digits
// alone would be in nearly every look-up.
const longGram = 4

// grams gives the grams of a folded text to add, with those of two characters
// if short is set.
func grams(text string, short bool, add func(string)) {
	var starts [longGram]int // of the last characters
	n, run := 0, 0           // characters, and letters and digits in a row, up to here
	before := ' '
	for i, r := range text {
		starts[n%longGram] = i
		n++
		end := i + utf8.RuneLen(r)
		if run++; !plain(r) {
			run = 0
		}
		if run >= longGram {
			add(text[starts[n%longGram]:end])
		}
		if short && r != ' ' && before != ' ' && !(digit(r) && digit(before)) {
			add(text[starts[(n+longGram-2)%longGram]:end])
		}
		before = r
	}
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

// plain tells whether a folded character is a letter or digit of ASCII.
func plain(r rune) bool { return digit(r) || 'a' <= r && r <= 'z' }

// fold makes texts comparable that mean the same to whoever types them:
// full-width and half-width, upper and lower case.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '！' <= r && r <= '～':
			r -= '！' - '!'
		case r == '\u3000':
			r = ' '
		case r > '\u3000' && r <= '\u9fff': // Chinese has no case
			return r
		}
		return unicode.ToLower(r)
	}, text)
}

// hash is the one of a gram: 32 bits of FNV-1a.
func hash(gram string) uint32 {
	sum := uint32(2166136261)
	for i := range len(gram) {
		sum = (sum ^ uint32(gram[i])) * 16777619
	}
	return sum
}

// appendToken writes a hash as the index has it: 30 bits of it, as six letters
// and digits. That two grams may have one token costs a look at a text now and
// then.
func appendToken(b []byte, sum uint32) []byte {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
	for range 6 {
		b = append(b, alphabet[sum&31])
		sum >>= 5
	}
	return b
}

func token(gram string) string { return string(appendToken(nil, hash(gram))) }

// outcomeGram and apiGram stand for a whole word. No gram of a text begins with
// a blank.
func outcomeGram(o juhe.Outcome) string { return " outcome " + string(o) }
func apiGram(a juhe.API) string         { return " api " + string(a) }

func outcomeToken(o juhe.Outcome) string { return token(outcomeGram(o)) }
func apiToken(a juhe.API) string         { return token(apiGram(a)) }

// texts are what a search looks into, folded. Only what is too long to be
// found by two letters of it is in long.
func (f found) texts() (texts []string, long string) {
	q := f.Query
	spoken, long, _ := strings.Cut(f.spoken, longSpoken)
	return []string{
		fold(q.Entname), fold(q.Entmark), fold(q.Realname), fold(q.Idcard), fold(f.Reply.Orderid), spoken,
	}, long
}

// tokens are all tokens of a look-up, each once.
func (f found) tokens() string {
	all := []uint32{hash(outcomeGram(f.Reply.Outcome)), hash(apiGram(f.Query.API))}
	const bits = 1<<30 - 1 // that a token has
	add := func(gram string) { all = append(all, hash(gram)) }
	texts, long := f.texts()
	for _, text := range texts {
		grams(text, true, add)
	}
	grams(long, false, add)
	for i := range all {
		all[i] &= bits
	}
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

// longSpoken stands before the company's syllables in the column spoken. They
// are many, so they have the long grams only.
const longSpoken = "|"

// spokenNames writes the names in pinyin and in initials.
func spokenNames(f juhe.Factors) string {
	name, nameInitials := spoken(fold(f.Realname))
	company, companyInitials := spoken(fold(f.Entname))
	return name + " " + nameInitials + " " + companyInitials + longSpoken + company
}

// fits tells whether a look-up is what a search wants, as far as the index
// does not vouch for it.
func (f found) fits(s lookup.Search, terms []string) bool {
	if s.API != "" && f.Query.API != s.API || s.Outcome != "" && f.Reply.Outcome != s.Outcome {
		return false
	}
	if len(terms) == 0 {
		return true
	}
	texts, long := f.texts()
	for _, term := range terms {
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, term) }) &&
			(len(term) < longGram || !strings.Contains(long, term)) {
			return false
		}
	}
	return true
}

// wanted gives the terms of a search, and the tokens that whatever it finds
// has, each once.
func wanted(s lookup.Search) (terms, tokens []string) {
	for _, term := range strings.Fields(fold(s.Text)) {
		terms = append(terms, term)
		long := longestRun(term) >= longGram
		grams(term, true, func(gram string) {
			// Beside four letters in a row two say little and are in every
			// other look-up.
			if !long || len(gram) != 2 {
				tokens = append(tokens, token(gram))
			}
		})
	}
	if s.API != "" {
		tokens = append(tokens, apiToken(s.API))
	}
	if s.Outcome != "" && len(tokens) > 0 {
		tokens = append(tokens, outcomeToken(s.Outcome))
	}
	slices.Sort(tokens)
	return terms, slices.Compact(tokens)
}

func longestRun(term string) int {
	run, longest := 0, 0
	for _, r := range term {
		if run++; !plain(r) {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// tooShort tells whether the index says too little of a term: its only grams, if
// any, are of two letters, which may be in every other look-up.
func tooShort(term string) bool {
	short := true
	grams(term, true, func(gram string) { short = short && len(gram) == 2 })
	return short
}
