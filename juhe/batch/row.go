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

// inputRow is a row of the input.
type inputRow struct {
	detect.Row
	result lookup.RunRow // so far; zero if there is none
	// rec and fault are the results of check. rec has the query in normal form, the warnings
	// and the time of the check.
	rec   lookup.Record
	fault lookup.RowFault
}

// inputRows returns the rows below the header with their results so far.
func (r *Run) inputRows(ctx context.Context) iter.Seq2[inputRow, error] {
	return func(yield func(inputRow, error) bool) {
		results := runRowReader{ledger: r.runner.Ledger, run: r.record.ID}
		for cells, err := range r.header.Rows(ctx, r.input, r.record.Columns, r.runner.Now()) {
			row := inputRow{Row: cells}
			if err == nil {
				row.result, err = results.find(ctx, row.Number)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// check checks a row.
func (r *Run) check(row *inputRow) {
	query := r.record.Query
	query.Factors = row.Factors
	row.rec = lookup.Record{Service: r.record.Service, At: r.runner.Now()}
	row.rec.Query, row.rec.Warnings = lookup.Check(query, row.rec.At)
	row.fault = r.findFault(row, row.rec.Query.Factors)
	if row.fault.Row = row.Number; row.fault.Problem == "" {
		row.fault.Warnings = row.rec.Warnings
	}
}

// warningsToConfirm returns the warnings that an operator must see before paying.
func (r inputRow) warningsToConfirm() []ident.Warning {
	return lookup.NeedingConfirmation(r.rec.Warnings)
}

// isHeld reports whether a row is held back.
func (r *Run) isHeld(row inputRow) bool {
	return r.record.HoldWarned && len(row.warningsToConfirm()) > 0
}

// isOpen reports whether a row still has to be sent. Any other result counts even if this
// version of the program would reject the row.
func isOpen(result lookup.RunRow) bool {
	return result.Outcome == "" || result.Outcome == juhe.Unsent
}

// isShifted reports whether it is unknown which cell belongs to which column.
func (r inputRow) isShifted() bool { return r.fault.ExtraCells > 0 }

// findFault returns the first fault of a row. normal has its normalized factors.
func (r *Run) findFault(row *inputRow, normal juhe.Factors) lookup.RowFault {
	header := lookup.RowFault{Factor: juhe.Entmark.String(), Column: r.record.Columns[juhe.Entmark], Problem: string(detect.CorruptionHeader)}
	switch {
	case detect.IsTotal(normal[juhe.Entname]):
		return header
	case row.Excess > 0:
		return lookup.RowFault{Column: row.Column, Problem: string(row.Problem), ExtraCells: row.Excess}
	case row.Problem != "":
		return lookup.RowFault{Factor: juhe.Entmark.String(), Column: row.Column, Problem: string(row.Problem)}
	}
	for f := range juhe.NumFactors {
		problem := string(row.Corruption[f])
		absent := lookup.CheckInput(f, row.Factors[f])
		if problem == "" || problem == string(detect.CorruptionNumber) && absent == lookup.InputPlaceholder { // a number, 0
			problem = string(absent)
		}
		if problem != "" {
			return lookup.RowFault{Factor: f.String(), Column: r.record.Columns[f], Problem: problem}
		}
	}
	if detect.IsHeader(normal[juhe.Entmark], normal[juhe.Idcard]) {
		return header
	}
	return lookup.RowFault{}
}

// factorsKey is a hash of factors. Among a million rows, two different ones have the same
// key in one of 40 million runs. The output is then refused: see outputTable.flush.
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

// runRowReader reads the results of the rows of a run in ascending order.
type runRowReader struct {
	ledger    Ledger
	run       lookup.RunID
	page      []lookup.RunRow
	after     int
	exhausted bool
}

// find returns the result of a row, zero if it has none. Row numbers must ascend from call
// to call.
func (e *runRowReader) find(ctx context.Context, number int) (r lookup.RunRow, err error) {
	for {
		for len(e.page) > 0 && e.page[0].Row < number {
			e.page = e.page[1:]
		}
		switch {
		case len(e.page) > 0 && e.page[0].Row == number:
			return e.page[0], nil
		case len(e.page) > 0, e.exhausted, e.run == 0:
			return r, nil
		}
		if e.page, err = e.ledger.RunRows(ctx, e.run, e.after, ledgerPage); err != nil {
			return r, err
		}
		e.exhausted = len(e.page) < ledgerPage
		if len(e.page) > 0 {
			e.after = e.page[len(e.page)-1].Row
		}
	}
}

// resendConsent reports whether a row is to be sent or sent again, and returns the
// consent that the plan gave.
func (r *Run) resendConsent(result lookup.RunRow) (lookup.Consent, bool) {
	consent := lookup.Consent{HistoryLost: true, ClockBehind: r.plan.ClockBehind} // confirmed with the plan
	if result.Outcome == juhe.Lost && r.resend {
		consent.BlockingID = result.ID
		return consent, true
	}
	return consent, isOpen(result)
}
