package batch

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"iter"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// Fault says why a row cannot be sent. The zero Fault is none.
type Fault struct {
	Field   string // wire name of the factor
	Column  int    // from 0
	Problem string // a detect.Corruption or lookup.InputProblem
	Cells   int    // too many or too few, if that is the problem
}

// inputRow is a row of the input with the result of its check: see checkRow.
type inputRow struct {
	detect.Row
	fault    Fault
	warnings []ident.Warning // of a row that can be sent
}

// inputRows returns the rows below the header.
func (r *Run) inputRows(ctx context.Context) iter.Seq2[inputRow, error] {
	return func(yield func(inputRow, error) bool) {
		for row, err := range r.header.Rows(ctx, r.input, r.record.Columns, r.runner.Now()) {
			if !yield(inputRow{Row: row}, err) {
				return
			}
		}
	}
}

// isShifted reports whether it is unknown which cell belongs to which column.
func (r inputRow) isShifted() bool { return r.fault.Cells > 0 }

// findFault returns the first fault of a row. normal has its normalized factors.
func (r *Run) findFault(row *inputRow, normal juhe.Factors) Fault {
	header := Fault{Field: juhe.Entmark.String(), Column: r.record.Columns[juhe.Entmark], Problem: string(detect.CorruptionHeader)}
	switch {
	case detect.IsTotal(normal[juhe.Entname]):
		return header
	case row.Excess > 0:
		return Fault{Column: row.Column, Problem: string(row.Problem), Cells: row.Excess}
	case row.Problem != "":
		return Fault{Field: juhe.Entmark.String(), Column: row.Column, Problem: string(row.Problem)}
	}
	for f := range juhe.NumFactors {
		problem := string(row.Corruption[f])
		absent := lookup.CheckInput(f, row.Factors[f])
		if problem == "" || problem == string(detect.CorruptionNumber) && absent == lookup.InputPlaceholder { // a number, 0
			problem = string(absent)
		}
		if problem != "" {
			return Fault{Field: f.String(), Column: r.record.Columns[f], Problem: problem}
		}
	}
	if detect.IsHeader(normal[juhe.Entmark], normal[juhe.Idcard]) {
		return header
	}
	return Fault{}
}

// factorsKey is a hash of factors. Among a million rows, two different ones have the same
// key in one of 40 million runs. The output is then refused: see table.flush.
type factorsKey uint64

func newFactorsKey(normal juhe.Factors) factorsKey {
	var text [256]byte
	b := text[:0]
	for _, value := range normal {
		b = binary.AppendUvarint(b, uint64(len(value)))
		b = append(b, value...)
	}
	sum := sha256.Sum256(b)
	return factorsKey(binary.BigEndian.Uint64(sum[:8]))
}

// ledgerPage is the number of rows read from the ledger at a time.
const ledgerPage = 1000

// runRowReader reads the ended rows of a run in ascending order.
type runRowReader struct {
	rows      Rows
	run       lookup.RunID
	page      []lookup.RunRow
	after     int
	exhausted bool
}

// find returns the end of a row. Row numbers must ascend from call to call.
func (e *runRowReader) find(ctx context.Context, number int) (r lookup.RunRow, ok bool, err error) {
	for {
		for len(e.page) > 0 && e.page[0].Row < number {
			e.page = e.page[1:]
		}
		if len(e.page) > 0 && e.page[0].Row == number {
			return e.page[0], true, nil
		}
		if len(e.page) > 0 {
			return r, false, nil
		}
		if e.exhausted || e.run == 0 {
			return r, false, nil
		}
		if e.page, err = e.rows.RunRows(ctx, e.run, e.after, ledgerPage); err != nil {
			return r, false, err
		}
		e.exhausted = len(e.page) < ledgerPage
		if len(e.page) > 0 {
			e.after = e.page[len(e.page)-1].Row
		}
	}
}

// resendConsent reports whether a row is to be sent or sent again, and returns the
// consent that the plan gave.
func (r *Run) resendConsent(runRow lookup.RunRow, known bool) (lookup.Consent, bool) {
	consent := lookup.Consent{HistoryLost: true, ClockBehind: r.plan.ClockBehind} // confirmed with the plan
	switch {
	case !known || runRow.Outcome == juhe.Unsent:
		return consent, true
	case runRow.Outcome == juhe.Lost && r.resend:
		consent.BlockingID = runRow.ID
		return consent, true
	}
	return consent, false
}
