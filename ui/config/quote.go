package config

import (
	"strconv"
	"strings"
)

// quotes passes over a string of any of the four kinds. One of a single line
// ends with the line at the latest.
func (s *scanner) quotes() {
	quote, escapes := s.text[s.pos:s.pos+1], s.at(`"`)
	long := s.at(strings.Repeat(quote, 3))
	if long {
		quote = strings.Repeat(quote, 3)
	}
	for s.pos += len(quote); s.pos < len(s.text); s.pos++ {
		switch {
		case escapes && s.at(`\`):
			s.pos++
		case !long && s.at("\n"):
			return
		case s.at(quote):
			s.pos += len(quote)
			if long {
				s.skip(quote[:1])
			}
			return
		}
	}
	s.pos = len(s.text)
}

// unquote gives the text of a quoted key. An escape that Go does not know
// leaves the key as it stands.
func unquote(quoted string) string {
	if strings.HasPrefix(quoted, "'") {
		return strings.Trim(quoted, "'")
	}
	if text, err := strconv.Unquote(quoted); err == nil {
		return text
	}
	return quoted
}
