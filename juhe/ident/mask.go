package ident

import (
	"strings"
	"time"
	"unicode/utf8"

	"fourfactor/juhe"
)

// MaskName replaces each character of s but the first by an asterisk: 张三 becomes 张*.
// A single character is replaced too.
func MaskName(s string) string {
	r := []rune(s)
	if len(r) <= 1 {
		return stars(len(r))
	}
	return string(r[:1]) + stars(len(r)-1)
}

// MaskNumber replaces each character of s but the first and the last two by an asterisk:
// 11010519491231002X becomes 1***************2X. Three characters or fewer are all
// replaced.
func MaskNumber(s string) string {
	r := []rune(s)
	if len(r) <= 3 {
		return stars(len(r))
	}
	return string(r[:1]) + stars(len(r)-3) + string(r[len(r)-2:])
}

// MaskEmbeddedIDs masks the persons' ID numbers in the value of a company's field, where
// a mistake or a whole pasted row may have put them. A mistyped number needs masking
// too, so it goes by shape, and by the check digit only for shapes that company IDs
// share.
func MaskEmbeddedIDs(f juhe.Factor, value string) string {
	var masked strings.Builder
	done, words := 0, wordsIn(value)
	for i := 0; i < len(words); i++ {
		for last := min(i+maxNumberWords, len(words)) - 1; last >= i; last-- {
			start, end := words[i].start, words[last].end
			number := strings.Map(toAlnum, value[start:end])
			if words[i].chain == words[last].chain && isPersonalNumber(f, number) {
				masked.WriteString(value[done:start] + MaskNumber(value[start:end]))
				done, i = end, last
				break
			}
		}
	}
	return masked.String() + value[done:]
}

// maxNumberWords is the largest number of words that an ID number is written in.
const maxNumberWords = 6

// word is a run of letters and digits, of either width, in a text. Only blanks and
// hyphens separate the words of a chain.
type word struct{ start, end, chain int }

func wordsIn(text string) (words []word) {
	chain, inside := 0, false
	for i, r := range text {
		alnum := toAlnum(r) >= 0
		switch {
		case alnum && inside:
			words[len(words)-1].end = i + utf8.RuneLen(r)
		case alnum:
			words = append(words, word{i, i + utf8.RuneLen(r), chain})
		case !strings.ContainsRune(" \u00a0\u3000-－‐–", r):
			chain++
		}
		inside = alnum
	}
	return words
}

// toAlnum returns the ASCII digit or capital for a digit or letter of either width
// and case, or -1 for any other character.
func toAlnum(r rune) rune {
	r = toUpper(HalfWidth(r))
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
		return r
	}
	return -1
}

// isPersonalNumber reports whether a number in a company's field has the shape of a person's
// ID number and is not valid as a company's.
func isPersonalNumber(f juhe.Factor, number string) bool {
	switch {
	case len(number) == 18 && isDigits(number[:17]) && consistsOf(number[17:], digitsX):
		return usccFaults(number) != nil && isBirthday(number[6:14], farFuture()) && number[6:8] >= "18" && number[6:8] <= "20"
	case len(number) == 15 && isDigits(number):
		return (f != juhe.Entmark || regnoFault(number) != "") && isProvince(number[:2]) && isBirthday("19"+number[6:12], farFuture())
	case len(number) == 9 && strings.Contains("EGDSPHMK", number[:1]) && isDigits(number[1:]):
		return f != juhe.Entmark || orgcodeFault(number) != ""
	}
	return false
}

// farFuture returns a day that is after every date of birth.
func farFuture() time.Time { return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC) }

func stars(n int) string {
	return strings.Repeat("*", n)
}
