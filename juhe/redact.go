package juhe

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Redacted replaces a secret.
const Redacted = "***"

// Redactor removes values from text: the key, the openid, the cipher key and the
// person of a lookup. The zero Redactor removes nothing.
type Redactor struct {
	secrets    []string  // longest first, in case one is part of another
	firstBytes [256]bool // the bytes that an encoded secret can start with
}

// NewRedactor returns a Redactor of the given values, which must be UTF-8. It
// ignores values of fewer than two characters, because removing them would make text
// unreadable.
func NewRedactor(values ...string) Redactor {
	var r Redactor
	for _, v := range values {
		if utf8.RuneCountInString(v) < 2 || slices.Contains(r.secrets, v) {
			continue
		}
		r.secrets = append(r.secrets, v)
		r.firstBytes[v[0]] = true
		r.firstBytes[swapCase(v[0])] = true
	}
	slices.SortFunc(r.secrets, func(a, b string) int { return len(b) - len(a) })
	for _, b := range []byte{'\\', '%', '&', '+'} {
		r.firstBytes[b] = true
	}
	return r
}

// Redact replaces each secret in the first limit bytes of s, whether plain, in the
// other case, or encoded by JSON, percent encoding or HTML. A secret that starts
// before the limit is replaced as a whole.
func (r Redactor) Redact(s string, limit int) string {
	limit = min(limit, len(s))
	for limit < len(s) && limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	var b strings.Builder
	copied := 0
	for at := 0; at < limit; {
		n := 0
		if r.firstBytes[s[at]] {
			n = r.secretLen(s[at:])
		}
		if n == 0 {
			at++
			continue
		}
		b.WriteString(s[copied:at])
		b.WriteString(Redacted)
		at += n
		copied = at
	}
	if copied < limit {
		b.WriteString(s[copied:limit])
	}
	return b.String()
}

// minTruncated is the number of characters that identify a secret at the end of a
// truncated text.
const minTruncated = 4

// secretLen returns the length of the secret at the start of s, or 0.
func (r Redactor) secretLen(s string) int {
	for _, secret := range r.secrets {
		if n := prefixLen(s, secret); n > 0 {
			return n
		}
	}
	return 0
}

// prefixLen returns how many bytes at the start of s encode secret, or 0. A
// truncated secret at the end of s counts.
func prefixLen(s, secret string) int {
	at, matched := 0, 0
	for _, c := range secret {
		if at == len(s) && matched >= minTruncated {
			return at
		}
		n := encodedLen(s[at:], c)
		if n == 0 {
			return 0
		}
		at += n
		matched++
	}
	return at
}

// redact removes the secrets from everything that came from outside, and limits its
// length.
func (r *Reply) redact(red Redactor) {
	for _, s := range []*string{&r.Reason, &r.Desc, &r.Regstatus, &r.Orderid, &r.Fault.Detail} {
		*s = red.Redact(*s, TextLimit)
	}
	r.Raw = red.Redact(r.Raw, RawLimit)
}

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
