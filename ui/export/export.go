// Package export writes the history to files: tables for people, and JSONL that can be
// imported again.
package export

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/i18n"
)

// Ledger is the part of ledger.Ledger that an export needs.
type Ledger interface {
	Search(context.Context, lookup.Search) (lookup.Page, error)
	RecordAudit(context.Context, ...lookup.AuditEvent) error
	Where() string // for errors
}

// Exporter writes the lookups of a ledger to files.
type Exporter struct {
	Messages *i18n.Messages
	Ledger   Ledger
	Home     string // for a path that begins with ~/
	Demo     bool
}

// ErrFormat means that the file extension names no format.
var ErrFormat = errors.New("the name has to end in .csv, .xlsx or .jsonl")

// Write writes the lookups that a search finds to a new file, in the format of its
// extension, and calls progress after each page with the number written. The file
// is complete or absent. An export that reveals persons is recorded in the audit
// log before the first one is written. From a damaged ledger Write writes what can
// be read and returns the number together with an error: see IsUnreadable.
//
// The error is a *lookup.LedgerError, that of ctx, or one of the file: ErrFormat,
// fs.ErrExist, fs.ErrNotExist (its folder) or fs.ErrPermission.
func (e Exporter) Write(ctx context.Context, search lookup.Search, path string, reveal bool, progress func(int)) (int, error) {
	path = ExpandHome(e.Home, path)
	format, isTable := table.FormatOf(path)
	if !isTable && !strings.EqualFold(filepath.Ext(path), ".jsonl") {
		return 0, ErrFormat
	}
	file, err := atomicfile.Create(path)
	if err != nil {
		return 0, err
	}
	event := lookup.AuditEvent{Action: lookup.AuditExportStarted, Detail: juhe.Sanitize(filepath.Base(path)), Masked: !reveal}
	if reveal {
		err = e.Ledger.RecordAudit(ctx, event)
	}
	if err == nil {
		event.Count, err = e.writeLookups(ctx, file, format, search, reveal, progress)
	}
	partial := IsUnreadable(err) && event.Count > 0
	if err != nil && !partial {
		file.Discard()
		return 0, err
	}
	if err := file.Commit(); err != nil {
		return 0, err
	}
	event.Action = lookup.AuditExport
	return event.Count, cmp.Or(err, e.recordExport(context.WithoutCancel(ctx), event))
}

// ExpandHome expands a leading ~/, which a shell leaves alone in --out=~/file.
func ExpandHome(home, path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok && home != "" {
		return filepath.Join(home, rest)
	}
	return path
}

// recordExport records an export in the audit log. A read-only ledger can be
// exported masked without a record.
func (e Exporter) recordExport(ctx context.Context, event lookup.AuditEvent) error {
	err := e.Ledger.RecordAudit(ctx, event)
	if problem, ok := errors.AsType[*lookup.LedgerError](err); ok && event.Masked && problem.Problem != lookup.LedgerDamaged {
		return nil
	}
	return err
}

func (e Exporter) writeLookups(ctx context.Context, w io.Writer, format table.Format, search lookup.Search, reveal bool, progress func(int)) (int, error) {
	buffered := bufio.NewWriterSize(w, 64<<10)
	add, finish, err := e.newWriter(buffered, format, reveal)
	if err != nil {
		return 0, err
	}
	written := 0
	_, _, err = EachPage(ctx, e.Ledger, search, 0, func(recs []lookup.Record) error {
		for _, rec := range recs {
			if err := add(rec); err != nil {
				return err
			}
		}
		written += len(recs)
		progress(written)
		return nil
	})
	if err == nil || IsUnreadable(err) {
		err = cmp.Or(finish(), buffered.Flush(), err)
	}
	if errors.Is(err, table.ErrTooManyRows) {
		err = errors.New(e.Messages.Records.TooMany)
	}
	return written, err
}

// pageSize is the number of lookups that are read at once.
const pageSize = 500

// EachPage calls each for every page that a search finds, up to limit lookups,
// or all for 0. It returns the number read and whether there may be more. It
// skips unreadable lookups and returns an error for them at the end.
func EachPage(ctx context.Context, l Ledger, search lookup.Search, limit int, each func([]lookup.Record) error) (n int, more bool, err error) {
	unreadable := 0
	for {
		search.Limit = pageSize
		if limit > 0 {
			search.Limit = min(pageSize, limit-n)
		}
		page, err := l.Search(ctx, search)
		if err == nil && len(page.Records) > 0 {
			err = each(page.Records)
		}
		n, unreadable = n+len(page.Records), unreadable+page.Unreadable
		if err == nil && page.More && (limit == 0 || n < limit) {
			search.After = page.Next
			continue
		}
		if err == nil && unreadable > 0 {
			err = lookup.NewUnreadableError(l.Where(), unreadable)
		}
		return n, page.More, err
	}
}

// IsUnreadable reports whether err means that a part of the ledger cannot be
// read.
func IsUnreadable(err error) bool {
	problem, ok := errors.AsType[*lookup.LedgerError](err)
	return ok && problem.Problem == lookup.LedgerUnreadable
}

// ErrorText returns text saying why an export to path failed.
func ErrorText(m *i18n.Messages, err error, path string) string {
	w := m.Records
	format := ""
	var ledger *lookup.LedgerError
	switch {
	case errors.As(err, &ledger): // whatever it wraps is not about the file
	case errors.Is(err, ErrFormat):
		format = w.BadExtension
	case errors.Is(err, fs.ErrExist):
		format = w.Exists
	case errors.Is(err, fs.ErrNotExist):
		format = w.NoFolder
	case errors.Is(err, fs.ErrPermission):
		format = w.Denied
	}
	if format != "" {
		return fmt.Sprintf(format, juhe.Sanitize(path))
	}
	return m.ErrorText(err)
}

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
