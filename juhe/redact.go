package juhe

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// Redacted stands where a secret stood.
const Redacted = "***"

// Redactor takes values out of text: the key, the openid, the cipher key and
// the person of a look-up. The zero Redactor takes out nothing.
type Redactor struct {
	secrets []string  // longest first, so that a part never spoils the whole
	first   [256]bool // the bytes with which a secret, however spelled, may begin
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
		r.first[v[0]] = true
		r.first[swapCase(v[0])] = true
	}
	if r.secrets == nil {
		return r
	}
	slices.SortFunc(r.secrets, func(a, b string) int { return len(b) - len(a) })
	for _, b := range []byte{'\\', '%', '&'} {
		r.first[b] = true
	}
	return r
}

// Redact replaces each secret, also where it is written with JSON escapes,
// percent encoding, HTML references or in the other case.
func (r Redactor) Redact(s string) string {
	var b strings.Builder
	kept := 0
	for at := 0; at < len(s); {
		n := 0
		if r.first[s[at]] {
			n = r.match(s[at:])
		}
		if n == 0 {
			at++
			continue
		}
		b.WriteString(s[kept:at])
		b.WriteString(Redacted)
		at += n
		kept = at
	}
	if kept == 0 {
		return s
	}
	b.WriteString(s[kept:])
	return b.String()
}

// cutSecret is how many characters of a secret are enough to know it at the
// end of a text that was cut off.
const cutSecret = 4

// match gives the length of the secret that s begins with, or 0.
func (r Redactor) match(s string) int {
	for _, secret := range r.secrets {
		if n := begins(s, secret); n > 0 {
			return n
		}
	}
	return 0
}

func begins(s, secret string) int {
	at, read := 0, 0
	for _, c := range secret {
		if at == len(s) && read >= cutSecret {
			return at
		}
		n := spelled(s[at:], c)
		if n == 0 {
			return 0
		}
		at += n
		read++
	}
	return at
}

// spelled gives the length of the spelling of c that s begins with, or 0.
func spelled(s string, c rune) int {
	if s == "" {
		return 0
	}
	literal := string(c)
	switch {
	case strings.HasPrefix(s, literal):
		return len(literal)
	case c < utf8.RuneSelf && s[0] == swapCase(byte(c)):
		return 1
	case s[0] == '\\':
		return escaped(s, c)
	case s[0] == '%':
		return folded(s, percent(literal))
	case s[0] == '&':
		return reference(s, c)
	}
	return 0
}

// escaped reads a JSON escape: \/ and \u5f20, or a pair of surrogates.
func escaped(s string, c rune) int {
	if c == '/' && strings.HasPrefix(s, `\/`) {
		return 2
	}
	if c < 0x10000 {
		return folded(s, fmt.Sprintf(`\u%04x`, c))
	}
	c -= 0x10000
	return folded(s, fmt.Sprintf(`\u%04x\u%04x`, 0xd800+c>>10, 0xdc00+c&0x3ff))
}

func percent(literal string) string {
	var b strings.Builder
	for _, octet := range []byte(literal) {
		fmt.Fprintf(&b, "%%%02x", octet)
	}
	return b.String()
}

// reference reads an HTML character reference, named or by number.
func reference(s string, c rune) int {
	end := strings.IndexByte(s[:min(len(s), 12)], ';')
	if end < 0 || html.UnescapeString(s[:end+1]) != string(c) {
		return 0
	}
	return end + 1
}

func folded(s, prefix string) int {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return 0
	}
	return len(prefix)
}

func swapCase(b byte) byte {
	if 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' {
		return b ^ 0x20
	}
	return b
}
