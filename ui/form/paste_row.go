package form

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// fillRow fills in a pasted row, focuses the field to fill next, and reports what was done.
func (s *Screen) fillRow(p detect.PastedRow) tea.Cmd {
	s.remember(false)
	report := s.fields.fillRow(p)
	s.fields.setFocus(s.fields.nextToFill(report.unchanged))
	return report.notify(&s.Options)
}

// pasteReport lists what a paste did to the fields.
type pasteReport struct {
	filled, corrupted, ambiguous, missing, cleared, unchanged []juhe.Factor
	masked                                                    bool
}

// fillRow fills in the factors of a pasted row. If the row replaces the value of a
// non-empty field, fillRow clears the fields that the row does not fill, since their
// values belong to another query. Otherwise they keep their values, except a field for
// which the row has a number corrupted by a spreadsheet.
func (f *fields) fillRow(p detect.PastedRow) pasteReport {
	changed := f.index(func(field *factorField) bool { return field.isReplacedBy(p.Factors[field.factor]) }) >= 0
	report := pasteReport{masked: p.Masked}
	for i := range f.factors {
		field := &f.factors[i]
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
	return report
}

// isReplacedBy reports whether a value has another normal form than that of a field that
// is not empty.
func (f *factorField) isReplacedBy(value string) bool {
	current, _ := ident.Normalize(f.factor, f.Value())
	value, _ = ident.Normalize(f.factor, value)
	return current != "" && value != "" && current != value
}

// nextToFill returns the index of the field to focus after a paste: the first empty
// one, or the first one in unchanged, or the last.
func (f *fields) nextToFill(unchanged []juhe.Factor) int {
	next := f.index(func(field *factorField) bool { return field.Value() == "" })
	if next < 0 {
		next = f.index(func(field *factorField) bool { return slices.Contains(unchanged, field.factor) })
	}
	if next < 0 {
		return len(f.factors) - 1
	}
	return next
}

// notify returns the status message that names the fields of a report. It contains no
// values.
func (r pasteReport) notify(o *Options) tea.Cmd {
	w, severity, text := o.Messages.Paste, widget.Note, ""
	for _, part := range []struct {
		format string
		fields []juhe.Factor
	}{
		{w.Filled, r.filled},
		{w.Corrupted, r.corrupted},
		{w.Ambiguous, r.ambiguous},
		{w.Missing, r.missing},
		{w.Cleared, r.cleared},
		{w.Unchanged, r.unchanged},
	} {
		var names []string
		for _, f := range part.fields {
			names = append(names, o.label(f))
		}
		if names != nil {
			text += fmt.Sprintf(part.format, strings.Join(names, w.And))
		}
	}
	if r.masked || len(r.corrupted)+len(r.ambiguous)+len(r.cleared)+len(r.unchanged) > 0 {
		severity = widget.Warn
	}
	if r.masked {
		text += w.Masked
	}
	if len(r.filled)+len(r.corrupted) > 0 {
		text += fmt.Sprintf(w.Undo, o.Keys.Name(keymap.Undo))
	}
	return widget.Notify(severity, strings.TrimSpace(text))
}
