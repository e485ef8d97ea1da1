package ident

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// IsGarbled reports whether a name was decoded or encoded with a wrong encoding.
func IsGarbled(value string) bool {
	return matchesAny(value, strings.Contains, "锟斤拷", "烫烫", "屯屯", "锘", "ï»¿", "â€") ||
		isEscaped(value) || isUTF8AsLatin(value) || isGBKAsLatin(value) || isUTF8AsGBK(value)
}

// escape is one of HTML, JSON or URLs: &#24352; \\u5f20 %E5%BC%A0.
var escape = regexp.MustCompile(`&[#0-9a-zA-FX]{2,8};|\\[uUx]+[0-9a-fA-F]{2}|%[uUx]*[89a-fA-F][0-9a-fA-F]`)

func isEscaped(value string) bool {
	return strings.ContainsAny(value, `&\%`) && escape.MatchString(value)
}

// isUTF8AsLatin reports whether Han characters in UTF-8 were decoded as Windows-1252 or
// ISO 8859-1: ä¸­å›½. Each is a letter from ã to é (Â or Ã if decoded twice) and two
// continuation bytes, of which invisible ones may be missing.
func isUTF8AsLatin(value string) bool {
	const continued = "¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ "
	if !strings.ContainsFunc(value, func(r rune) bool { return 0xC2 <= r && r <= 0xEF }) {
		return false
	}
	leads, rests, last := 0, 0, rune(0)
	for _, r := range value {
		if strings.ContainsRune(continued, r) && (strings.ContainsRune("ãäåæçèéÂÃï", last) || rests > 0 && strings.ContainsRune(continued, last)) {
			if r != ' ' || strings.ContainsRune("ãäåæçèé", last) && rests > 0 {
				rests++
			}
			if strings.ContainsRune("ãäåæçèéÂÃï", last) {
				leads++
			}
		}
		last = r
	}
	return leads > 0 && rests > 1
}

// isGBKAsLatin reports whether Han characters in GBK were decoded as another alphabet.
// All Latin letters are accented then, as in no language, or there is half-width
// katakana.
func isGBKAsLatin(value string) bool {
	accented := false
	for _, r := range value {
		switch {
		case 0xFF61 <= r && r <= 0xFF9F:
			return true
		case isHan(r), r < utf8.RuneSelf && unicode.IsLetter(r):
			return false
		case unicode.Is(unicode.Latin, r) && !isFullWidth(r):
			accented = true
		}
	}
	return accented && utf8.RuneCountInString(value) > 1
}

// isUTF8AsGBK reports whether Han characters in UTF-8 were decoded as GBK: 寮犱笁.
// Encoded in GBK again they are UTF-8, except for a truncated end.
func isUTF8AsGBK(value string) bool {
	first, size := utf8.DecodeRuneInString(value)
	if !isHan(first) || utf8.RuneCountInString(value) < 3 {
		return false
	}
	encoder := simplifiedchinese.GBK.NewEncoder()
	if lead, err := encoder.String(value[:size]); err != nil || lead[0] < 0xE4 || lead[0] > 0xE9 {
		return false
	}
	text, err := encoder.String(strings.TrimRight(value, "?"))
	if err != nil {
		return false
	}
	han := 0
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && len(text) > 2:
			return false
		case unicode.Is(unicode.Han, r):
			han++
		}
		text = text[size:]
	}
	return han > 1
}
