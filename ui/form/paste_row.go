package form

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// pasteRow fills in what is known of a pasted row. If it changes what stands in one
// field, what it does not fill in another is of another lookup and is emptied: then
// nothing is sent. Else that stays as it is, but for a number that a spreadsheet has
// spoilt.
func (s *Screen) pasteRow(p engine.PastedRow) tea.Cmd {
	s.pushUndo(false)
	another := s.changesField(p.Factors)
	told := pasteReport{masked: p.Masked}
	for i := range s.inputs {
		in := &s.inputs[i]
		value, stood := p.Factors[in.name], in.Value() != ""
		switch {
		case value != "":
			in.SetValue(value)
			told.filled = append(told.filled, in.name)
			continue
		case slices.Contains(p.Corrupted, in.name):
			in.SetValue("")
			told.spoilt = append(told.spoilt, in.name)
			continue
		case slices.Contains(p.Ambiguous, in.name):
			told.unsure = append(told.unsure, in.name)
		case !stood:
			told.missing = append(told.missing, in.name)
		}
		switch {
		case stood && another:
			in.SetValue("")
			told.emptied = append(told.emptied, in.name)
		case stood:
			told.kept = append(told.kept, in.name)
		}
	}
	s.setFocus(s.nextToFill(told.kept))
	return s.reportPaste(told)
}

// changesField tells whether a row changes what stands in a field: to fill an empty one,
// or to write the same otherwise, is no change.
func (s *Screen) changesField(row juhe.Factors) bool {
	return slices.ContainsFunc(s.inputs, func(in input) bool {
		stands, _ := ident.Normalize(in.name, in.Value())
		value, _ := ident.Normalize(in.name, row[in.name])
		return stands != "" && value != "" && stands != value
	})
}

// pasteReport is what became of the fields.
type pasteReport struct {
	filled, spoilt, unsure, missing, emptied, kept []juhe.Factor
	masked                                         bool
}

// nextToFill is the field where the operator goes on: the first that is empty, else
// the first that the row has not filled, else the last.
func (s *Screen) nextToFill(kept []juhe.Factor) int {
	empty := slices.IndexFunc(s.inputs, func(in input) bool { return in.Value() == "" })
	if empty < 0 {
		empty = slices.IndexFunc(s.inputs, func(in input) bool { return slices.Contains(kept, in.name) })
	}
	if empty < 0 {
		return len(s.inputs) - 1
	}
	return empty
}

// reportPaste says which fields were filled, and which were not. No value is in it.
func (s *Screen) reportPaste(told pasteReport) tea.Cmd {
	w, severity := s.Words.Paste, widget.Note
	if told.masked || len(told.spoilt)+len(told.unsure)+len(told.emptied)+len(told.kept) > 0 {
		severity = widget.Warn
	}
	text := s.withFieldNames(w.Filled, told.filled) + s.withFieldNames(w.Spoilt, told.spoilt) + s.withFieldNames(w.Unsure, told.unsure) +
		s.withFieldNames(w.Missing, told.missing) + s.withFieldNames(w.Emptied, told.emptied) + s.withFieldNames(w.Kept, told.kept)
	if told.masked {
		text += w.Masked
	}
	if len(told.filled)+len(told.spoilt) > 0 {
		text += fmt.Sprintf(w.Undo, widget.JoinKeyLabels(s.Options.Keys[keymap.Undo].Keys()[:1]))
	}
	return widget.Notify(severity, strings.TrimSpace(text))
}

// withFieldNames fills the names of fields into a text; without any there is none.
func (s *Screen) withFieldNames(format string, fields []juhe.Factor) string {
	if len(fields) == 0 {
		return ""
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = s.label(f)
	}
	return fmt.Sprintf(format, strings.Join(names, s.Words.Paste.And))
}
