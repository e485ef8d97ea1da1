package ident

import (
	"strings"
	"time"
	"unicode/utf8"

	"fourfactor/juhe"
)

// MaskName returns s with its first character and an asterisk for each other
// one: 张三 becomes 张*. Of a single character only the asterisk is left.
func MaskName(s string) string {
	r := []rune(s)
	if len(r) <= 1 {
		return stars(len(r))
	}
	return string(r[:1]) + stars(len(r)-1)
}

// MaskNumber returns s with its first and its last two characters and an
// asterisk for each other one: 11010519491231002X becomes 1***************2X.
// Of three characters or fewer only asterisks are left.
func MaskNumber(s string) string {
	r := []rune(s)
	if len(r) <= 3 {
		return stars(len(r))
	}
	return string(r[:1]) + stars(len(r)-3) + string(r[len(r)-2:])
}

// MaskEmbeddedIDs returns the value of a company's field as it is, or with the
// personal numbers in it as MaskNumber makes them: one that got there by mistake,
// or with the rest of a row. A number with a slip in it is a person's too, so
// shapes decide, and check digits only where a company's number has the same.
func MaskEmbeddedIDs(f juhe.Factor, value string) string {
	var masked strings.Builder
	done, words := 0, wordsIn(value)
	for i := 0; i < len(words); i++ {
		for last := min(i+longestNumber, len(words)) - 1; last >= i; last-- {
			start, end := words[i].start, words[last].end
			number := strings.Map(plainDigit, value[start:end])
			if words[i].chain == words[last].chain && isPersonal(f, number) {
				masked.WriteString(value[done:start] + MaskNumber(value[start:end]))
				done, i = end, last
				break
			}
		}
	}
	return masked.String() + value[done:]
}

// longestNumber is into how many words people divide a document number.
const longestNumber = 6

// word is where letters and digits, of either width, stand together in a text.
// Nothing but blanks and hyphens parts the words of a chain.
type word struct{ start, end, chain int }

func wordsIn(text string) (words []word) {
	chain, inside := 0, false
	for i, r := range text {
		plain := plainDigit(r) >= 0
		switch {
		case plain && inside:
			words[len(words)-1].end = i + utf8.RuneLen(r)
		case plain:
			words = append(words, word{i, i + utf8.RuneLen(r), chain})
		case !strings.ContainsRune(" \u00a0\u3000-－‐–", r):
			chain++
		}
		inside = plain
	}
	return words
}

// plainDigit returns an ASCII digit or capital for one of either width or case,
// else -1.
func plainDigit(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	switch {
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
		return r
	}
	return -1
}

// isPersonal reports whether a number in a company's field has the shape of a
// person's, and is not right as a company's.
func isPersonal(f juhe.Factor, number string) bool {
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

// farFuture is a day after which no one is born.
func farFuture() time.Time { return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC) }

func stars(n int) string {
	return strings.Repeat("*", n)
}
