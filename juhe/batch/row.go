package batch

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/sheet"
)

// Fault is why a row cannot be sent. The zero Fault is none.
type Fault struct {
	Field   string // the wire's name of the factor
	Column  int    // from 0
	Problem string // a sheet.Damage or a lookup.Problem
	Cells   int    // how many there are too many or too few
}

// row is one of the input with something in it.
type row struct {
	number   int
	hidden   bool
	offset   int64
	cells    []sheet.Value // only until the next row
	typed    juhe.Factors
	damage   [juhe.NumFactors]sheet.Corruption // of the factors
	fault    Fault
	warnings []ident.Warning // on a row that can be sent
	wrapped  int             // factors that stood in a spreadsheet's wrapper
	formulas int             // factors that are stored results of formulas
	merged   bool            // its company is that of a merged cell
}

// inputRows reads the input below the header.
func (r *Run) inputRows(ctx context.Context) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		want := r.expectedCells()
		top := r.record.HeaderRow > 0
		for cells, err := range r.input.Rows(ctx) {
			switch {
			case err != nil:
				yield(row{}, err)
				return
			case cells.Number <= r.record.HeaderRow || cells.IsBlank():
				continue
			}
			read := r.readRow(cells, want)
			if top {
				lead := leadingRowKind(read)
				if top = lead != ""; top && read.fault.Problem == "" {
					read.fault = r.newRowFault(lead)
				}
			}
			if !yield(read, nil) {
				return
			}
		}
	}
}

// readRow takes the factors from a row.
func (r *Run) readRow(cells sheet.Row, want cellCounts) row {
	read := row{number: cells.Number, hidden: cells.Hidden, offset: cells.Offset}
	switch n := r.extraCells(cells.Cells, want); {
	case n > 0:
		read.fault = Fault{Column: want.headed, Problem: string(sheet.CorruptionExtraCells), Cells: n}
	case n < 0:
		read.fault = Fault{Column: len(cells.Cells) - 1, Problem: string(sheet.CorruptionMissingCells), Cells: -n}
	}
	r.spreadMerged(&read, &cells)
	read.cells = cells.Cells
	for f := range juhe.NumFactors {
		column := r.record.Columns[f]
		text, wrapped, damage := cells.Factor(column, isCode(f))
		if damage = r.dropFalseDamage(f, text, damage); damage != "" && read.damage[f] == "" {
			read.damage[f] = damage
		}
		if wrapped {
			read.wrapped++
		}
		if text != "" && read.damage[f] == "" && cells.Cells[column].Formula {
			read.formulas++
		}
		read.typed[f] = text
	}
	return read
}

// dropFalseDamage is no damage where the text itself shows that there is none: a
// number that has all the digits of a code that has no more than a spreadsheet
// keeps, and one that ends in 000 with the right check digit.
func (r *Run) dropFalseDamage(f juhe.Factor, text string, damage sheet.Corruption) sheet.Corruption {
	value, _ := ident.Normalize(f, text)
	switch damage {
	case sheet.CorruptionNumber:
		switch ident.KindOf(f, text) {
		case ident.KindResident15, ident.KindRegno, ident.KindRegnoOld, ident.KindOrgcode:
			return sheet.CorruptionNone
		}
	case sheet.CorruptionRounded:
		if passesChecks(f, value, r.batch.Now()) {
			return sheet.CorruptionNone
		}
	}
	return damage
}

// passesChecks reports whether a code of 18 digits is right in all that can be
// checked.
func passesChecks(f juhe.Factor, value string, today time.Time) bool {
	return ident.KindOf(f, value) != ident.KindNone && len(ident.Check(f, value, nil, today)) == 0
}

// isShifted reports whether it is not known which cell is which.
func (r row) isShifted() bool { return r.fault.Cells > 0 }

// isCode tells that a factor is a number, which spreadsheets damage.
func isCode(f juhe.Factor) bool { return f == juhe.Entmark || f == juhe.Idcard }

// findFault finds the first factor that cannot be sent. normal are the factors in
// their normal form, which may be a damaged one although the cell looks otherwise.
func (r *Run) findFault(read *row, normal juhe.Factors) {
	if sheet.IsTotal(normal[juhe.Entname]) {
		read.fault = r.newRowFault(sheet.CorruptionHeader)
	}
	if read.fault.Problem != "" {
		return
	}
	for f := range juhe.NumFactors {
		value := normal[f]
		problem := string(read.damage[f])
		if problem == "" {
			problem = string(r.dropFalseDamage(f, value, sheet.CheckCorruption(value, isCode(f))))
		}
		absent := lookup.CheckInput(f, read.typed[f])
		if problem == "" || problem == string(sheet.CorruptionNumber) && absent == lookup.InputPlaceholder { // a number, 0
			problem = string(absent)
		}
		if problem == "" {
			continue
		}
		read.fault = Fault{Field: f.String(), Column: r.record.Columns[f], Problem: problem}
		return
	}
	if sheet.IsHeaderOrTotal(normal[juhe.Entname], normal[juhe.Entmark], normal[juhe.Idcard]) {
		read.fault = Fault{Field: juhe.Entmark.String(), Column: r.record.Columns[juhe.Entmark], Problem: string(sheet.CorruptionHeader)}
	}
}

// newRowFault is a fault of a row as a whole.
func (r *Run) newRowFault(problem sheet.Corruption) Fault {
	return Fault{Field: juhe.Entmark.String(), Column: r.record.Columns[juhe.Entmark], Problem: string(problem)}
}

// factorsKey tells factors apart. Of a million rows two have the same by chance once in
// 40 million runs, and then the answer is not written beside the wrong one: see
// table.flush.
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

// ledgerPage is how many rows are read from the ledger at a time.
const ledgerPage = 1000

// endedRows gives the rows of a run that have ended, as they are asked for in their
// order.
type endedRows struct {
	rows      Rows
	run       lookup.RunID
	page      []lookup.RunRow
	after     int
	exhausted bool
}

// find is how a row ended.
func (e *endedRows) find(ctx context.Context, number int) (r lookup.RunRow, ok bool, err error) {
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

// resendConsent tells whether a row is to be sent, or sent again, and by what consent.
func (r *Run) resendConsent(end lookup.RunRow, known bool) (lookup.Consent, bool) {
	consent := lookup.Consent{HistoryLost: true, ClockBehind: r.plan.ClockBehind} // which the plan has told
	switch {
	case !known || end.Outcome == juhe.Unsent:
		return consent, true
	case end.Outcome == juhe.Lost && r.resend:
		consent.UnsettledID = end.ID
		return consent, true
	}
	return consent, false
}
