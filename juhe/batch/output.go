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
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/sheet"
)

// ResultColumns are the columns that an output adds to the input's.
func ResultColumns() []string {
	return []string{"outcome", "meaning", "code", "regstatus", "orderid", "billable", "remarks", "at", "id"}
}

// ReasonColumn is the column that tells why a row has no verdict, where only those
// rows are written.
const ReasonColumn = "reason"

// checkOwnOutput makes sure that an output can be written: that what is there, if
// anything is, is what the run itself has written.
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

// fileHash is the SHA-256 of a file, in hexadecimal.
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

// writeOutput writes the output and gives it its name. Its hash is recorded before
// that, beside the one of what it replaces, so that a run that is killed in
// between knows either for its own.
func (r *Run) writeOutput(ctx context.Context) error {
	if err := r.checkOwnOutput(); err != nil {
		return err
	}
	file, err := atomicfile.Create(r.record.OutputPath)
	if errors.Is(err, fs.ErrExist) { // our own
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

// recordOutputHash records by what the run knows its output.
func (r *Run) recordOutputHash(ctx context.Context, sums string) error {
	r.mu.Lock()
	r.record.OutputHash = sums
	r.mu.Unlock()
	return r.batch.Ledger.SaveRun(ctx, r.record)
}

// Export writes the rows of a run to a new file, as they are now, and tells how
// many. rest leaves out those that have a verdict, and the results: what can be
// run again. The run may be driven meanwhile, by anyone.
func (b *Runner) Export(ctx context.Context, id lookup.RunID, path string, rest bool) (rows int, err error) {
	r, err := b.loadRun(ctx, id)
	if err != nil {
		return 0, err
	}
	defer r.input.Close()
	out, err := checkOutput(r.record.InputPath, path)
	if err != nil {
		return 0, err
	}
	r.record.OutputPath, r.reasonsOnly = out, rest
	if _, err := r.Plan(ctx); err != nil {
		return 0, err
	}
	file, err := atomicfile.Create(out)
	if err == nil {
		if _, err = r.writeTable(ctx, file, rest); err != nil {
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

// writeTable writes the table to a file that is not complete before, and gives its
// hash.
func (r *Run) writeTable(ctx context.Context, file *atomicfile.File, rest bool) (sum string, err error) {
	hash := sha256.New()
	buffer := bufio.NewWriterSize(io.MultiWriter(file, hash), 1<<16)
	format, _ := sheet.FormatOf(r.record.OutputPath)
	t := table{Run: r, ended: endedRows{rows: r.batch.Ledger, run: r.record.ID}, unresolvedOnly: rest}
	if t.out, err = sheet.NewWriter(buffer, format, t.outputHeader()); err == nil {
		err = t.writeAll(ctx)
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

// outputError tells what is wrong with the table itself.
func outputError(path string, err error) error {
	var failed *fs.PathError
	if errors.Is(err, sheet.ErrTooManyRows) || errors.Is(err, sheet.ErrTooManyColumns) || errors.Is(err, sheet.ErrCellTooLong) || errors.As(err, &failed) {
		return &Error{Problem: ProblemOutFail, Path: path, Err: err}
	}
	return err
}

// outputHeader are the input's and those of the results.
func (t *table) outputHeader() []string {
	head := append([]string(nil), t.header...)
	if len(head) == 0 {
		for i := range t.columnCount {
			head = append(head, sheet.ColumnName(i))
		}
	}
	t.inputColumns = max(len(head), t.columnCount)
	for len(head) < t.inputColumns {
		head = append(head, "")
	}
	if t.unresolvedOnly {
		name := t.batch.Messages.ResultColumn(ReasonColumn)
		if t.reasonColumn = slices.Index(head, name); t.reasonColumn < 0 {
			t.reasonColumn = len(head)
			head = append(head, name)
		}
		return head
	}
	for _, name := range ResultColumns() {
		head = append(head, t.batch.Messages.ResultColumn(name))
	}
	return head
}

// result is how a row ended, as the output tells it.
type result struct {
	row         lookup.RunRow
	known       bool
	record      lookup.Record // zero if it was deleted
	duplicateOf int           // the row that asked before, if one did
	fault       Fault
	held        []ident.Warning // the warnings that hold it back
	// warnings are those of the row itself: an earlier look-up has those of what was
	// typed then.
	warnings []ident.Warning
}

// cells are the columns of a result.
func (t *table) resultCells(r result) []sheet.Cell {
	w, rec := t.batch.Messages, r.record
	outcome, meaning := juhe.Unsent, w.NotSentYet()
	if r.known {
		outcome, meaning = r.row.Outcome, ""
	}
	// The look-up that a row was left lost for may have ended since, or may not
	// yet: then it does not tell of this row.
	told := r.known && rec.ID != "" && rec.RowOutcome() == r.row.Outcome
	switch {
	case r.fault.Problem != "":
		meaning = w.RowFault(r.fault.Field, r.fault.Problem, r.fault.Cells)
	case len(r.held) > 0 && outcome == juhe.Unsent:
		meaning = w.HeldBack(t.warningsText(r.held))
	case r.known && r.row.Reused && outcome == juhe.Lost:
		meaning = w.Meaning(string(outcome), string(lostReason(rec, t.record)), "", 0)
	case told:
		meaning = rec.Meaning(w)
	case r.known:
		meaning = w.Deleted()
	}
	if told && r.row.Reused {
		meaning += " [" + w.Earlier(rec.At.Format(time.DateTime), string(rec.Query.API), string(rec.Reply.Outcome), outcome.Verdict()) + "]"
	}
	if r.duplicateOf != 0 {
		meaning += " [" + w.Duplicate(r.duplicateOf) + "]"
	}
	cells := []sheet.Cell{sheet.Text(w.OutcomeName(string(outcome))), sheet.Text(t.batch.MeaningPrefix + meaning)}
	if !told {
		return append(cells, make([]sheet.Cell, len(ResultColumns())-len(cells))...)
	}
	remarks := rec.Warnings
	if r.duplicateOf != 0 || r.row.Reused {
		remarks = r.warnings
	}
	code := sheet.Cell{}
	if n := rec.Code(); n != 0 {
		code = sheet.Number(int64(n))
	}
	return append(cells, code, sheet.Text(rec.Reply.Regstatus), sheet.Text(rec.Reply.Orderid),
		sheet.Text(w.BillableName(string(r.billable()))), sheet.Text(t.warningsText(remarks)),
		sheet.Text(rec.At.Format(lookup.TimeZoned)), sheet.Text(rec.ID))
}

// lostReason is why an earlier look-up leaves a row of a run lost: it has no verdict, or one
// that does not answer. A verdict from after the run began was ahead of the clock.
func lostReason(rec lookup.Record, run lookup.Run) juhe.FaultKind {
	switch {
	case !rec.Reply.Outcome.Verdict():
		return juhe.FaultUnsettled
	case rec.At.After(run.StartedAt):
		return cmp.Or(rec.ReuseFault(run.Service), juhe.FaultVerdictAhead)
	}
	return cmp.Or(rec.ReuseFault(run.Service), juhe.FaultUnsettled)
}

// billable is what this row itself costs.
func (r result) billable() juhe.Billable {
	switch {
	case r.row.Outcome == juhe.Lost && r.duplicateOf == 0: // though it was not sent again
		return juhe.BillableUnknown
	case r.duplicateOf != 0 || r.row.Reused:
		return juhe.BillableNo
	}
	return r.record.Reply.Billable
}

func (t *table) warningsText(remarks []ident.Warning) string {
	return warningsText(t.batch.Messages, remarks)
}

func warningsText(w Messages, remarks []ident.Warning) string {
	text := ""
	for i, m := range remarks {
		if i > 0 {
			text += "; "
		}
		text += lookup.WarningText(w, m)
	}
	return text
}
