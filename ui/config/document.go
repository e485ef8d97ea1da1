package config

import (
	"cmp"
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"fourfactor/ui/keymap"
)

// document is the text of a config.toml while it is read.
type document struct {
	file, text string
	keys       []toml.Key // as they stand in the text
	schema     *schema
	firstError *Error // the first in the text so far, without its place
	offset     int    // of first
}

// decode stores what text says in the Config of the schema. The error is the
// first one in the text, an [*Error].
func decode(file, text string, to *schema) error {
	d := document{file: file, text: strings.TrimPrefix(text, "\ufeff"), schema: to}
	raw, err := d.parse()
	if err != nil {
		return err
	}
	d.table(nil, raw)
	for _, secret := range to.secrets {
		d.noteConflict(secret)
	}
	if d.firstError == nil { // else the keys may not be valid
		d.checkKeyCommand()
		d.checkKeys()
	}
	if d.firstError == nil {
		return nil
	}
	d.firstError.File = file
	d.firstError.Line = d.line(d.offset)
	if d.firstError.Problem == ProblemUnknown {
		d.firstError.Nearest = nearestKey(d.firstError.Key, to.names())
	}
	return d.firstError
}

// parse reads the text as TOML; the error is an [*Error]. It holds nothing of
// the parser's message, which quotes the text: that may be a secret.
func (d *document) parse() (map[string]any, error) {
	if offset := tooDeep(d.text); offset >= 0 {
		return nil, &Error{File: d.file, Line: d.line(offset), Problem: ProblemSyntax}
	}
	raw := map[string]any{}
	meta, err := toml.Decode(d.text, &raw)
	if err == nil {
		d.keys = meta.Keys()
		return raw, nil
	}
	var bad toml.ParseError
	errors.As(err, &bad)
	e := &Error{File: d.file, Line: max(bad.Position.Line, 1), Problem: ProblemSyntax}
	if strings.Contains(bad.Message, `got '\n'`) { // the parser is sometimes on the next line already
		e.Line = d.line(bad.Position.Start)
	}
	if _, ok := d.schema.keys[bad.LastKey]; ok {
		e.Key = bad.LastKey
	}
	if twice := definedTwice.FindStringSubmatch(bad.Message); twice != nil && slices.Contains(d.schema.names(), twice[1]) {
		e.Problem, e.Key, e.Other = ProblemConflict, twice[1], twice[1]
	}
	return nil, e
}

// definedTwice is the parser's message about a key or a table that it has
// seen before.
var definedTwice = regexp.MustCompile(`^Key '(.*)' has already been defined`)

// deepest is how many brackets a text may have, and how many dots a line: far
// more than any config.
const deepest = 1000

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
		if max(brackets, dots) > deepest {
			return i
		}
	}
	return -1
}

// offsetOf returns where the value of a key or a table starts in the text, or -1
// if it is not there. A table that only its keys name starts with the first of
// them.
func (d *document) offsetOf(path toml.Key) int {
	for _, key := range d.keys {
		if len(key) < len(path) || !slices.Equal(key[:len(path)], path) {
			continue
		}
		if at := d.valueOf(key); at.Line > 0 {
			return at.Start
		}
	}
	return -1
}

// valueOf returns the position of a key's value. The parser knows the positions
// of all keys and tells them in errors alone, so a value that refuses to be
// decoded asks for this one.
func (d *document) valueOf(key toml.Key) toml.Position {
	value := reflect.TypeFor[refusing]()
	for _, part := range slices.Backward(key) {
		value = reflect.StructOf([]reflect.StructField{{Name: "Value", Type: value, Tag: reflect.StructTag("toml:" + strconv.Quote(part))}})
	}
	_, err := toml.Decode(d.text, reflect.New(value).Interface())
	var bad toml.ParseError
	errors.As(err, &bad)
	return bad.Position
}

// refusing is a value that cannot be decoded.
type refusing struct{}

func (*refusing) UnmarshalTOML(any) error { return errors.New("position") }

// line returns the line of a byte, from 1.
func (d *document) line(offset int) int {
	return strings.Count(d.text[:max(0, min(offset, len(d.text)))], "\n") + 1
}

// table stores the values under path and notes their errors.
func (d *document) table(path toml.Key, raw map[string]any) {
	for part, value := range raw {
		path := append(slices.Clone(path), part)
		name := path.String()
		if key, ok := d.schema.keys[name]; ok {
			d.note(path, key.set(value))
			d.schema.origins[name] = d.file
			continue
		}
		if !d.schema.tables[name] {
			d.note(path, &Error{Key: printable(name), Problem: ProblemUnknown})
			continue
		}
		inner, ok := value.(map[string]any)
		if !ok {
			d.note(path, setting{key: name}.wrongType("table", value))
			continue
		}
		d.table(path, inner)
	}
}

// note keeps e, an error about a key or a table, unless it is nil or an earlier
// error in the text is known.
func (d *document) note(path toml.Key, e *Error) {
	if e == nil {
		return
	}
	offset := d.offsetOf(path)
	if d.firstError == nil || cmp.Or(cmp.Compare(offset, d.offset), cmp.Compare(e.Key, d.firstError.Key)) < 0 {
		d.firstError, d.offset = e, offset
	}
}

// noteConflict notes a secret with more than one source.
func (d *document) noteConflict(from *secret) {
	keys := from.keys()
	if len(keys) < 2 {
		return
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Compare(d.offsetOf(keyPath(a)), d.offsetOf(keyPath(b))) })
	d.note(keyPath(keys[1]), &Error{Key: keys[1], Problem: ProblemConflict, Other: keys[0]})
}

// checkKeyCommand notes a missing command for the ledger's key, or a command that would
// never run.
func (d *document) checkKeyCommand() {
	const switched, command = "ledger.encryption", "ledger.key_command"
	of := d.schema.config.Ledger
	wanted, there := of.Encryption == "command", len(of.KeyCommand) > 0
	e := &Error{Key: command, Other: switched + ` = "command"`}
	switch {
	case wanted && !there:
		e.Problem = ProblemNeeded
		d.note(keyPath(switched), e)
	case there && !wanted:
		e.Problem = ProblemUnused
		d.note(keyPath(command), e)
	}
}

// checkKeys notes an error of the key table, at the later one of the two lines
// concerned. One of them may be a default.
func (d *document) checkKeys() {
	fault := keymap.Check(d.schema.config.Keys)
	if fault == nil {
		return
	}
	name := func(a keymap.Action) string { return "keys." + string(a) }
	at, other := name(fault.Action), ""
	if fault.Other != "" {
		other = name(fault.Other)
	}
	if other != "" && d.offsetOf(keyPath(other)) > d.offsetOf(keyPath(at)) {
		at, other = other, at
	}
	e := &Error{Key: at, Problem: ProblemKey, Value: fault.Key, Other: other}
	switch {
	case other != "":
		e.Problem = ProblemTaken
	case fault.Key != "":
		e.Problem = ProblemText
	}
	d.note(keyPath(at), e)
}

// keyPath returns the path of a key of the schema. No part of one has a dot.
func keyPath(key string) toml.Key { return strings.Split(key, ".") }
