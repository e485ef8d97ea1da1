package config

import (
	"cmp"
	"slices"

	"github.com/BurntSushi/toml"

	"fourfactor/ui/keymap"
)

// document is the text of a config.toml, while it is read.
type document struct {
	source
	schema *schema
	first  *Error // the first in the text, as far as it was read; without its place
	offset int    // of first
}

// decode stores what text says in the Config of the schema. The error is the
// first one in the text, an [*Error].
func decode(file, text string, to *schema) error {
	d := document{source: newSource(file, text), schema: to}
	raw, err := d.parse(to)
	if err != nil {
		return err
	}
	d.table(nil, raw)
	for _, secret := range to.secrets {
		d.conflicts(secret)
	}
	if d.first == nil { // else the keys may not be what they should
		d.keyCommand()
		d.clash()
	}
	if d.first == nil {
		return nil
	}
	d.first.File = file
	d.first.Line, d.first.Column = d.position(d.offset)
	if d.first.Problem == ProblemUnknown {
		d.first.Nearest = nearestKey(d.first.Key, to.names())
	}
	return d.first
}

// table stores the values under path and notes what is wrong with them.
func (d *document) table(path []string, raw map[string]any) {
	for part, value := range raw {
		path := append(slices.Clone(path), part)
		name := dotted(path)
		if key, ok := d.schema.keys[name]; ok {
			d.note(name, key.set(value))
			d.schema.origins[name] = d.file
			continue
		}
		if !d.schema.tables[name] {
			d.note(name, &Error{Key: shown(name), Problem: ProblemUnknown})
			continue
		}
		inner, ok := value.(map[string]any)
		if !ok {
			d.note(name, setting{key: name}.badType("table", value))
			continue
		}
		d.table(path, inner)
	}
}

// note keeps an error about a key or table, if it is one and none stands before it.
func (d *document) note(name string, e *Error) {
	if e == nil {
		return
	}
	offset := d.offsets[name]
	if d.first == nil || cmp.Or(cmp.Compare(offset, d.offset), cmp.Compare(e.Key, d.first.Key)) < 0 {
		d.first, d.offset = e, offset
	}
}

// conflicts notes that a secret comes from more than one key.
func (d *document) conflicts(from *secret) {
	keys := from.keys()
	if len(keys) < 2 {
		return
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Compare(d.offsets[a], d.offsets[b]) })
	d.note(keys[1], &Error{Key: keys[1], Problem: ProblemConflict, Other: keys[0]})
}

// keyCommand notes that the ledger's key should come from a command that is not
// there, or that a command is there and would never run.
func (d *document) keyCommand() {
	const switched, command = "ledger.encryption", "ledger.key_command"
	of := d.schema.config.Ledger
	wanted, there := of.Encryption == "command", len(of.KeyCommand) > 0
	e := &Error{Key: command, Other: switched + ` = "command"`}
	switch {
	case wanted && !there:
		e.Problem = ProblemNeeded
		d.note(switched, e)
	case there && !wanted:
		e.Problem = ProblemUnused
		d.note(command, e)
	}
}

// clash notes what is wrong with the table of keys, at the later of the two lines
// that it is about. One of them may be a default.
func (d *document) clash() {
	fault := keymap.Check(d.schema.config.Keys)
	if fault == nil {
		return
	}
	name := func(a keymap.Action) string { return "keys." + string(a) }
	at, other := name(fault.Action), ""
	if fault.Other != "" {
		other = name(fault.Other)
	}
	if d.offsets[other] > d.offsets[at] {
		at, other = other, at
	}
	e := &Error{Key: at, Problem: ProblemKey, Value: fault.Key, Other: other}
	switch {
	case other != "":
		e.Problem = ProblemTaken
	case fault.Key != "":
		e.Problem = ProblemText
	}
	d.note(at, e)
}

// dotted is the name of a path, with quotes around the parts that need them.
func dotted(path []string) string { return toml.Key(path).String() }
