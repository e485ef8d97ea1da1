package config

import (
	"slices"
	"strings"
)

// place is where a key or the header of a table stands.
type place struct {
	path   []string
	offset int // in bytes
}

// places lists the keys and headers of a TOML text as they stand, those within
// inline tables too. The parser keeps no positions of keys; this looks only for
// them, and what it gives for a text that is not TOML is a guess. Where the
// text nests deeper than any of ours, it stops and gives that offset, else -1.
func places(text string) (found []place, deep int) {
	s := scanner{text: text, deep: -1}
	var table []string
	for s.skip(" \t\r\n"); s.pos < len(s.text); s.skip(" \t\r\n") {
		switch s.text[s.pos] {
		case '#':
			s.skipLine()
		case '[':
			table = s.header()
		default:
			s.pair(table)
		}
	}
	return s.found, s.deep
}

// deepest is how many parts a key may have, and how many brackets a value. The
// parser takes time and memory by the square of either.
const deepest = 32

type scanner struct {
	text  string
	pos   int
	found []place
	depth int // of brackets around pos
	deep  int // where there were too many parts or brackets, else -1
}

// header reads [a.b] or [[a.b]] and gives the path.
func (s *scanner) header() []string {
	offset := s.pos
	s.skip("[")
	path := s.path(nil)
	s.found = append(s.found, place{path, offset})
	s.skipLine()
	return path
}

// pair reads a.b = value in a table. It always moves on.
func (s *scanner) pair(table []string) {
	offset := s.pos
	path := s.path(table)
	s.found = append(s.found, place{path, offset})
	s.skip(" \t")
	if s.at("=") {
		s.pos++
		s.value(path)
	} else if s.pos == offset {
		s.pos++
	}
}

// path reads a dotted key after the parts in front of it.
func (s *scanner) path(parts []string) []string {
	parts = slices.Clone(parts)
	for {
		if len(parts) == deepest {
			s.giveUp()
		}
		s.skip(" \t")
		parts = append(parts, s.part())
		s.skip(" \t")
		if !s.at(".") {
			return parts
		}
		s.pos++
	}
}

// part reads one bare or quoted part of a key.
func (s *scanner) part() string {
	start := s.pos
	if s.at(`"`) || s.at(`'`) {
		s.quotes()
		return unquote(s.text[start:s.pos])
	}
	s.skipUntil(" \t\r\n.=]},#")
	return s.text[start:s.pos]
}

// value passes over a value, and reads the keys in it.
func (s *scanner) value(path []string) {
	s.skip(" \t")
	switch {
	case s.at(`"`), s.at(`'`):
		s.quotes()
	case s.at("["):
		s.list("]", func() { s.value(path) })
	case s.at("{"):
		s.list("}", func() { s.pair(path) })
	default:
		s.skipUntil(",]}#\r\n")
	}
}

// list reads what is between brackets, item by item.
func (s *scanner) list(end string, item func()) {
	if s.depth++; s.depth > deepest {
		s.giveUp()
		return
	}
	defer func() { s.depth-- }()
	s.pos++
	for s.skip(" \t\r\n,"); s.pos < len(s.text); s.skip(" \t\r\n,") {
		before := s.pos
		switch {
		case s.at(end):
			s.pos++
			return
		case s.at("#"):
			s.skipLine()
		default:
			item()
		}
		if s.pos == before {
			s.pos++
		}
	}
}

// giveUp notes that the text nests too deep, and ends the scan.
func (s *scanner) giveUp() {
	if s.deep < 0 {
		s.deep = s.pos
	}
	s.pos = len(s.text)
}

func (s *scanner) at(prefix string) bool { return strings.HasPrefix(s.text[s.pos:], prefix) }

func (s *scanner) skip(set string) {
	for s.pos < len(s.text) && strings.IndexByte(set, s.text[s.pos]) >= 0 {
		s.pos++
	}
}

func (s *scanner) skipUntil(set string) {
	for s.pos < len(s.text) && strings.IndexByte(set, s.text[s.pos]) < 0 {
		s.pos++
	}
}

func (s *scanner) skipLine() { s.skipUntil("\n") }
