package juhe

import (
	"slices"
	"strings"
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
