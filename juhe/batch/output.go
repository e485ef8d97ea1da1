package batch

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
)

// Column is a column that an output adds to those of the input.
type Column string

// The columns. An export of unresolved rows has only ColumnReason.
const (
	ColumnOutcome   Column = "outcome"
	ColumnMeaning   Column = "meaning"
	ColumnCode      Column = "code"
	ColumnRegstatus Column = "regstatus"
	ColumnOrderid   Column = "orderid"
	ColumnBillable  Column = "billable"
	ColumnWarnings  Column = "remarks"
	ColumnAt        Column = "at"
	ColumnID        Column = "id"
	ColumnReason    Column = "reason"
)

// ResultColumns returns the columns of an output with results.
func ResultColumns() []Column {
	return []Column{ColumnOutcome, ColumnMeaning, ColumnCode, ColumnRegstatus, ColumnOrderid, ColumnBillable, ColumnWarnings, ColumnAt, ColumnID}
}

// checkOwnOutput checks that the output can be written: it does not exist, or the run
// itself wrote it.
func (r *Run) checkOwnOutput() error {
	sum, err := fileHash(r.record.OutputPath)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return checkWritable(r.record.OutputPath)
	case err != nil:
		return &Error{Problem: ProblemOutFail, Path: r.record.OutputPath, Err: err}
	case !slices.Contains(strings.Fields(r.record.OutputHash), sum):
		return &Error{Problem: ProblemOutExists, Path: r.record.OutputPath}
	}
	return nil
}

// fileHash returns the SHA-256 of a file in hexadecimal.
func fileHash(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// writeOutput writes the output. It records the new hash along with the old one before it
// replaces the file, so that a run that is killed in between recognizes both files.
func (r *Run) writeOutput(ctx context.Context) error {
	if err := r.checkOwnOutput(); err != nil {
		return err
	}
	file, err := atomicfile.Create(r.record.OutputPath)
	if errors.Is(err, fs.ErrExist) { // the run's own
		file, err = atomicfile.Replace(r.record.OutputPath)
	}
	if err == nil {
		sum := ""
		if sum, err = r.writeTable(ctx, file, false); err == nil {
			err = r.recordOutputHash(ctx, strings.TrimSpace(r.record.OutputHash+" "+sum))
		}
		if err != nil {
			file.Discard()
			return err
		}
		if err = file.Commit(); err == nil {
			return r.recordOutputHash(ctx, sum)
		}
	}
	return &Error{Problem: ProblemOutFail, Path: r.record.OutputPath, Err: err}
}

// recordOutputHash records the hashes by which the run recognizes its output.
func (r *Run) recordOutputHash(ctx context.Context, sums string) error {
	r.change(func(run *lookup.Run) { run.OutputHash = sums })
	return r.runner.Ledger.SaveRun(ctx, r.record)
}

// Export writes the current state of a run to a new file and returns the number of rows.
// If unresolvedOnly is set, it writes only the rows without a verdict, with the reason
// instead of results, as the input of another run. A process may execute the run at the
// same time.
func (b *Runner) Export(ctx context.Context, id lookup.RunID, path string, unresolvedOnly bool) (rows int, err error) {
	r, err := b.loadRun(ctx, id)
	if err != nil {
		return 0, err
	}
	defer r.input.Close()
	out, err := checkOutput(r.record.InputPath, path)
	if err != nil {
		return 0, err
	}
	r.record.OutputPath, r.reasonsOnly = out, unresolvedOnly
	if _, err := r.Plan(ctx); err != nil {
		return 0, err
	}
	file, err := atomicfile.Create(out)
	if err == nil {
		if _, err = r.writeTable(ctx, file, unresolvedOnly); err != nil {
			file.Discard()
			return 0, err
		}
		err = file.Commit()
	}
	if err != nil {
		return 0, &Error{Problem: ProblemOutFail, Path: path, Err: err}
	}
	return r.outputRows, nil
}

// writeTable writes the table to an incomplete file and returns its hash.
func (r *Run) writeTable(ctx context.Context, file *atomicfile.File, unresolvedOnly bool) (sum string, err error) {
	hash := sha256.New()
	buffer := bufio.NewWriterSize(io.MultiWriter(file, hash), 1<<16)
	format, _ := table.FormatOf(r.record.OutputPath)
	t := outputTable{Run: r, unresolvedOnly: unresolvedOnly}
	if t.out, err = table.NewWriter(buffer, format, t.outputHeader()); err == nil {
		err = t.writeRows(ctx)
	}
	if err == nil {
		err = t.out.Close()
	}
	if err == nil {
		err = buffer.Flush()
	}
	r.outputRows = t.rowsWritten
	return hex.EncodeToString(hash.Sum(nil)), outputError(r.record.OutputPath, err)
}

// outputError converts errors of the output to an *Error.
func outputError(path string, err error) error {
	var failed *fs.PathError
	if errors.Is(err, table.ErrTooManyRows) || errors.Is(err, table.ErrTooManyColumns) || errors.Is(err, table.ErrCellTooLong) || errors.As(err, &failed) {
		return &Error{Problem: ProblemOutFail, Path: path, Err: err}
	}
	return err
}

// outputHeader returns the header of the input, followed by that of the results.
func (t *outputTable) outputHeader() []string {
	head := append([]string(nil), t.header.Texts...)
	if len(head) == 0 {
		for i := range t.header.Width {
			head = append(head, table.ColumnName(i))
		}
	}
	t.inputColumns = max(len(head), t.header.Width)
	for len(head) < t.inputColumns {
		head = append(head, "")
	}
	if t.unresolvedOnly {
		name := t.runner.Messages.ColumnTitle(ColumnReason)
		if t.reasonColumn = slices.Index(head, name); t.reasonColumn < 0 {
			t.reasonColumn = len(head)
			head = append(head, name)
		}
		return head
	}
	for _, name := range ResultColumns() {
		head = append(head, t.runner.Messages.ColumnTitle(name))
	}
	return head
}

// result is the outcome of a row as an output shows it.
type result struct {
	row         lookup.RunRow
	record      lookup.Record // zero if deleted
	duplicateOf int           // number of the earlier row with the same factors, or 0
	fault       lookup.RowFault
	held        []ident.Warning // why the row is held back
	// warnings are those of the row. A reused lookup has the warnings of another input.
	warnings []ident.Warning
}

// resultCells returns the cells of a row by column. Columns without a value are missing.
func (t *outputTable) resultCells(r result) map[Column]table.Cell {
	texts, rec, outcome := t.runner.Messages, r.record, r.row.Outcome
	// A row may be lost because of another lookup that was in progress. If that is
	// concluded by now, its result says nothing about this row.
	current := outcome != "" && rec.ID != "" && rec.RowOutcome() == outcome
	issue := RowIssue{UnresolvedRow: lookup.UnresolvedRow{RunRow: r.row, Fault: r.fault}, LostReason: lostReason(rec, t.record)}
	issue.Fault.Warnings = r.held
	if current {
		issue.Record = rec
	}
	meaning := texts.RowMeaning(issue)
	if current && r.row.Reused {
		meaning += " [" + texts.Earlier(rec, outcome.IsVerdict()) + "]"
	}
	if r.duplicateOf != 0 {
		meaning += " [" + texts.Duplicate(r.duplicateOf) + "]"
	}
	cells := map[Column]table.Cell{
		ColumnOutcome: table.Text(texts.OutcomeName(cmp.Or(outcome, juhe.Unsent))),
		ColumnMeaning: table.Text(t.runner.MeaningPrefix + meaning),
	}
	if !current {
		return cells
	}
	warnings := rec.Warnings
	if r.duplicateOf != 0 || r.row.Reused {
		warnings = r.warnings
	}
	if code := rec.Code(); code != 0 {
		cells[ColumnCode] = table.Number(int64(code))
	}
	cells[ColumnRegstatus] = table.Text(rec.Reply.Regstatus)
	cells[ColumnOrderid] = table.Text(rec.Reply.Orderid)
	cells[ColumnBillable] = table.Text(texts.BillableName(r.billable()))
	cells[ColumnWarnings] = table.Text(texts.RowWarnings(warnings))
	cells[ColumnAt] = table.Text(rec.At.Format(lookup.ZonedTimeLayout))
	cells[ColumnID] = table.Text(rec.ID)
	return cells
}

// lostReason returns why a row is lost because of an earlier lookup: the lookup has no
// verdict, or its verdict cannot be reused. If it is dated after the start of the run, the
// clock was behind.
func lostReason(rec lookup.Record, run lookup.Run) juhe.FaultKind {
	switch {
	case !rec.Reply.Outcome.IsVerdict():
		return juhe.FaultUnsettled
	case rec.At.After(run.StartedAt):
		return cmp.Or(rec.ReuseFault(run.Service), juhe.FaultVerdictInFuture)
	}
	return cmp.Or(rec.ReuseFault(run.Service), juhe.FaultUnsettled)
}

// billable returns whether the row itself was billed.
func (r result) billable() juhe.Billable {
	switch {
	case r.row.Outcome == juhe.Lost && r.duplicateOf == 0: // even if another lookup is the reason
		return juhe.BillableUnknown
	case r.duplicateOf != 0 || r.row.Reused:
		return juhe.BillableNo
	}
	return r.record.Reply.Billable
}
