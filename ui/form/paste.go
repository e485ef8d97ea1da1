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

// PastedRowsMsg asks the root model to open the batch screen with these rows.
type PastedRowsMsg struct{ Rows string }

// paste handles pasted text, and never sends. One row of a spreadsheet fills the form.
// A header and one row, labelled lines and comma-separated values also fill it, if they
// have all four factors. For several rows paste offers a batch. Anything else goes into
// the focused field.
func (s *Screen) paste(msg tea.KeyMsg) tea.Cmd {
	text := string(msg.Runes)
	if text == "" {
		return widget.Notify(widget.Warn, s.Messages.Paste.NothingToPaste)
	}
	defer func() { s.pastedAt = s.Now() }()
	s.fill.cancel() // a fill would replace the pasted factors or the question about rows
	p, rows := detect.ParsePaste(text, s.fields.api, s.Now())
	if !p.IsRecognized() && rows > 1 {
		w := s.Messages.Form
		s.ask(fmt.Sprintf(w.AskRows, rows), w.OpenAsBatch, w.DoNotOpenBatch, func() tea.Cmd { return widget.Send(PastedRowsMsg{text}) })
		return nil
	}
	s.undo.push(s.fields.snapshot(false))
	if !p.IsRecognized() {
		s.fields.focused().Update(msg)
		return nil
	}
	report := s.fields.fillRow(p)
	s.fields.setFocus(s.fields.nextToFill(report[unchanged]))
	return report.notify(&s.Options, p.Masked)
}

// pasteEffect is the effect of a paste on a field.
type pasteEffect int

const (
	filled    pasteEffect = iota
	corrupted             // emptied, because a spreadsheet had corrupted the number
	ambiguous             // not filled
	missing               // not filled, and empty
	cleared               // emptied, because the value belonged to another query
	unchanged             // not filled, but not empty
	numPasteEffects
)

// pasteReport lists the fields by what a paste did to them.
type pasteReport [numPasteEffects][]juhe.Factor

// fillRow fills in the factors of a pasted row. If the row replaces the value of a
// non-empty field, fillRow clears the fields that the row does not fill, since their
// values belong to another query. Otherwise they keep their values, except a field for
// which the row has a number corrupted by a spreadsheet.
func (f *fields) fillRow(p detect.PastedRow) (report pasteReport) {
	changed := f.changedBy(p.Factors)
	for i := range juhe.NumFactors {
		field, value, hadValue := &f.inputs[i], p.Factors[i], f.inputs[i].Value() != ""
		set := func(value string, effect pasteEffect) {
			field.SetValue(value)
			report[effect] = append(report[effect], i)
		}
		switch {
		case value != "":
			set(value, filled)
			continue
		case slices.Contains(p.Corrupted, i):
			set("", corrupted)
			continue
		case slices.Contains(p.Ambiguous, i):
			report[ambiguous] = append(report[ambiguous], i)
		case !hadValue:
			report[missing] = append(report[missing], i)
		}
		switch {
		case hadValue && changed:
			set("", cleared)
		case hadValue:
			report[unchanged] = append(report[unchanged], i)
		}
	}
	return report
}

// changedBy reports whether a row changes the normal form of a field that is not empty.
func (f *fields) changedBy(row juhe.Factors) bool {
	for i := range juhe.NumFactors {
		current, _ := ident.Normalize(i, f.inputs[i].Value())
		value, _ := ident.Normalize(i, row[i])
		if current != "" && value != "" && current != value {
			return true
		}
	}
	return false
}

// nextToFill returns the field to focus after a paste: the first empty one, or the first
// one in unchanged, or the last.
func (f *fields) nextToFill(unchanged []juhe.Factor) juhe.Factor {
	for i := range juhe.NumFactors {
		if f.inputs[i].Value() == "" {
			return i
		}
	}
	return append(unchanged, juhe.NumFactors-1)[0]
}

// notify returns the status message that names the fields of a report. It contains no
// values.
func (r pasteReport) notify(o *Options, masked bool) tea.Cmd {
	w, severity, text := o.Messages.Paste, widget.Note, ""
	formats := [numPasteEffects]string{w.Filled, w.Corrupted, w.Ambiguous, w.Missing, w.Cleared, w.Unchanged}
	for effect, factors := range r {
		var names []string
		for _, f := range factors {
			names = append(names, o.label(f))
		}
		if names == nil {
			continue
		}
		text += fmt.Sprintf(formats[effect], strings.Join(names, w.And))
		if e := pasteEffect(effect); e != filled && e != missing {
			severity = widget.Warn
		}
	}
	if masked {
		severity = widget.Warn
		text += w.Masked
	}
	if len(r[filled])+len(r[corrupted]) > 0 {
		text += fmt.Sprintf(w.Undo, o.Keys.Name(keymap.Undo))
	}
	return widget.Notify(severity, strings.TrimSpace(text))
}
