package config

import (
	"strings"

	"github.com/BurntSushi/toml"
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

// unquote gives the text of a quoted key, as the parser reads it. What is none
// stays as it is.
func unquote(quoted string) string {
	var as struct{ Text string }
	if _, err := toml.Decode("Text = "+quoted, &as); err != nil {
		return quoted
	}
	return as.Text
}
