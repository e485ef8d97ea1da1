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

// mayWrite makes sure that an output can be written: that what is there, if
// anything is, is what the run itself has written.
func (r *Run) mayWrite() error {
	sum, err := sumOf(r.kept.OutputPath)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return writable(r.kept.OutputPath)
	case err != nil:
		return &Error{Problem: ProblemOutFail, Path: r.kept.OutputPath, Err: err}
	case !slices.Contains(strings.Fields(r.kept.OutputHash), sum):
		return &Error{Problem: ProblemOutThere, Path: r.kept.OutputPath}
	}
	return nil
}

// sumOf is the SHA-256 of a file, in hexadecimal.
func sumOf(path string) (string, error) {
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

// write writes the output and gives it its name. Its hash is recorded before
// that, beside the one of what it replaces, so that a run that is killed in
// between knows either for its own.
func (r *Run) write(ctx context.Context) error {
	if err := r.mayWrite(); err != nil {
		return err
	}
	file, err := atomicfile.Create(r.kept.OutputPath)
	if errors.Is(err, fs.ErrExist) { // our own
		file, err = atomicfile.Replace(r.kept.OutputPath)
	}
	if err == nil {
		sum := ""
		if sum, err = r.export(ctx, file, false); err == nil {
			err = r.wrote(ctx, strings.TrimSpace(r.kept.OutputHash+" "+sum))
		}
		if err != nil {
			file.Discard()
			return err
		}
		if err = file.Commit(); err == nil {
			return r.wrote(ctx, sum)
		}
	}
	return &Error{Problem: ProblemOutFail, Path: r.kept.OutputPath, Err: err}
}

// wrote records by what the run knows its output.
func (r *Run) wrote(ctx context.Context, sums string) error {
	r.mu.Lock()
	r.kept.OutputHash = sums
	r.mu.Unlock()
	return r.batch.Ledger.SaveRun(ctx, r.kept)
}

// Export writes the rows of a run to a new file, as they are now, and tells how
// many. rest leaves out those that have a verdict, and the results: what can be
// run again. The run may be driven meanwhile, by anyone.
func (b *Batch) Export(ctx context.Context, id lookup.RunID, path string, rest bool) (rows int, err error) {
	r, err := b.load(ctx, id)
	if err != nil {
		return 0, err
	}
	defer r.input.Close()
	out, err := output(r.kept.InputPath, path)
	if err != nil {
		return 0, err
	}
	r.kept.OutputPath, r.bare = out, rest
	if _, err := r.Plan(ctx); err != nil {
		return 0, err
	}
	file, err := atomicfile.Create(out)
	if err == nil {
		if _, err = r.export(ctx, file, rest); err != nil {
			file.Discard()
			return 0, err
		}
		err = file.Commit()
	}
	if err != nil {
		return 0, &Error{Problem: ProblemOutFail, Path: path, Err: err}
	}
	return r.written, nil
}

// export writes the table to a file that is not complete before, and gives its
// hash.
func (r *Run) export(ctx context.Context, file *atomicfile.File, rest bool) (sum string, err error) {
	hash := sha256.New()
	buffer := bufio.NewWriterSize(io.MultiWriter(file, hash), 1<<16)
	format, _ := sheet.FormatOf(r.kept.OutputPath)
	t := table{Run: r, ended: ended{rows: r.batch.Ledger, run: r.kept.ID}, rest: rest}
	if t.out, err = sheet.NewWriter(buffer, format, t.headings()); err == nil {
		err = t.all(ctx)
	}
	if err == nil {
		err = t.out.Close()
	}
	if err == nil {
		err = buffer.Flush()
	}
	r.written = t.written
	return hex.EncodeToString(hash.Sum(nil)), outError(r.kept.OutputPath, err)
}

// outError tells what is wrong with the table itself.
func outError(path string, err error) error {
	var failed *fs.PathError
	if errors.Is(err, sheet.ErrRows) || errors.Is(err, sheet.ErrColumns) || errors.Is(err, sheet.ErrCell) || errors.As(err, &failed) {
		return &Error{Problem: ProblemOutFail, Path: path, Err: err}
	}
	return err
}

// headings are the input's and those of the results.
func (t *table) headings() []string {
	head := append([]string(nil), t.head...)
	if len(head) == 0 {
		for i := range t.width {
			head = append(head, sheet.ColumnName(i))
		}
	}
	t.columns = max(len(head), t.width)
	for len(head) < t.columns {
		head = append(head, "")
	}
	if t.rest {
		name := t.batch.Words.ResultColumn(ReasonColumn)
		if t.reason = slices.Index(head, name); t.reason < 0 {
			t.reason = len(head)
			head = append(head, name)
		}
		return head
	}
	for _, name := range ResultColumns() {
		head = append(head, t.batch.Words.ResultColumn(name))
	}
	return head
}

// result is how a row ended, as the output tells it.
type result struct {
	row    lookup.RunRow
	known  bool
	record lookup.Record // zero if it was deleted
	of     int           // the row that asked before, if one did
	fault  Fault
	held   []ident.Warning // the warnings that hold it back
	// remarks are those of the row itself: an earlier look-up has those of what was
	// typed then.
	remarks []ident.Warning
}

// cells are the columns of a result.
func (t *table) result(r result) []sheet.Cell {
	w, rec := t.batch.Words, r.record
	outcome, meaning := juhe.Unsent, w.NotYet()
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
		meaning = w.Held(t.remarks(r.held))
	case r.known && r.row.Reused && outcome == juhe.Lost:
		meaning = w.Meaning(string(outcome), string(leftBy(rec, t.kept)), "", 0)
	case told:
		meaning = rec.Meaning(w)
	case r.known:
		meaning = w.Deleted()
	}
	if told && r.row.Reused {
		meaning += " [" + w.Earlier(rec.At.Format(time.DateTime), string(rec.Query.API), string(rec.Reply.Outcome), outcome.Verdict()) + "]"
	}
	if r.of != 0 {
		meaning += " [" + w.Duplicate(r.of) + "]"
	}
	cells := []sheet.Cell{sheet.Text(w.OutcomeName(string(outcome))), sheet.Text(t.batch.Mark + meaning)}
	if !told {
		return append(cells, make([]sheet.Cell, len(ResultColumns())-len(cells))...)
	}
	remarks := rec.Warnings
	if r.of != 0 || r.row.Reused {
		remarks = r.remarks
	}
	code := sheet.Cell{}
	if n := rec.Code(); n != 0 {
		code = sheet.Number(int64(n))
	}
	return append(cells, code, sheet.Text(rec.Reply.Regstatus), sheet.Text(rec.Reply.Orderid),
		sheet.Text(w.BillableName(string(r.billable()))), sheet.Text(t.remarks(remarks)),
		sheet.Text(rec.At.Format(lookup.TimeZoned)), sheet.Text(rec.ID))
}

// leftBy is why an earlier look-up leaves a row of a run lost: it has no verdict, or one
// that does not answer. A verdict from after the run began was ahead of the clock.
func leftBy(rec lookup.Record, run lookup.Run) juhe.FaultKind {
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
	case r.row.Outcome == juhe.Lost && r.of == 0: // though it was not sent again
		return juhe.BillableUnknown
	case r.of != 0 || r.row.Reused:
		return juhe.BillableNo
	}
	return r.record.Reply.Billable
}

func (t *table) remarks(remarks []ident.Warning) string { return remarksText(t.batch.Words, remarks) }

func remarksText(w Words, remarks []ident.Warning) string {
	text := ""
	for i, m := range remarks {
		if i > 0 {
			text += "; "
		}
		text += lookup.WarningText(w, m)
	}
	return text
}
