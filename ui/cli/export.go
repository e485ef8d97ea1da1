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
	"fourfactor/juhe/sheet"
	"fourfactor/ui/i18n"
)

// errFormat says that the name of a file does not tell how to write it.
var errFormat = errors.New("the name has to end in .csv, .xlsx or .jsonl")

// exportWriter takes the look-ups of an export, one by one.
type exportWriter interface {
	add(rec lookup.Record) error
	end() error
}

// Export writes what a search finds to a new file, in the format that its name
// says, and tells after each page how many look-ups are written. The file
// appears when it is complete. That persons are about to leave is traced
// before the first does. A path may begin with ~/. Of a damaged ledger the file
// has what can be read: there is a number and an error then.
//
// An error is a *lookup.LedgerError, the context's, or about the file: errors.Is
// knows fs.ErrExist, fs.ErrNotExist (its folder) and fs.ErrPermission.
func (s *Session) Export(ctx context.Context, search lookup.Search, path string, reveal bool, progress func(int)) (int, error) {
	path = s.expandHome(path)
	format, table := sheet.FormatOf(path)
	if !table && !strings.EqualFold(filepath.Ext(path), ".jsonl") {
		return 0, errFormat
	}
	if err := s.WaitForDemo(ctx); err != nil {
		return 0, err
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
	partly := isUnreadable(err) && trace.Count > 0
	if err != nil && !partly {
		file.Discard()
		return 0, err
	}
	if err := file.Commit(); err != nil {
		return 0, err
	}
	trace.Action = lookup.AuditExport
	return trace.Count, cmp.Or(err, s.recordExport(context.WithoutCancel(ctx), trace))
}

// recordExport tells the audit trail of an export. A ledger that can only be
// read can still be exported, but with no person.
func (s *Session) recordExport(ctx context.Context, trace lookup.AuditEvent) error {
	err := s.Ledger.RecordAudit(ctx, trace)
	var problem *lookup.LedgerError
	if trace.Masked && errors.As(err, &problem) && problem.Problem != lookup.LedgerDamaged {
		return nil
	}
	return err
}

func (s *Session) writeExport(ctx context.Context, w io.Writer, format sheet.Format, search lookup.Search, reveal bool, progress func(int)) (int, error) {
	buffered := bufio.NewWriterSize(w, 64<<10)
	out, err := s.newExportWriter(buffered, format, reveal)
	if err != nil {
		return 0, err
	}
	written := 0
	_, _, err = eachPage(ctx, s, search, 0, func(recs []lookup.Record) error {
		for _, rec := range recs {
			if err := out.add(rec); err != nil {
				return err
			}
		}
		written += len(recs)
		progress(written)
		return nil
	})
	if err == nil || isUnreadable(err) {
		err = cmp.Or(out.end(), buffered.Flush(), err)
	}
	if errors.Is(err, sheet.ErrTooManyRows) {
		err = errors.New(s.Words.Records.TooMany)
	}
	return written, err
}

// newExportWriter begins a table, or lines of JSON if it is in no format of a table.
func (s *Session) newExportWriter(w io.Writer, format sheet.Format, reveal bool) (exportWriter, error) {
	if format != sheet.CSV && format != sheet.XLSX {
		return &jsonlExport{s, w, reveal}, nil
	}
	e := &tableExport{Session: s, reveal: reveal}
	var head []string
	for _, c := range e.row(lookup.Record{}) {
		head = append(head, c.head)
	}
	var err error
	e.out, err = sheet.NewWriter(w, format, head)
	return e, err
}

// jsonlExport is JSONL, as history list --json prints it.
type jsonlExport struct {
	*Session
	w      io.Writer
	reveal bool
}

func (e *jsonlExport) add(rec lookup.Record) error {
	return printLookupJSON(e.w, e.Session, rec, e.reveal)
}
func (e *jsonlExport) end() error { return nil }

// tableExport is a table for people. Its outcomes are the names of JSON.
type tableExport struct {
	*Session
	out    *sheet.Writer
	reveal bool
}

func (e *tableExport) end() error { return e.out.Close() }

func (e *tableExport) add(rec lookup.Record) error {
	var cells []sheet.Cell
	for _, c := range e.row(rec) {
		cells = append(cells, c.Cell)
	}
	return e.out.Write(cells)
}

// exportCell is a cell with the head of its column.
type exportCell struct {
	head string
	sheet.Cell
}

func (e *tableExport) row(rec lookup.Record) []exportCell {
	line, w, code := rec.Line(e.Words, e.reveal), e.Words.Records.Columns, sheet.Cell{}
	if rec.Code() != 0 {
		code = sheet.Number(int64(rec.Code()))
	}
	return []exportCell{
		{w["at"], textCell(rec.At.Format(lookup.TimeZoned))},
		{w["outcome"], textCell(string(line.Outcome))},
		{w["entname"], textCell(line.Entname)},
		{w["entmark"], textCell(line.Entmark)},
		{w["realname"], textCell(line.Realname)},
		{w["idcard"], textCell(line.Idcard)},
		{w["meaning"], textCell(e.demoMark() + line.Meaning)},
		{w["code"], code},
		{w["regstatus"], textCell(line.Regstatus)},
		{w["billable"], textCell(string(line.Billable))},
		{w["api"], textCell(string(line.API))},
		{w["orderid"], textCell(line.Orderid)},
		{w["reason"], textCell(line.Reason)},
		{w["remarks"], textCell(remarksText(e.Words, line.Warnings))},
		{w["elapsed_ms"], sheet.Number(line.ElapsedMS)},
		{w["id"], textCell(line.ID)},
		{w["service"], textCell(e.serviceText(line.Service))},
	}
}

// textCell is a text that a cell of a sheet can hold.
func textCell(text string) sheet.Cell {
	if runes := []rune(text); len(runes) > cellLimit {
		text = string(runes[:cellLimit]) + "…"
	}
	return sheet.Text(text)
}

// cellLimit is below that of XLSX, whatever the characters.
const cellLimit = 16000

// demoMark stands before what a demo's result means, wherever it is written.
func (s *Session) demoMark() string {
	if s.Demo {
		return s.Words.App.Demo + s.Words.Colon
	}
	return ""
}

// serviceText says so if it was the demo's.
func (s *Session) serviceText(service string) string {
	if s.Demo {
		return s.Words.App.Demo
	}
	return service
}

func remarksText(w *i18n.Text, remarks []lookup.WarningJSON) string {
	var all []string
	for _, r := range remarks {
		all = append(all, w.Fields[r.Field].Label+w.Colon+r.Text)
	}
	return strings.Join(all, w.Semicolon)
}
