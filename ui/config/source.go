package config

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// source is a TOML text and where things stand in it.
type source struct {
	file    string
	text    string
	places  []place
	deep    int            // where it nests too deep, else -1
	offsets map[string]int // by dotted name, where the key or table is first spoken of
}

// newSource looks for the keys of a text. A byte order mark is not part of it.
func newSource(file, text string) source {
	text = strings.TrimPrefix(text, "\ufeff")
	s := source{file: file, text: text, offsets: map[string]int{}}
	s.places, s.deep = places(text)
	for _, p := range s.places {
		for n := range p.path {
			name := dotted(p.path[:n+1])
			if _, ok := s.offsets[name]; !ok {
				s.offsets[name] = p.offset
			}
		}
	}
	return s
}

// parse reads the text as TOML; the error is an [*Error]. Nothing of the
// parser's message is passed on, since it quotes the text: that may be a secret.
func (s source) parse(known *schema) (map[string]any, error) {
	if offset := notText(s.text); offset >= 0 {
		return nil, s.syntax(offset)
	}
	if s.deep >= 0 {
		return nil, s.syntax(s.deep)
	}
	raw := map[string]any{}
	_, err := toml.Decode(s.text, &raw)
	if err == nil {
		return raw, nil
	}
	var bad toml.ParseError
	errors.As(err, &bad)
	e := s.syntax(bad.Position.Start)
	if _, ok := known.keys[bad.LastKey]; ok {
		e.Key = bad.LastKey
	}
	if name, ok := s.repeated(e.Line, known); ok {
		e.Problem, e.Key, e.Other = ProblemConflict, name, name
	}
	return nil, e
}

func (s source) syntax(offset int) *Error {
	e := &Error{File: s.file, Problem: ProblemSyntax}
	e.Line, e.Column = s.position(offset)
	return e
}

// repeated is the key or table of ours that stands on the line and, for the
// first time, on an earlier place.
func (s source) repeated(line int, known *schema) (string, bool) {
	seen := map[string]bool{}
	for _, p := range s.places {
		name := dotted(p.path)
		if _, ok := known.keys[name]; !ok && !known.tables[name] {
			continue
		}
		if at, _ := s.position(p.offset); at == line && seen[name] {
			return name, true
		}
		seen[name] = true
	}
	return "", false
}

// position is the line and the column, in characters and from 1, of a byte.
func (s source) position(offset int) (line, column int) {
	before := s.text[:max(0, min(offset, len(s.text)))] // the parser may be off by one at either end
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

// notText is the offset of the first byte that TOML has nowhere, or -1: what is
// not UTF-8, a second byte order mark, and control characters, a CR without an
// LF too. The parser is unsure about their lines.
func notText(text string) int {
	for i, r := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\t', r == '\n', r == '\r' && strings.HasPrefix(text[i+1:], "\n"):
		case r == utf8.RuneError && size == 1, r == '\ufeff' && i == 0, r < ' ', r == 0x7f:
			return i
		}
	}
	return -1
}
