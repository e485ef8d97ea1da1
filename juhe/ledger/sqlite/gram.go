package sqlite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// A gram is a piece of text in the search index: longGramLen consecutive ASCII letters or
// digits (a long gram), or two consecutive characters, neither of them a blank and not
// both digits (a short gram). A pair of digits would be in nearly every lookup. A lookup
// that contains a text has all grams of the text, except short ones of its company's
// pinyin. The converse does not hold, so the texts are compared too.
const longGramLen = 4

// eachGram calls add with each long gram of a folded text, and with each short one if short
// is set.
func eachGram(text string, short bool, add func(string)) {
	var starts [longGramLen]int // ring buffer: byte offsets of the last longGramLen characters
	n := 0                      // the number of characters so far
	run := 0                    // the number of consecutive letters and digits up to here
	previous := ' '
	for i, r := range text {
		starts[n%longGramLen] = i
		n++
		end := i + utf8.RuneLen(r)
		if run++; !isASCIIAlnum(r) {
			run = 0
		}
		if run >= longGramLen {
			add(text[starts[n%longGramLen]:end])
		}
		if short && r != ' ' && previous != ' ' && !(isDigit(r) && isDigit(previous)) {
			add(text[starts[(n+longGramLen-2)%longGramLen]:end])
		}
		previous = r
	}
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isASCIIAlnum reports whether a folded character is an ASCII letter or digit.
func isASCIIAlnum(r rune) bool { return isDigit(r) || 'a' <= r && r <= 'z' }

// fold returns text in lower case and with half-width characters.
func fold(text string) string {
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

// gramHash returns the 32-bit FNV-1a hash of a gram.
func gramHash(gram string) uint32 {
	sum := uint32(2166136261)
	for i := range len(gram) {
		sum = (sum ^ uint32(gram[i])) * 16777619
	}
	return sum
}

// appendToken appends the token of a hash: its lower 30 bits as six letters and digits.
// Two grams may share a token. That is harmless, because the texts are compared too.
func appendToken(b []byte, sum uint32) []byte {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
	for range 6 {
		b = append(b, alphabet[sum&31])
		sum >>= 5
	}
	return b
}

func gramToken(gram string) string { return string(appendToken(nil, gramHash(gram))) }

// The results of outcomeGram and apiGram begin with a blank, so no text has such grams.
func outcomeGram(o juhe.Outcome) string { return " outcome " + string(o) }
func apiGram(a juhe.API) string         { return " api " + string(a) }

func outcomeToken(o juhe.Outcome) string { return gramToken(outcomeGram(o)) }
func apiToken(a juhe.API) string         { return gramToken(apiGram(a)) }

// searchTexts returns the folded texts that are searched. companyPinyin is searched only
// for terms of at least longGramLen characters.
func (r lookupRow) searchTexts() (texts []string, companyPinyin string) {
	for _, value := range r.Query.Factors {
		texts = append(texts, fold(value))
	}
	shortPinyin, companyPinyin, _ := strings.Cut(r.pinyin, pinyinSeparator)
	return append(texts, fold(r.Reply.Orderid), shortPinyin), companyPinyin
}

// tokens returns the distinct tokens of a lookup, separated by blanks.
func (r lookupRow) tokens() string {
	all := []uint32{gramHash(outcomeGram(r.Reply.Outcome)), gramHash(apiGram(r.Query.API))}
	const tokenMask = 1<<30 - 1
	add := func(gram string) { all = append(all, gramHash(gram)) }
	texts, companyPinyin := r.searchTexts()
	for _, text := range texts {
		eachGram(text, true, add)
	}
	eachGram(companyPinyin, false, add)
	for i := range all {
		all[i] &= tokenMask
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

// pinyinSeparator precedes the company's syllables in the column spoken. Only their long
// grams are in the search index, because there are many of them.
const pinyinSeparator = "|"

// pinyinNames returns the names of the person and the company in pinyin and initials.
func pinyinNames(f juhe.Factors) string {
	name, nameInitials := toPinyin(fold(f[juhe.Realname]))
	company, companyInitials := toPinyin(fold(f[juhe.Entname]))
	return name + " " + nameInitials + " " + companyInitials + pinyinSeparator + company
}

// matches reports whether a lookup matches a search with the terms that queryTerms
// returns. It does not check the window.
func (r lookupRow) matches(s lookup.Search, terms []string) bool {
	if s.API != "" && r.Query.API != s.API || s.Outcome != "" && r.Reply.Outcome != s.Outcome {
		return false
	}
	if len(terms) == 0 {
		return true
	}
	texts, companyPinyin := r.searchTexts()
	for _, term := range terms {
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, term) }) &&
			(len(term) < longGramLen || !strings.Contains(companyPinyin, term)) {
			return false
		}
	}
	return true
}

// queryTerms returns the folded words of a search, and the distinct tokens that every
// match has.
func queryTerms(s lookup.Search) (terms, tokens []string) {
	for _, term := range strings.Fields(fold(s.Text)) {
		terms = append(terms, term)
		long := longestRun(term) >= longGramLen
		eachGram(term, true, func(gram string) {
			// If the term also has a long gram, a pair of ASCII characters excludes
			// few more lookups.
			if !long || !isASCIIPair(gram) {
				tokens = append(tokens, gramToken(gram))
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

// longestRun returns the length of the longest run of ASCII letters and digits.
func longestRun(term string) int {
	run, longest := 0, 0
	for _, r := range term {
		if run++; !isASCIIAlnum(r) {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// isASCIIPair reports whether a gram consists of two ASCII characters.
func isASCIIPair(gram string) bool { return len(gram) == 2 }

// isTooShort reports whether a term has no grams or only pairs of ASCII characters, so
// that the search index excludes few lookups.
func isTooShort(term string) bool {
	short := true
	eachGram(term, true, func(gram string) { short = short && isASCIIPair(gram) })
	return short
}
