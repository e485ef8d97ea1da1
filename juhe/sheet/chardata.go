package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// local is a name without the prefix of its name space.
func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// attr takes the first of a tag's attributes off. A value is as it is written.
func attr(attrs []byte) (name, value, rest []byte, ok bool) {
	i := bytes.IndexByte(attrs, '=')
	if i < 0 {
		return nil, nil, nil, false
	}
	name = bytes.TrimSpace(attrs[:i])
	rest = bytes.TrimLeft(attrs[i+1:], " \t\r\n")
	if len(rest) == 0 {
		return nil, nil, nil, false
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return nil, nil, nil, false
	}
	return name, rest[1 : 1+end], rest[end+2:], true
}

// appendText adds character data as it is meant.
func (m *markup) appendText(to []byte) ([]byte, error) {
	text := m.text
	for len(text) > 0 {
		i := bytes.IndexAny(text, "&\r")
		if i < 0 || m.plain && text[i] == '&' {
			i = len(text)
		}
		to = append(to, text[:i]...)
		if text = text[i:]; len(text) == 0 {
			break
		}
		if text[0] == '\r' {
			text = bytes.TrimPrefix(text[1:], []byte("\n"))
			to = append(to, '\n')
			continue
		}
		end := bytes.IndexByte(text, ';')
		r, ok := entity(text[1:max(end, 1)])
		if !ok {
			return to, errMarkup
		}
		to = utf8.AppendRune(to, r)
		text = text[end+1:]
	}
	return to, nil
}

func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, found := bytes.CutPrefix(name, []byte("#"))
	if !found {
		return 0, false
	}
	base := 10
	if hex, found := bytes.CutPrefix(digits, []byte("x")); found {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(string(digits), base, 21)
	return rune(n), err == nil
}
