package config

import (
	"cmp"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"fourfactor/ui/keymap"
)

// document is a config.toml while it is read.
type document struct {
	file, text string
	meta       toml.MetaData
	root       toml.Primitive
	config     *Config
	settings   map[string]setting // of config
}

// decode stores what text says in c, which has the defaults. The error is the
// first one in the text, an [*Error].
func decode(file, text string, c *Config) error {
	d := document{file: file, text: strings.TrimPrefix(text, "\ufeff"), config: c, settings: byKey(c.settings())}
	if err := d.parse(); err != nil {
		return err
	}
	for _, key := range d.meta.Keys() {
		if bad := d.set(key); bad != nil {
			return d.errorAt(key, bad)
		}
	}
	first := d.checkKeyCommand()
	if bad := d.checkKeys(); bad != nil && (first == nil || bad.Line < first.Line) {
		first = bad
	}
	if first != nil {
		return first
	}
	return nil
}

// parse reads the text as TOML; the error is an [*Error]. It holds nothing of
// the parser's message, which quotes the text: that may be a secret.
func (d *document) parse() error {
	if offset := tooDeep(d.text); offset >= 0 {
		return &Error{File: d.file, Line: d.line(offset), Problem: ProblemSyntax}
	}
	var err error
	if d.meta, err = toml.Decode(d.text, &d.root); err == nil {
		return nil
	}
	var bad toml.ParseError
	errors.As(err, &bad)
	e := &Error{File: d.file, Line: max(bad.Position.Line, 1), Problem: ProblemSyntax}
	if strings.Contains(bad.Message, `got '\n'`) { // the parser is sometimes on the next line already
		e.Line = d.line(bad.Position.Start)
	}
	if d.settings[bad.LastKey].field != nil {
		e.Key = bad.LastKey
	}
	if twice := definedTwice.FindStringSubmatch(bad.Message); twice != nil && d.settings[twice[1]].key != "" {
		e.Problem, e.Key, e.Other = ProblemConflict, twice[1], twice[1]
	}
	return e
}

// definedTwice is the parser's message about a key or a table that it has
// seen before.
var definedTwice = regexp.MustCompile(`^Key '(.*)' has already been defined`)

// maxNesting limits the brackets in a text and the dots in a line. It is far more than
// any config has.
const maxNesting = 1000

// tooDeep returns the offset of the first bracket or dot beyond deepest, or -1.
// The parser's time and memory grow with the square of the nesting.
func tooDeep(text string) int {
	brackets, dots := 0, 0
	for i, r := range text {
		switch r {
		case '[', '{':
			brackets++
		case '.':
			dots++
		case '\n':
			dots = 0
		}
		if max(brackets, dots) > maxNesting {
			return i
		}
	}
	return -1
}

// set stores the value of a key of the text. An error lacks its file and line.
func (d *document) set(key toml.Key) *Error {
	for i := range key {
		name, primitive := key[:i+1].String(), d.value(key[:i+1])
		var value any
		_ = d.meta.PrimitiveDecode(primitive, &value)
		_, isTable := value.(map[string]any)
		switch s, ok := d.settings[name]; {
		case !ok:
			name = printable(name)
			return &Error{Key: name, Problem: ProblemUnknown, Nearest: nearestKey(name, slices.Sorted(maps.Keys(d.settings)))}
		case s.field != nil:
			d.config.origins[name] = d.file
			bad := s.set(value, func(into any) error { return d.meta.PrimitiveDecode(primitive, into) })
			return cmp.Or(bad, s.conflict())
		case !isTable:
			return s.wrongType(value)
		}
	}
	return nil
}

// conflict returns an error if s and another key are sources of one secret.
func (s setting) conflict() *Error {
	if s.secret == nil || len(s.secret.keys()) < 2 {
		return nil
	}
	others := slices.DeleteFunc(s.secret.keys(), func(key string) bool { return key == s.key })
	return &Error{Key: s.key, Problem: ProblemConflict, Other: others[0]}
}

// value returns the value of a key or a table of the text.
func (d *document) value(key toml.Key) toml.Primitive {
	value := d.root
	for _, part := range key {
		var table map[string]toml.Primitive
		_ = d.meta.PrimitiveDecode(value, &table)
		value = table[part]
	}
	return value
}

// errorAt returns e with its place, the value of a key of the text.
func (d *document) errorAt(key toml.Key, e *Error) *Error {
	// The library states positions only in errors.
	var bad toml.ParseError
	errors.As(d.meta.PrimitiveDecode(d.value(key), &refusing{}), &bad)
	e.File, e.Line = d.file, d.line(bad.Position.Start)
	return e
}

// refusing is a value that cannot be decoded.
type refusing struct{}

func (*refusing) UnmarshalTOML(any) error { return errors.New("position") }

// line returns the line of a byte, from 1.
func (d *document) line(offset int) int {
	return strings.Count(d.text[:min(offset, len(d.text))], "\n") + 1
}

// checkKeyCommand returns an error if the command for the ledger's key is missing or
// would never run.
func (d *document) checkKeyCommand() *Error {
	const key, other = "ledger.key_command", `ledger.encryption = "command"`
	ledger := d.config.Ledger
	switch needed, there := ledger.Encryption == "command", len(ledger.KeyCommand) > 0; {
	case needed && !there:
		return d.errorAt(toml.Key{"ledger", "encryption"}, &Error{Key: key, Problem: ProblemNeeded, Other: other})
	case there && !needed:
		return d.errorAt(toml.Key{"ledger", "key_command"}, &Error{Key: key, Problem: ProblemUnused, Other: other})
	}
	return nil
}

// checkKeys returns an error of the key table, at the later one of the two lines
// concerned. One of them may be a default.
func (d *document) checkKeys() *Error {
	fault := keymap.Check(d.config.Keys)
	if fault == nil {
		return nil
	}
	at, other := toml.Key{"keys", string(fault.Action)}, toml.Key{"keys", string(fault.Other)}
	if d.index(other) > d.index(at) {
		at, other = other, at
	}
	e := &Error{Key: at.String(), Problem: ProblemKey, Value: fault.Key}
	switch {
	case fault.Other != "":
		e.Problem, e.Other = ProblemTaken, other.String()
	case fault.Key != "":
		e.Problem = ProblemText
	}
	return d.errorAt(at, e)
}

// index returns the place of a key among those of the text, or -1.
func (d *document) index(key toml.Key) int {
	return slices.IndexFunc(d.meta.Keys(), func(k toml.Key) bool { return slices.Equal(k, key) })
}
