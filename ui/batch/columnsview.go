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

func (s *Screen) settingLabel(r setting) string {
	w := s.Messages
	switch r {
	case settingSheet:
		return w.Batch.Sheet
	case settingHeader:
		return w.Batch.Header
	case settingAPI:
		return w.Form.Endpoint
	case settingRegstatus:
		return w.Form.Regstatus
	case settingOutput:
		return w.Batch.Output
	}
	return w.Fields[r].Label
}

func (s *Screen) settingsLeft() int {
	width := 0
	for r := settingEntname; r <= settingOutput; r++ {
		width = max(width, widget.Width(s.settingLabel(r)))
	}
	return gutter + width + gap
}

func (s *Screen) columnsBody() []string {
	d, w := s.draft, s.Messages.Batch
	file := d.request.InputPath
	title := s.Theme.Text.Bold(true).Render(s.inputName(file))
	if file != "" {
		title += strings.Repeat(" ", gap) + s.Theme.Dim.Render(s.displayPath(filepath.Dir(file)))
	}
	title = s.pad(title)
	lines := []string{widget.PadTrunc(title, s.width), ""}
	left := s.settingsLeft()
	for i, r := range s.settings() {
		style := s.Theme.Label
		if i == d.focused {
			style = s.Theme.Selected
		}
		lines = append(lines, s.Theme.PointerColumn(i == d.focused)+style.Render(widget.PadTrunc(s.settingLabel(r), left-gutter))+s.settingValue(r, s.width-left-right))
	}
	lines = append(lines, "")
	if file == "" {
		lines = append(lines, s.textLines(s.Theme.Note, w.PastedStorage)...)
	}
	if strings.EqualFold(filepath.Ext(strings.TrimSpace(d.output.Value())), ".csv") {
		lines = append(lines, s.textLines(s.Theme.Warn, s.Messages.Records.CSVLosesDigits)...)
	}
	return append(lines, s.textLines(s.Theme.Dim, w.ColumnsHint)...)
}

// settingValue returns the text of a setting within a width.
func (s *Screen) settingValue(r setting, width int) string {
	d, w := s.draft, s.Messages
	switch r {
	case settingSheet:
		all := s.sheets()
		return s.Theme.Text.Render(juhe.Sanitize(d.request.Sheet)) +
			s.Theme.Dim.Render(fmt.Sprintf("  %d/%d", slices.Index(all, d.request.Sheet)+1, len(all)))
	case settingHeader:
		if d.request.HeaderRow == 0 {
			return s.Theme.Text.Render(w.Batch.NoHeader)
		}
		return s.Theme.Text.Render(fmt.Sprintf(w.Runs.Plan.HeaderRow, d.request.HeaderRow))
	case settingAPI:
		return s.Theme.Accent.Render(string(d.request.API)) + s.Theme.Dim.Render("  "+w.Endpoints[d.request.API])
	case settingRegstatus:
		if d.request.Regstatus {
			return s.Theme.Accent.Render(w.Form.On)
		}
		return s.Theme.Text.Render(w.Form.Off)
	case settingOutput:
		return s.Theme.Text.Render(d.output.View())
	}
	return s.columnValue(juhe.Factor(r), width)
}

// columnValue returns the column of a factor: letter, header and sample.
func (s *Screen) columnValue(f juhe.Factor, width int) string {
	d := s.draft
	column := d.columns[f]
	if column < 0 {
		return s.Theme.Warn.Render(s.Theme.Glyphs.Warning + " " + fmt.Sprintf(s.Messages.Batch.NoColumn, s.Options.Keys.Name(keymap.ColumnLeft), s.Options.Keys.Name(keymap.ColumnRight)))
	}
	head := ""
	if all := d.run.Header().Texts; column < len(all) {
		head = all[column]
		if detect.IsDataRow(all) {
			head = detect.MaskCell(f, head, s.Now())
		}
	}
	style := s.Theme.Text
	if slices.Index(d.columns[:], column) < int(f) {
		style = s.Theme.Warn
	}
	const letters = 4
	heads := min(max(width/3, 12), 28)
	return s.Theme.Accent.Render(widget.PadTrunc(table.ColumnName(column), letters)) + style.Render(widget.PadTrunc(juhe.Sanitize(head), heads)) +
		strings.Repeat(" ", gap) + s.Theme.Dim.Render(widget.PadTrunc(s.maskedSample(f, column), max(width-letters-heads-gap, 0)))
}

// maskedSample returns the first cells of a column, with persons masked.
func (s *Screen) maskedSample(f juhe.Factor, column int) string {
	var all []string
	for _, cells := range s.draft.run.Header().Sample {
		if column < len(cells) && strings.TrimSpace(cells[column]) != "" {
			all = append(all, juhe.Sanitize(detect.MaskCell(f, cells[column], s.Now())))
		}
	}
	return strings.Join(all, " "+s.Theme.Glyphs.Dot+" ")
}
