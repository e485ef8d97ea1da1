package form

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// pasteRow fills in the factors of a pasted row. If the row changes a field, pasteRow
// clears the fields that the row does not fill, since their values belong to another
// query. Otherwise they keep their values, except a field for which the row has a number
// corrupted by a spreadsheet.
func (s *Screen) pasteRow(p batch.PastedRow) tea.Cmd {
	s.pushUndo(false)
	changed := s.changesField(p.Factors)
	report := pasteReport{masked: p.Masked}
	for i := range s.fields {
		in := &s.fields[i]
		value, hadValue := p.Factors[in.factor], in.Value() != ""
		switch {
		case value != "":
			in.SetValue(value)
			report.filled = append(report.filled, in.factor)
			continue
		case slices.Contains(p.Corrupted, in.factor):
			in.SetValue("")
			report.corrupted = append(report.corrupted, in.factor)
			continue
		case slices.Contains(p.Ambiguous, in.factor):
			report.ambiguous = append(report.ambiguous, in.factor)
		case !hadValue:
			report.missing = append(report.missing, in.factor)
		}
		switch {
		case hadValue && changed:
			in.SetValue("")
			report.emptied = append(report.emptied, in.factor)
		case hadValue:
			report.unchanged = append(report.unchanged, in.factor)
		}
	}
	s.setFocus(s.nextToFill(report.unchanged))
	return s.reportPaste(report)
}

// changesField reports whether a row changes the normal form of a field that is not
// empty.
func (s *Screen) changesField(row juhe.Factors) bool {
	return slices.ContainsFunc(s.fields, func(in factorField) bool {
		current, _ := ident.Normalize(in.factor, in.Value())
		value, _ := ident.Normalize(in.factor, row[in.factor])
		return current != "" && value != "" && current != value
	})
}

// pasteReport lists what a paste did to the fields.
type pasteReport struct {
	filled, corrupted, ambiguous, missing, emptied, unchanged []juhe.Factor
	masked                                                    bool
}

// nextToFill returns the index of the field to focus after a paste: the first empty
// one, or the first one in unchanged, or the last.
func (s *Screen) nextToFill(unchanged []juhe.Factor) int {
	next := slices.IndexFunc(s.fields, func(in factorField) bool { return in.Value() == "" })
	if next < 0 {
		next = slices.IndexFunc(s.fields, func(in factorField) bool { return slices.Contains(unchanged, in.factor) })
	}
	if next < 0 {
		return len(s.fields) - 1
	}
	return next
}

// reportPaste returns the status message that names the fields of a report. It contains
// no values.
func (s *Screen) reportPaste(report pasteReport) tea.Cmd {
	w, severity := s.Words.Paste, widget.Note
	if report.masked || len(report.corrupted)+len(report.ambiguous)+len(report.emptied)+len(report.unchanged) > 0 {
		severity = widget.Warn
	}
	text := s.formatFieldNames(w.Filled, report.filled) + s.formatFieldNames(w.Corrupted, report.corrupted) + s.formatFieldNames(w.Ambiguous, report.ambiguous) +
		s.formatFieldNames(w.Missing, report.missing) + s.formatFieldNames(w.Cleared, report.emptied) + s.formatFieldNames(w.Unchanged, report.unchanged)
	if report.masked {
		text += w.Masked
	}
	if len(report.filled)+len(report.corrupted) > 0 {
		text += fmt.Sprintf(w.Undo, widget.JoinKeyLabels(s.Options.Keys[keymap.Undo].Keys()[:1]))
	}
	return widget.Notify(severity, strings.TrimSpace(text))
}

// formatFieldNames formats the joined labels of fields. It returns "" for no fields.
func (s *Screen) formatFieldNames(format string, fields []juhe.Factor) string {
	if len(fields) == 0 {
		return ""
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = s.label(f)
	}
	return fmt.Sprintf(format, strings.Join(names, s.Words.Paste.And))
}
