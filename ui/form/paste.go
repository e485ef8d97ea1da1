package form

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
)

// pasteRow fills in what is known of a pasted row. A field of which it is not
// known stays as it is; one whose number a spreadsheet has spoilt is emptied,
// since what stands there is surely of another row, and nothing is sent while a
// field is empty.
func (s *Screen) pasteRow(p engine.Pasted) tea.Cmd {
	s.remember(false)
	var told pasted
	for i := range s.inputs {
		in := &s.inputs[i]
		value := lookup.Value(p.Factors, in.name)
		switch {
		case value != "":
			in.SetValue(value)
			told.filled = append(told.filled, in.name)
			continue
		case slices.Contains(p.Spoilt, in.name):
			in.SetValue("")
			told.spoilt = append(told.spoilt, in.name)
			continue
		case slices.Contains(p.Unsure, in.name):
			told.unsure = append(told.unsure, in.name)
		case in.Value() == "":
			told.missing = append(told.missing, in.name)
		}
		if in.Value() != "" {
			told.kept = append(told.kept, in.name)
		}
	}
	s.setFocus(s.toFill(told.kept))
	return s.tellPasted(told)
}

// pasted is what became of the fields.
type pasted struct{ filled, spoilt, unsure, missing, kept []ident.Field }

// toFill is the field where the operator goes on: the first that is empty, else
// the first that the row has not filled, else the last.
func (s *Screen) toFill(kept []ident.Field) int {
	empty := slices.IndexFunc(s.inputs, func(in input) bool { return in.Value() == "" })
	if empty < 0 {
		empty = slices.IndexFunc(s.inputs, func(in input) bool { return slices.Contains(kept, in.name) })
	}
	if empty < 0 {
		return len(s.inputs) - 1
	}
	return empty
}

// tellPasted says which fields were filled, and which were not. No value is in it.
func (s *Screen) tellPasted(told pasted) tea.Cmd {
	w, severity := s.Words.Paste, kit.Note
	if len(told.spoilt)+len(told.unsure)+len(told.kept) > 0 {
		severity = kit.Warn
	}
	text := s.namely(w.Filled, told.filled) + s.namely(w.Spoilt, told.spoilt) + s.namely(w.Unsure, told.unsure) +
		s.namely(w.Missing, told.missing) + s.namely(w.Kept, told.kept)
	if len(told.filled)+len(told.spoilt) > 0 {
		text += fmt.Sprintf(w.Undo, kit.Label(s.Options.Keys[keys.Undo].Keys()[:1]))
	}
	return kit.Say(severity, strings.TrimSpace(text))
}

// namely fills the names of fields into a text; without any there is none.
func (s *Screen) namely(format string, fields []ident.Field) string {
	if len(fields) == 0 {
		return ""
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = s.label(f)
	}
	return fmt.Sprintf(format, strings.Join(names, s.Words.Paste.And))
}
