package juhe

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Redacted stands where a secret stood.
const Redacted = "***"

// Redactor takes values out of text: the key, the openid, the cipher key and
// the person of a look-up. The zero Redactor takes out nothing.
type Redactor struct {
	secrets    []string  // longest first, so that a part never spoils the whole
	firstBytes [256]bool // the bytes with which a secret, however spelled, may begin
}

// NewRedactor makes a Redactor of these values, which are UTF-8. Those of fewer than two
// characters are passed over: taking them out would take text apart.
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
	if r.secrets == nil {
		return r
	}
	slices.SortFunc(r.secrets, func(a, b string) int { return len(b) - len(a) })
	for _, b := range []byte{'\\', '%', '&', '+'} {
		r.firstBytes[b] = true
	}
	return r
}

// Redact replaces each secret in the first limit bytes of s, also where it is
// written with JSON escapes, percent encoding, HTML references or in the other
// case. A secret that begins there is replaced as a whole, so that the limit
// leaves no part of one.
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

// minTruncated is how many characters of a secret are enough to know it at the
// end of a text that was cut off.
const minTruncated = 4

// secretLen gives the length of the secret that s begins with, or 0.
func (r Redactor) secretLen(s string) int {
	for _, secret := range r.secrets {
		if n := prefixLen(s, secret); n > 0 {
			return n
		}
	}
	return 0
}

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
