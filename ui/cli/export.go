package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/i18n"
)

// errFormat means that the file extension names no format.
var errFormat = errors.New("the name has to end in .csv, .xlsx or .jsonl")

// Export writes the lookups that a search finds to a new file, in the format of
// its extension, and calls progress after each page with the number written.
// path may begin with ~/. The file is complete or absent. An export that reveals
// persons is recorded in the audit trail before the first one is written. From a
// damaged ledger Export writes what can be read and returns the number together
// with an error.
//
// The error is a *lookup.LedgerError, that of ctx, or one of the file:
// fs.ErrExist, fs.ErrNotExist (its folder) or fs.ErrPermission.
func (s *Session) Export(ctx context.Context, search lookup.Search, path string, reveal bool, progress func(int)) (int, error) {
	path = s.expandHome(path)
	format, isTable := table.FormatOf(path)
	if !isTable && !strings.EqualFold(filepath.Ext(path), ".jsonl") {
		return 0, errFormat
	}
	file, err := atomicfile.Create(path)
	if err != nil {
		return 0, err
	}
	trace := lookup.AuditEvent{Action: lookup.AuditExportStarted, Detail: juhe.Sanitize(filepath.Base(path)), Masked: !reveal}
	if reveal {
		err = s.Ledger.RecordAudit(ctx, trace)
	}
	if err == nil {
		trace.Count, err = s.writeExport(ctx, file, format, search, reveal, progress)
	}
	partial := isUnreadable(err) && trace.Count > 0
	if err != nil && !partial {
		file.Discard()
		return 0, err
	}
	if err := file.Commit(); err != nil {
		return 0, err
	}
	trace.Action = lookup.AuditExport
	return trace.Count, cmp.Or(err, s.recordExport(context.WithoutCancel(ctx), trace))
}

// recordExport records an export in the audit trail. A read-only ledger can be
// exported masked without a record.
func (s *Session) recordExport(ctx context.Context, trace lookup.AuditEvent) error {
	err := s.Ledger.RecordAudit(ctx, trace)
	var problem *lookup.LedgerError
	if trace.Masked && errors.As(err, &problem) && problem.Problem != lookup.LedgerDamaged {
		return nil
	}
	return err
}

func (s *Session) writeExport(ctx context.Context, w io.Writer, format table.Format, search lookup.Search, reveal bool, progress func(int)) (int, error) {
	buffered := bufio.NewWriterSize(w, 64<<10)
	add, finish, err := s.exporter(buffered, format, reveal)
	if err != nil {
		return 0, err
	}
	written := 0
	_, _, err = eachPage(ctx, s, search, 0, func(recs []lookup.Record) error {
		for _, rec := range recs {
			if err := add(rec); err != nil {
				return err
			}
		}
		written += len(recs)
		progress(written)
		return nil
	})
	if err == nil || isUnreadable(err) {
		err = cmp.Or(finish(), buffered.Flush(), err)
	}
	if errors.Is(err, table.ErrTooManyRows) {
		err = errors.New(s.Messages.Records.TooMany)
	}
	return written, err
}

// exporter returns the functions that write the lookups of a table, or JSONL as
// history list --json prints it for any other format.
func (s *Session) exporter(w io.Writer, format table.Format, reveal bool) (add func(lookup.Record) error, finish func() error, err error) {
	if format != table.CSV && format != table.XLSX {
		add = func(rec lookup.Record) error { return printLookupJSON(w, s, rec, reveal) }
		return add, func() error { return nil }, nil
	}
	var header []string
	for _, c := range s.exportRow(lookup.Record{}, reveal) {
		header = append(header, c.header)
	}
	out, err := table.NewWriter(w, format, header)
	if err != nil {
		return nil, nil, err
	}
	add = func(rec lookup.Record) error {
		var cells []table.Cell
		for _, c := range s.exportRow(rec, reveal) {
			cells = append(cells, c.Cell)
		}
		return out.Write(cells)
	}
	return add, out.Close, nil
}

// exportCell is a cell with the header of its column.
type exportCell struct {
	header string
	table.Cell
}

// exportRow is a lookup as a row for people. Outcomes have their JSON names.
func (s *Session) exportRow(rec lookup.Record, reveal bool) []exportCell {
	line, w, d, code := rec.JSON(s.Messages, reveal), s.Messages, s.Messages.Details, table.Cell{}
	if rec.Code() != 0 {
		code = table.Number(int64(rec.Code()))
	}
	service := line.Service
	if s.Demo {
		service = w.App.Demo
	}
	return []exportCell{
		{d["at"], textCell(rec.At.Format(lookup.ZonedTimeLayout))},
		{w.History.Outcome, textCell(string(line.Outcome))},
		{w.Fields["entname"].Label, textCell(line.Entname)},
		{w.Fields["entmark"].Label, textCell(line.Entmark)},
		{w.Fields["realname"].Label, textCell(line.Realname)},
		{w.Fields["idcard"].Label, textCell(line.Idcard)},
		{w.Records.Meaning, textCell(s.demoMark() + line.Meaning)},
		{d["code"], code},
		{d["regstatus"], textCell(line.Regstatus)},
		{d["billable"], textCell(string(line.Billable))},
		{d["api"], textCell(string(line.API))},
		{d["orderid"], textCell(line.Orderid)},
		{d["reason"], textCell(line.Reason)},
		{w.Runs.Plan.Warnings, textCell(warningsText(s.Messages, line.Warnings))},
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

// demoMark marks the meaning of a demo's result in exports; "" without a demo.
func (s *Session) demoMark() string {
	if s.Demo {
		return s.Messages.App.Demo + s.Messages.Colon
	}
	return ""
}

func warningsText(w *i18n.Messages, remarks []lookup.WarningJSON) string {
	var all []string
	for _, r := range remarks {
		all = append(all, w.Fields[r.Field].Label+w.Colon+r.Text)
	}
	return strings.Join(all, w.Semicolon)
}
