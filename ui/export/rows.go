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

// WriteJSON writes a lookup as a line of JSON.
func (e Exporter) WriteJSON(w io.Writer, rec lookup.Record, reveal bool) error {
	line := rec.JSON(e.Messages, reveal)
	line.Demo = e.Demo
	text, err := line.Marshal()
	if err == nil {
		_, err = fmt.Fprintf(w, "%s\n", text)
	}
	return err
}

// newWriter returns the functions that write the lookups of a table, or JSONL for any
// other format.
func (e Exporter) newWriter(w io.Writer, format table.Format, reveal bool) (add func(lookup.Record) error, finish func() error, err error) {
	if format != table.CSV && format != table.XLSX {
		add = func(rec lookup.Record) error { return e.WriteJSON(w, rec, reveal) }
		return add, func() error { return nil }, nil
	}
	headers, _ := e.row(lookup.Record{}, reveal)
	out, err := table.NewWriter(w, format, headers)
	if err != nil {
		return nil, nil, err
	}
	add = func(rec lookup.Record) error {
		_, cells := e.row(rec, reveal)
		return out.Write(cells)
	}
	return add, out.Close, nil
}

// row returns a lookup as a row for people, and the headers of its columns. Outcomes
// have their JSON names.
func (e Exporter) row(rec lookup.Record, reveal bool) (headers []string, cells []table.Cell) {
	line, w, d, code := rec.JSON(e.Messages, reveal), e.Messages, e.Messages.Labels, table.Cell{}
	if rec.Code() != 0 {
		code = table.Number(int64(rec.Code()))
	}
	service, demo := line.Service, ""
	if e.Demo {
		service, demo = w.App.Demo, w.App.Demo+w.Colon
	}
	for _, column := range []struct {
		header string
		cell   table.Cell
	}{
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
	} {
		headers, cells = append(headers, column.header), append(cells, column.cell)
	}
	return headers, cells
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
