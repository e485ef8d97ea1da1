package batch

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/table"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// columnsTop is the number of lines above the settings.
const columnsTop = 2

func (p *columnsPage) label(r setting) string {
	w := p.Messages
	switch r {
	case settingSheet:
		return w.Batch.Sheet
	case settingHeader:
		return w.Runs.Plan.Header
	case settingAPI:
		return w.Form.Endpoint
	case settingRegstatus:
		return w.Form.Regstatus
	case settingOutput:
		return w.Runs.Plan.Out
	}
	return w.Fields[r].Label
}

// left returns the column at which the values start.
func (p *columnsPage) left() int {
	width := 0
	for r := settingEntname; r <= settingOutput; r++ {
		width = max(width, widget.Width(p.label(r)))
	}
	return widget.Gutter + width + widget.Gap
}

// View draws the settings.
func (p *columnsPage) View(int) []string {
	w, file, left := p.Messages.Batch, p.request.InputPath, p.left()
	title := p.pad(p.Theme.Text.Bold(true).Render(p.inputName(file)))
	if file != "" {
		title += strings.Repeat(" ", widget.Gap) + p.Theme.Dim.Render(p.displayPath(filepath.Dir(file)))
	}
	lines := []string{widget.PadTrunc(title, p.width), ""}
	for i, r := range p.settings() {
		style := p.Theme.Label
		if i == p.focused {
			style = p.Theme.Selected
		}
		lines = append(lines, p.Theme.PointerColumn(i == p.focused)+style.Render(widget.PadTrunc(p.label(r), left-widget.Gutter))+p.value(r, p.width-left-widget.Right))
	}
	lines = append(lines, "")
	if file == "" {
		lines = append(lines, p.textLines(p.Theme.Note, w.PastedStorage)...)
	}
	if strings.EqualFold(filepath.Ext(strings.TrimSpace(p.output.Value())), ".csv") {
		lines = append(lines, p.textLines(p.Theme.Warn, p.Messages.Records.CSVLosesDigits)...)
	}
	return append(lines, p.textLines(p.Theme.Dim, w.ColumnsHint)...)
}

// value returns the value of a setting within a width.
func (p *columnsPage) value(r setting, width int) string {
	w, t, q := p.Messages, p.Theme, p.request
	switch r {
	case settingSheet:
		all := p.run.Input().Sheets()
		return t.Text.Render(juhe.Sanitize(q.Sheet)) + t.Dim.Render(fmt.Sprintf("  %d/%d", slices.Index(all, q.Sheet)+1, len(all)))
	case settingHeader:
		if q.HeaderRow == 0 {
			return t.Text.Render(w.Batch.NoHeader)
		}
		return t.Text.Render(fmt.Sprintf(w.Runs.Plan.HeaderRow, q.HeaderRow))
	case settingAPI:
		return t.Accent.Render(string(q.API)) + t.Dim.Render("  "+w.Endpoints[q.API])
	case settingRegstatus:
		if q.Regstatus {
			return t.Accent.Render(w.Form.On)
		}
		return t.Text.Render(w.Form.Off)
	case settingOutput:
		return t.Text.Render(p.output.View())
	}
	return p.columnValue(juhe.Factor(r), width)
}

// columnValue returns the column of a factor: letter, header and sample.
func (p *columnsPage) columnValue(f juhe.Factor, width int) string {
	column, t := p.columns[f], p.Theme
	if column < 0 {
		k := p.Options.Keys
		return t.Warn.Render(t.Glyphs.Warning + " " + fmt.Sprintf(p.Messages.Batch.NoColumn, k.Name(keymap.ColumnLeft), k.Name(keymap.ColumnRight)))
	}
	head := ""
	if all := p.header.Texts; column < len(all) {
		head = all[column]
		if detect.IsDataRow(all) {
			head = detect.MaskCell(f, head, p.Now())
		}
	}
	style := t.Text
	if slices.Index(p.columns[:], column) < int(f) {
		style = t.Warn
	}
	const letters = 4
	heads := min(max(width/3, 12), 28)
	return t.Accent.Render(widget.PadTrunc(table.ColumnName(column), letters)) + style.Render(widget.PadTrunc(juhe.Sanitize(head), heads)) +
		strings.Repeat(" ", widget.Gap) + t.Dim.Render(widget.PadTrunc(p.maskedSample(f), max(width-letters-heads-widget.Gap, 0)))
}

// maskedSample returns the first cells of a factor's column, with persons masked.
func (p *columnsPage) maskedSample(f juhe.Factor) string {
	var all []string
	for _, cells := range p.header.Sample {
		if column := p.columns[f]; column < len(cells) && strings.TrimSpace(cells[column]) != "" {
			all = append(all, juhe.Sanitize(detect.MaskCell(f, cells[column], p.Now())))
		}
	}
	return strings.Join(all, " "+p.Theme.Glyphs.Dot+" ")
}
