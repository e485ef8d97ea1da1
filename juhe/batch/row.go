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
	"fourfactor/juhe/table"
)

// Fault says why a row cannot be sent. The zero Fault is none.
type Fault struct {
	Field   string // wire name of the factor
	Column  int    // from 0
	Problem string // a detect.Corruption or lookup.InputProblem
	Cells   int    // too many or too few, if that is the problem
}

// inputRow is a row of the input that is not blank.
type inputRow struct {
	number     int
	hidden     bool
	offset     int64
	cells      []table.Value // valid until the next row
	raw        juhe.Factors
	corruption [juhe.NumFactors]detect.Corruption // of the factors
	fault      Fault
	warnings   []ident.Warning // of a row that can be sent
	wrapped    int             // factors with a spreadsheet's wrapper
	formulas   int             // factors from a formula
	merged     bool            // the company comes from a merged cell
}

// inputRows returns the rows below the header.
func (r *Run) inputRows(ctx context.Context) iter.Seq2[inputRow, error] {
	return func(yield func(inputRow, error) bool) {
		want := r.expectedCells()
		leading := r.record.HeaderRow > 0
		for cells, err := range r.input.Rows(ctx) {
			switch {
			case err != nil:
				yield(inputRow{}, err)
				return
			case cells.Number <= r.record.HeaderRow || cells.IsBlank():
				continue
			}
			row := r.readRow(cells, want)
			if leading {
				kind := leadingRowKind(row)
				if leading = kind != ""; leading && row.fault.Problem == "" {
					row.fault = r.newRowFault(kind)
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// readRow reads the factors of a row.
func (r *Run) readRow(cells table.Row, want cellCounts) inputRow {
	row := inputRow{number: cells.Number, hidden: cells.Hidden, offset: cells.Offset}
	switch n := r.extraCells(cells.Cells, want); {
	case n > 0:
		row.fault = Fault{Column: want.headed, Problem: string(detect.CorruptionExtraCells), Cells: n}
	case n < 0:
		row.fault = Fault{Column: len(cells.Cells) - 1, Problem: string(detect.CorruptionMissingCells), Cells: -n}
	}
	r.copyMerged(&row, &cells)
	row.cells = cells.Cells
	for f := range juhe.NumFactors {
		column := r.record.Columns[f]
		if column < 0 || column >= len(cells.Cells) {
			continue
		}
		text, wrapped, corruption := detect.FactorText(cells.Cells[column], detect.IsCode(f))
		if corruption = r.dropFalseCorruption(f, text, corruption); corruption != "" && row.corruption[f] == "" {
			row.corruption[f] = corruption
		}
		if wrapped {
			row.wrapped++
		}
		if text != "" && row.corruption[f] == "" && cells.Cells[column].Formula {
			row.formulas++
		}
		row.raw[f] = text
	}
	return row
}

// dropFalseCorruption returns the damage unless the text itself disproves it: a code short
// enough for a spreadsheet's precision, or one that ends in 000 with the right check
// digit.
func (r *Run) dropFalseCorruption(f juhe.Factor, text string, corruption detect.Corruption) detect.Corruption {
	value, _ := ident.Normalize(f, text)
	switch corruption {
	case detect.CorruptionNumber:
		switch ident.KindOf(f, text) {
		case ident.KindResident15, ident.KindRegno, ident.KindRegnoOld, ident.KindOrgcode:
			return detect.CorruptionNone
		}
	case detect.CorruptionRounded:
		if detect.PassesChecks(f, value, r.runner.Now()) {
			return detect.CorruptionNone
		}
	}
	return corruption
}

// isShifted reports whether it is unknown which cell belongs to which column.
func (r inputRow) isShifted() bool { return r.fault.Cells > 0 }

// findFault sets the first fault of a row. normal has its normalized factors, which may
// show a corruption that the cell does not.
func (r *Run) findFault(row *inputRow, normal juhe.Factors) {
	if detect.IsTotal(normal[juhe.Entname]) {
		row.fault = r.newRowFault(detect.CorruptionHeader)
	}
	if row.fault.Problem != "" {
		return
	}
	for f := range juhe.NumFactors {
		value := normal[f]
		problem := string(row.corruption[f])
		if problem == "" {
			problem = string(r.dropFalseCorruption(f, value, detect.CheckCorruption(value, detect.IsCode(f))))
		}
		absent := lookup.CheckInput(f, row.raw[f])
		if problem == "" || problem == string(detect.CorruptionNumber) && absent == lookup.InputPlaceholder { // a number, 0
			problem = string(absent)
		}
		if problem == "" {
			continue
		}
		row.fault = Fault{Field: f.String(), Column: r.record.Columns[f], Problem: problem}
		return
	}
	if detect.IsHeaderOrTotal(normal[juhe.Entname], normal[juhe.Entmark], normal[juhe.Idcard]) {
		row.fault = Fault{Field: juhe.Entmark.String(), Column: r.record.Columns[juhe.Entmark], Problem: string(detect.CorruptionHeader)}
	}
}

// newRowFault returns a fault of the row as a whole.
func (r *Run) newRowFault(problem detect.Corruption) Fault {
	return Fault{Field: juhe.Entmark.String(), Column: r.record.Columns[juhe.Entmark], Problem: string(problem)}
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
