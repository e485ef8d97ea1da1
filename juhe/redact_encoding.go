package juhe

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// encodedLen returns how many bytes at the start of s encode c, or 0: plain in
// either case, or in JSON, percent or HTML encoding.
func encodedLen(s string, c rune) int {
	if s == "" {
		return 0
	}
	// A form encodes a space as a plus sign.
	r, n := utf8.DecodeRuneInString(s)
	if equalFold(r, c) || r == '+' && c == ' ' {
		return n
	}
	n = 0
	switch s[0] {
	case '\\':
		r, n = jsonEscape(s)
	case '%':
		r, n = percentRune(s)
	case '&':
		r, n = htmlEntity(s)
	}
	if n > 0 && (equalFold(r, c) || r == '+' && c == ' ') {
		return n
	}
	return 0
}

// equalFold reports whether a and b are equal, ignoring the case of ASCII letters.
func equalFold(a, b rune) bool {
	return a == b || a < utf8.RuneSelf && b < utf8.RuneSelf && swapCase(byte(a)) == byte(b)
}

// jsonEscape decodes a JSON escape: \/, \u5f20 or a surrogate pair. The backslashes
// may be escaped again.
func jsonEscape(s string) (rune, int) {
	if strings.HasPrefix(s, `\/`) {
		return '/', 2
	}
	first, n := utf16Unit(s)
	if !utf16.IsSurrogate(first) {
		return first, n
	}
	second, m := utf16Unit(s[n:])
	if m == 0 {
		return 0, 0
	}
	return utf16.DecodeRune(first, second), n + m
}

// utf16Unit decodes one UTF-16 code unit of a JSON escape.
func utf16Unit(s string) (rune, int) {
	at := 0
	for at < len(s) && s[at] == '\\' {
		at++
	}
	if at == 0 || len(s) < at+5 || s[at] != 'u' && s[at] != 'U' {
		return 0, 0
	}
	v, err := strconv.ParseUint(s[at+1:at+5], 16, 16)
	if err != nil {
		return 0, 0
	}
	return rune(v), at + 5
}

// percentRune decodes a percent-encoded character, which may be encoded twice.
func percentRune(s string) (rune, int) {
	var encoded [utf8.UTFMax]byte
	at := 0
	for i := range encoded {
		b, n := percentByte(s[at:])
		if n == 0 {
			return 0, 0
		}
		encoded[i] = b
		at += n
		if r, size := utf8.DecodeRune(encoded[:i+1]); r != utf8.RuneError || size > 1 {
			return r, at
		}
	}
	return 0, 0
}

// percentByte decodes %e5 or %25e5.
func percentByte(s string) (byte, int) {
	for _, lead := range []string{"%25", "%"} {
		if !strings.HasPrefix(s, lead) || len(s) < len(lead)+2 {
			continue
		}
		if v, err := strconv.ParseUint(s[len(lead):len(lead)+2], 16, 8); err == nil {
			return byte(v), len(lead) + 2
		}
	}
	return 0, 0
}

// htmlEntity decodes a numeric HTML character reference, or one of the named ones
// that base64 and names can need.
func htmlEntity(s string) (rune, int) {
	for name, r := range map[string]rune{"&amp;": '&', "&lt;": '<', "&gt;": '>', "&quot;": '"', "&apos;": '\''} {
		if strings.HasPrefix(s, name) {
			return r, len(name)
		}
	}
	base, at := 10, 2
	switch {
	case strings.HasPrefix(s, "&#x"), strings.HasPrefix(s, "&#X"):
		base, at = 16, 3
	case !strings.HasPrefix(s, "&#"):
		return 0, 0
	}
	end := at
	for end < len(s) && end < at+8 && isHex(s[end]) && (base == 16 || s[end] <= '9') {
		end++
	}
	v, err := strconv.ParseUint(s[at:end], base, 32)
	if err != nil || v > utf8.MaxRune {
		return 0, 0
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return rune(v), end
}

func isHex(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

func swapCase(b byte) byte {
	if 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' {
		return b ^ 0x20
	}
	return b
}
