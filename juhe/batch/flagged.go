package batch

import (
	"context"
	"iter"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// checkRow checks a row: it sets the warnings and the fault, and returns the normalized
// query.
func (r *Run) checkRow(row *inputRow, now time.Time) juhe.Query {
	query := r.record.Query
	query.Factors = row.Factors
	query, row.warnings = lookup.Check(query, now)
	row.fault = r.findFault(row, query.Factors)
	return query
}

// warningsToConfirm returns the warnings that an operator must see before paying.
func (r inputRow) warningsToConfirm() []ident.Warning { return lookup.NeedingConfirmation(r.warnings) }

// isHeld reports whether a row is held back.
func (r *Run) isHeld(row inputRow) bool {
	return r.record.HoldWarned && len(row.warningsToConfirm()) > 0
}

// SetHoldWarned sets whether rows with warnings are held back. It takes effect with the
// next Plan.
func (r *Run) SetHoldWarned(on bool) {
	r.change(func(run *lookup.Run) { run.HoldWarned = on })
}

// newRowIssue returns the issue of a row that is invalid or has warnings.
func (r *Run) newRowIssue(row inputRow) RowIssue {
	issue := RowIssue{Row: row.Number, Entname: juhe.Sanitize(lookup.NormalizeFactors(row.Factors)[juhe.Entname]), Fault: row.fault}
	if row.fault.Problem == "" {
		issue.Warnings = row.warnings
	}
	return issue
}

// ColumnOf returns the column of a factor, from 0.
func (r *Run) ColumnOf(f juhe.Factor) int {
	return r.Record().Columns[f]
}

// FlaggedRows returns the invalid rows and the rows with warnings that Plan counted, in
// ascending order.
func (r *Run) FlaggedRows(ctx context.Context) iter.Seq2[RowIssue, error] {
	return func(yield func(RowIssue, error) bool) {
		runRows := runRowReader{rows: r.runner.Ledger, run: r.record.ID}
		for row, err := range r.inputRows(ctx) {
			var flagged bool
			if err == nil {
				flagged, err = r.isFlagged(ctx, &row, &runRows)
			}
			switch {
			case err != nil:
				yield(RowIssue{}, err)
				return
			case flagged && !yield(r.newRowIssue(row), nil):
				return
			}
		}
	}
}

// isFlagged reports whether FlaggedRows contains a row.
func (r *Run) isFlagged(ctx context.Context, row *inputRow, runRows *runRowReader) (bool, error) {
	query := r.checkRow(row, r.runner.Now())
	runRow, known, err := runRows.find(ctx, row.Number)
	if err != nil || row.fault.Problem != "" {
		return !hasOutcome(runRow, known), err
	}
	if int(r.firstRows[newFactorsKey(query.Factors)]) != row.Number || len(row.warningsToConfirm()) == 0 {
		return false, ctx.Err()
	}
	_, due := r.resendConsent(runRow, known)
	return due, ctx.Err()
}

// saveFaults records the rows that are not sent.
func (r *Run) saveFaults(ctx context.Context) error {
	if !r.record.HoldWarned {
		if err := r.runner.Ledger.ReleaseHeldRows(ctx, r.record.ID); err != nil {
			return err
		}
	}
	if r.plan.Invalid+r.plan.Held == 0 {
		return nil
	}
	var group []lookup.RowFault
	add := func(issue RowIssue) error {
		group = append(group, lookup.RowFault{Row: issue.Row, Factor: issue.Fault.Field, Column: issue.Fault.Column, Problem: issue.Fault.Problem, ExtraCells: issue.Fault.Cells, Warnings: issue.Warnings})
		if len(group) < groupSize {
			return nil
		}
		err := r.runner.Ledger.SaveRowFaults(ctx, r.record.ID, group)
		group = group[:0]
		return err
	}
	for issue, err := range r.FlaggedRows(ctx) {
		if err == nil && (issue.Fault.Problem != "" || r.record.HoldWarned) {
			err = add(issue)
		}
		if err != nil {
			return err
		}
	}
	return r.runner.Ledger.SaveRowFaults(ctx, r.record.ID, group)
}
