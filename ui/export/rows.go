package export

import (
	"fmt"
	"io"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/i18n"
)

// newWriter returns the functions that write the lookups of a table, or JSONL as
// history list --json prints it for any other format.
func (e Exporter) newWriter(w io.Writer, format table.Format, reveal bool) (add func(lookup.Record) error, finish func() error, err error) {
	if format != table.CSV && format != table.XLSX {
		add = func(rec lookup.Record) error {
			line := rec.JSON(e.Messages, reveal)
			line.Demo = e.Demo
			text, err := line.Marshal()
			if err == nil {
				_, err = fmt.Fprintf(w, "%s\n", text)
			}
			return err
		}
		return add, func() error { return nil }, nil
	}
	var header []string
	for _, c := range e.row(lookup.Record{}, reveal) {
		header = append(header, c.header)
	}
	out, err := table.NewWriter(w, format, header)
	if err != nil {
		return nil, nil, err
	}
	add = func(rec lookup.Record) error {
		var cells []table.Cell
		for _, c := range e.row(rec, reveal) {
			cells = append(cells, c.Cell)
		}
		return out.Write(cells)
	}
	return add, out.Close, nil
}

// cell is a cell with the header of its column.
type cell struct {
	header string
	table.Cell
}

// row is a lookup as a row for people. Outcomes have their JSON names.
func (e Exporter) row(rec lookup.Record, reveal bool) []cell {
	line, w, d, code := rec.JSON(e.Messages, reveal), e.Messages, e.Messages.Labels, table.Cell{}
	if rec.Code() != 0 {
		code = table.Number(int64(rec.Code()))
	}
	service, demo := line.Service, ""
	if e.Demo {
		service, demo = w.App.Demo, w.App.Demo+w.Colon
	}
	return []cell{
		{d["at"], textCell(rec.At.Format(lookup.ZonedTimeLayout))},
		{w.History.Outcome, textCell(string(line.Outcome))},
		{w.Fields[juhe.Entname].Label, textCell(line.Entname)},
		{w.Fields[juhe.Entmark].Label, textCell(line.Entmark)},
		{w.Fields[juhe.Realname].Label, textCell(line.Realname)},
		{w.Fields[juhe.Idcard].Label, textCell(line.Idcard)},
		{w.Records.Meaning, textCell(demo + line.Meaning)},
		{d["code"], code},
		{d["regstatus"], textCell(line.Regstatus)},
		{d["billable"], textCell(string(line.Billable))},
		{d["api"], textCell(string(line.API))},
		{d["orderid"], textCell(line.Orderid)},
		{d["reason"], textCell(line.Reason)},
		{w.Runs.Plan.Warnings, textCell(warningsText(w, rec))},
		{w.Records.ElapsedMS, table.Number(line.ElapsedMS)},
		{d["id"], textCell(line.ID)},
		{d["service"], textCell(service)},
	}
}

// textCell is a text cell, truncated to cellLimit.
func textCell(text string) table.Cell {
	if runes := []rune(text); len(runes) > cellLimit {
		text = string(runes[:cellLimit]) + "…"
	}
	return table.Text(text)
}

// cellLimit is the longest text of a cell in characters, below the limit of
// XLSX.
const cellLimit = 16000

func warningsText(w *i18n.Messages, rec lookup.Record) string {
	var all []string
	for _, warning := range rec.Warnings {
		all = append(all, w.FactorWarning(warning))
	}
	return strings.Join(all, w.Semicolon)
}
