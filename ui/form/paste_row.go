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

// pasteRow fills in the factors of a pasted row. If the row replaces the value of a
// non-empty field, pasteRow clears the fields that the row does not fill, since their
// values belong to another query. Otherwise they keep their values, except a field for
// which the row has a number corrupted by a spreadsheet.
func (s *Screen) pasteRow(p batch.PastedRow) tea.Cmd {
	s.pushUndo(false)
	changed := s.changesField(p.Factors)
	report := pasteReport{masked: p.Masked}
	for i := range s.fields {
		field := &s.fields[i]
		value, hadValue := p.Factors[field.factor], field.Value() != ""
		switch {
		case value != "":
			field.SetValue(value)
			report.filled = append(report.filled, field.factor)
			continue
		case slices.Contains(p.Corrupted, field.factor):
			field.SetValue("")
			report.corrupted = append(report.corrupted, field.factor)
			continue
		case slices.Contains(p.Ambiguous, field.factor):
			report.ambiguous = append(report.ambiguous, field.factor)
		case !hadValue:
			report.missing = append(report.missing, field.factor)
		}
		switch {
		case hadValue && changed:
			field.SetValue("")
			report.cleared = append(report.cleared, field.factor)
		case hadValue:
			report.unchanged = append(report.unchanged, field.factor)
		}
	}
	s.setFocus(s.nextToFill(report.unchanged))
	return s.reportPaste(report)
}

// changesField reports whether a row changes the normal form of a field that is not
// empty.
func (s *Screen) changesField(row juhe.Factors) bool {
	return slices.ContainsFunc(s.fields, func(field factorField) bool {
		current, _ := ident.Normalize(field.factor, field.Value())
		value, _ := ident.Normalize(field.factor, row[field.factor])
		return current != "" && value != "" && current != value
	})
}

// pasteReport lists what a paste did to the fields.
type pasteReport struct {
	filled, corrupted, ambiguous, missing, cleared, unchanged []juhe.Factor
	masked                                                    bool
}

// nextToFill returns the index of the field to focus after a paste: the first empty
// one, or the first one in unchanged, or the last.
func (s *Screen) nextToFill(unchanged []juhe.Factor) int {
	next := slices.IndexFunc(s.fields, func(field factorField) bool { return field.Value() == "" })
	if next < 0 {
		next = slices.IndexFunc(s.fields, func(field factorField) bool { return slices.Contains(unchanged, field.factor) })
	}
	if next < 0 {
		return len(s.fields) - 1
	}
	return next
}

// reportPaste returns the status message that names the fields of a report. It contains
// no values.
func (s *Screen) reportPaste(report pasteReport) tea.Cmd {
	w, severity := s.Messages.Paste, widget.Note
	if report.masked || len(report.corrupted)+len(report.ambiguous)+len(report.cleared)+len(report.unchanged) > 0 {
		severity = widget.Warn
	}
	text := s.formatFieldNames(w.Filled, report.filled) + s.formatFieldNames(w.Corrupted, report.corrupted) + s.formatFieldNames(w.Ambiguous, report.ambiguous) +
		s.formatFieldNames(w.Missing, report.missing) + s.formatFieldNames(w.Cleared, report.cleared) + s.formatFieldNames(w.Unchanged, report.unchanged)
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
	return fmt.Sprintf(format, strings.Join(names, s.Messages.Paste.And))
}
