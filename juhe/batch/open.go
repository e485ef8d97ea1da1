package batch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"fourfactor/juhe"
	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
)

// Open opens a new run: it reads the header and checks that the output can be written.
// Nothing is recorded before Execute. The error is an *Error or a *table.ReadError.
//
// If only the columns are unknown (ProblemColumns, ProblemAmbiguous), Open returns the
// Run along with the error; SetColumns then completes it.
func (b *Runner) Open(ctx context.Context, q Request) (*Run, error) {
	path := ""
	if q.Pasted == "" {
		var err error
		if path, err = filepath.Abs(q.InputPath); err != nil {
			return nil, &table.ReadError{Problem: table.ProblemNotFound, Err: err}
		}
	}
	out, err := checkOutput(path, q.OutputPath)
	if err != nil {
		return nil, err
	}
	r := b.newRun(lookup.Run{
		InputPath: path, OutputPath: out, Service: b.Verifier.Service(), Columns: detect.NoColumns(),
		Query: juhe.Query{API: q.API, Regstatus: q.Regstatus}, HoldWarned: q.HoldWarned,
	})
	r.maxCalls, r.pasted = q.MaxCalls, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(q.Pasted) // a terminal sends \r
	if r.input, err = r.openInput(ctx, q.Sheet); err != nil {
		return nil, err
	}
	r.record.InputHash, r.record.Sheet = r.input.Hash(), r.input.Sheet()
	if q.Sheet == "" {
		r.otherSheets = r.input.OtherSheets(ctx)
	}
	if err := r.findHeader(ctx, q); err != nil {
		var columns *Error
		if errors.As(err, &columns) && (columns.Problem == ProblemColumns || columns.Problem == ProblemAmbiguous) {
			return r, err
		}
		r.input.Close()
		return nil, err
	}
	return r, nil
}

// checkOutput checks that an output can be written to a path and returns its absolute
// path. An empty path is allowed for a run that is only planned.
func checkOutput(input, path string) (string, error) {
	if path == "" {
		return "", nil
	}
	out, err := filepath.Abs(path)
	if err != nil {
		return "", &Error{Problem: ProblemOutFail, Path: path, Err: err}
	}
	if _, ok := table.FormatOf(out); !ok {
		return "", &Error{Problem: ProblemOutFormat, Path: path}
	}
	info, err := os.Stat(out)
	if in, inErr := os.Stat(input); err == nil && inErr == nil && os.SameFile(info, in) {
		return "", &Error{Problem: ProblemOutInput, Path: path}
	}
	if _, err := os.Lstat(out); err == nil {
		return "", &Error{Problem: ProblemOutExists, Path: path}
	}
	if folder, err := os.Stat(filepath.Dir(out)); err != nil || !folder.IsDir() {
		return "", &Error{Problem: ProblemOutFail, Path: path, Err: os.ErrNotExist}
	}
	return out, checkWritable(out)
}

// checkWritable creates and removes a file next to the output, so that an error is found
// before anything is paid for.
func checkWritable(out string) error {
	switch err := atomicfile.Check(out); {
	case errors.Is(err, syscall.ENAMETOOLONG), errors.Is(err, syscall.EINVAL), errors.Is(err, syscall.EILSEQ):
		return &Error{Problem: ProblemOutName, Path: out}
	case err != nil:
		return &Error{Problem: ProblemOutFail, Path: out, Err: err}
	}
	return nil
}

// findHeader finds the header and the columns that the request leaves open.
func (r *Run) findHeader(ctx context.Context, q Request) error {
	r.record.HeaderRow = q.HeaderRow
	if err := r.readHeader(ctx); err != nil {
		return err
	}
	r.record.HeaderRow = r.header.Number
	columns := r.header.Columns
	if q.Columns != "" {
		var err error
		// The request may name a column without a header by its letter.
		head := append(slices.Clone(r.header.Texts), make([]string, r.header.Width-len(r.header.Texts))...)
		if columns, err = detect.ParseMapping(q.Columns, head, columns); err != nil {
			return &Error{Problem: ProblemMapping, Err: err}
		}
	}
	if q.Columns == "" && q.Pasted == "" && r.header.Columns == detect.NoColumns() {
		if err := r.checkHeader(ctx); err != nil {
			return err
		}
	}
	return r.SetColumns(columns)
}

// readHeader reads the header and the first rows.
func (r *Run) readHeader(ctx context.Context) (err error) {
	r.header, err = detect.ReadHeader(ctx, r.input, r.record.HeaderRow, r.record.Query.API == juhe.APIQueryV2)
	if err == nil && len(r.header.Sample) == 0 {
		return &Error{Problem: ProblemNoRow, Path: r.record.InputPath, Sheet: r.record.Sheet}
	}
	return err
}

// SetColumns sets the columns of the factors, from 0. A column below 0 is unknown.
func (r *Run) SetColumns(columns detect.Mapping) error {
	var missing, ambiguous []string
	for f := range juhe.NumFactors {
		r.record.Columns[f] = max(columns[f], detect.Missing)
		switch {
		case columns[f] >= 0 && columns[f] < table.MaxColumns:
		case r.header.Columns[f] == detect.Ambiguous:
			ambiguous = append(ambiguous, f.String())
		default:
			missing = append(missing, f.String())
		}
	}
	switch {
	case len(missing) > 0:
		return &Error{Problem: ProblemColumns, Path: r.record.InputPath, Sheet: r.record.Sheet, Fields: missing}
	case len(ambiguous) > 0:
		return &Error{Problem: ProblemAmbiguous, Path: r.record.InputPath, Sheet: r.record.Sheet, Fields: ambiguous}
	}
	return nil
}

// Resume opens a recorded run and locks it until Close. If resend is set, rows whose
// answer was lost are sent again.
func (b *Runner) Resume(ctx context.Context, id lookup.RunID, resend bool) (*Run, error) {
	unlock, err := b.Ledger.LockRun(ctx, id)
	if err != nil {
		return nil, lockError(id, err)
	}
	r, err := b.loadRun(ctx, id)
	if err != nil {
		unlock()
		return nil, err
	}
	r.unlock, r.resend = unlock, resend
	if r.record.Service != b.Verifier.Service() {
		err = &Error{Problem: ProblemService, Detail: r.record.Service}
	} else {
		err = r.checkOwnOutput()
	}
	if err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// lockError converts lookup.ErrLocked to an *Error.
func lockError(id lookup.RunID, err error) error {
	if errors.Is(err, lookup.ErrLocked) {
		return &Error{Problem: ProblemLocked, Detail: id.String()}
	}
	return err
}

// loadRun opens the unchanged input of a recorded run.
func (b *Runner) loadRun(ctx context.Context, id lookup.RunID) (*Run, error) {
	record, ok, err := b.Ledger.Run(ctx, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, &Error{Problem: ProblemUnknownRun, Detail: id.String()}
	}
	r := b.newRun(record)
	if record.InputPath == "" {
		found := false
		if r.pasted, found, err = b.Ledger.PastedRows(ctx, id); err == nil && !found {
			err = &Error{Problem: ProblemPastedGone, Detail: id.String()}
		}
		if err != nil {
			return nil, err
		}
	}
	if r.input, err = r.openInput(ctx, record.Sheet); err != nil {
		return nil, err
	}
	if r.input.Hash() != record.InputHash {
		err = &Error{Problem: ProblemChanged, Path: record.InputPath}
	} else {
		err = r.readHeader(ctx)
	}
	if err != nil {
		r.input.Close()
		return nil, err
	}
	return r, nil
}

// checkHeader returns an error if no column mapping can help: the header is garbled, or
// every line of a delimited file is a single cell.
func (r *Run) checkHeader(ctx context.Context) error {
	switch {
	case r.header.IsGarbled():
		return &Error{Problem: ProblemGarbled, Path: r.record.InputPath, Sheet: r.record.Sheet}
	case r.header.Width == 1 && r.hasOneColumn(ctx) && r.input.Encoding() != "" && r.input.IsDelimited():
		e := &Error{Problem: ProblemOneColumn, Path: r.record.InputPath, Detail: r.header.Separator()}
		if e.Detail != "" {
			e.Problem = ProblemSeparator
		}
		return e
	}
	return nil
}

// hasOneColumn reports whether no row has a second cell.
func (r *Run) hasOneColumn(ctx context.Context) bool {
	const maxRows = 100 // the header may be far down
	top, _ := r.input.FirstRows(ctx, maxRows)
	return !slices.ContainsFunc(top, func(row table.Row) bool { return len(row.Cells) > 1 })
}

// pastedName is the file name of pasted rows. Its extension selects the tab as the
// delimiter.
const pastedName = "pasted.tsv"

// openInput opens the input of a run: a file or pasted rows.
func (r *Run) openInput(ctx context.Context, name string) (*table.Input, error) {
	if r.pasted != "" {
		return table.OpenText(ctx, pastedName, r.pasted, detect.CountFactors)
	}
	return table.Open(ctx, r.record.InputPath, name, detect.CountFactors)
}
