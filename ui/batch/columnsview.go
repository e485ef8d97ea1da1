package batch

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// columnsTop is how many lines stand above those that can be changed.
const columnsTop = 2

func (s *Screen) rowLabel(r row) string {
	w := s.Words
	switch r {
	case rowSheet:
		return w.Batch.Sheet
	case rowHead:
		return w.Batch.Head
	case rowAPI:
		return w.Form.Endpoint
	case rowRegstatus:
		return w.Form.Regstatus
	case rowOut:
		return w.Batch.Out
	}
	return w.Fields[string(ident.Fields()[r])].Label
}

func (s *Screen) columnsLeft() int {
	width := 0
	for r := rowEntname; r <= rowOut; r++ {
		width = max(width, widget.Width(s.rowLabel(r)))
	}
	return gutter + width + gap
}

func (s *Screen) columnsBody() []string {
	d, w := s.draft, s.Words.Batch
	file := d.request.Path
	title := s.Theme.Text.Bold(true).Render(s.inputName(file))
	if file != "" {
		title += strings.Repeat(" ", gap) + s.Theme.Dim.Render(s.path(filepath.Dir(file)))
	}
	title = s.pad(title)
	lines := []string{widget.PadTrunc(title, s.width), ""}
	left := s.columnsLeft()
	for i, r := range s.rows() {
		style := s.Theme.Label
		if i == d.focus {
			style = s.Theme.Selected
		}
		lines = append(lines, s.Theme.PointerColumn(i == d.focus)+style.Render(widget.PadTrunc(s.rowLabel(r), left-gutter))+s.rowValue(r, s.width-left-right))
	}
	lines = append(lines, "")
	if file == "" {
		lines = append(lines, s.text(s.Theme.Note, w.PastedKept)...)
	}
	if strings.EqualFold(filepath.Ext(strings.TrimSpace(d.out.Value())), ".csv") {
		lines = append(lines, s.text(s.Theme.Warn, s.Words.Records.Digits)...)
	}
	return append(lines, s.text(s.Theme.Dim, w.ColumnsHint)...)
}

// rowValue is what a line says, within a width.
func (s *Screen) rowValue(r row, width int) string {
	d, w := s.draft, s.Words
	switch r {
	case rowSheet:
		all := s.sheets()
		return s.Theme.Text.Render(juhe.Harmless(d.request.Sheet)) +
			s.Theme.Dim.Render(fmt.Sprintf("  %d/%d", slices.Index(all, d.request.Sheet)+1, len(all)))
	case rowHead:
		if d.request.Head == 0 {
			return s.Theme.Text.Render(w.Batch.NoHead)
		}
		return s.Theme.Text.Render(fmt.Sprintf(w.Batch.HeadRow, d.request.Head))
	case rowAPI:
		return s.Theme.Accent.Render(string(d.request.API)) + s.Theme.Dim.Render("  "+w.Endpoints[string(d.request.API)])
	case rowRegstatus:
		if d.request.Regstatus {
			return s.Theme.Accent.Render(w.Form.On)
		}
		return s.Theme.Text.Render(w.Form.Off)
	case rowOut:
		return s.Theme.Text.Render(d.out.View())
	}
	return s.columnValue(int(r), width)
}

// columnValue is a factor's column: its letter, its header, and what is in it.
func (s *Screen) columnValue(factor, width int) string {
	d := s.draft
	column := d.columns[factor]
	if column < 0 {
		return s.Theme.Warn.Render(s.Theme.Glyphs.Warning + " " + fmt.Sprintf(s.Words.Batch.NoColumn, s.key(keymap.ColumnLeft), s.key(keymap.ColumnRight)))
	}
	head, f := "", ident.Fields()[factor]
	if all := d.run.Head(); column < len(all) {
		head = all[column]
		if engine.IsData(all) {
			head = engine.Private(f, head, s.Now())
		}
	}
	style := s.Theme.Text
	if slices.Index(d.columns[:], column) < factor {
		style = s.Theme.Warn
	}
	const letters = 4
	heads := min(max(width/3, 12), 28)
	return s.Theme.Accent.Render(widget.PadTrunc(columnName(column), letters)) + style.Render(widget.PadTrunc(juhe.Harmless(head), heads)) +
		strings.Repeat(" ", gap) + s.Theme.Dim.Render(widget.PadTrunc(s.sample(f, column), max(width-letters-heads-gap, 0)))
}

// sample is what stands in a column, as far as everyone may see it.
func (s *Screen) sample(f ident.Field, column int) string {
	var all []string
	for _, cells := range s.draft.run.Sample() {
		if column < len(cells) && strings.TrimSpace(cells[column]) != "" {
			all = append(all, juhe.Harmless(engine.Private(f, cells[column], s.Now())))
		}
	}
	return strings.Join(all, " "+s.Theme.Glyphs.Dot+" ")
}
