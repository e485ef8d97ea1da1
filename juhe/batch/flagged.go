package batch

import (
	"context"
	"iter"
	"slices"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// checkRow finds out whether a row can be sent, and what there is to say of it. It
// gives what is asked, in its normal form.
func (r *Run) checkRow(read *row, now time.Time) juhe.Query {
	query := r.record.Query
	query.Factors = read.typed
	query, read.warnings = lookup.Check(query, now)
	r.findFault(read, query.Factors)
	return query
}

// needConfirmation are what an operator has to hear of a row before paying.
func (r row) needConfirmation() []ident.Warning { return lookup.NeedingConfirmation(r.warnings) }

// isHeld tells whether a row is held back.
func (r *Run) isHeld(read row) bool { return r.record.HoldWarned && len(read.needConfirmation()) > 0 }

// SetHoldWarned says whether rows with warnings are held back. It counts from the next Plan
// on.
func (r *Run) SetHoldWarned(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.record.HoldWarned = on
}

// newRowIssue is a row that cannot be sent, or that has warnings.
func (r *Run) newRowIssue(read row) RowIssue {
	t := RowIssue{Row: read.number, Entname: juhe.Harmless(lookup.NormalizeFactors(read.typed)[juhe.Entname]), Fault: read.fault}
	if read.fault.Problem == "" {
		t.Warnings = read.warnings
	}
	return t
}

// ColumnOf is where a factor is, from 0.
func (r *Run) ColumnOf(f juhe.Factor) int {
	return r.Record().Columns[f]
}

// FlaggedRows goes through the rows that cannot be sent and those with warnings, all that
// the plan has counted, in their order. Plan comes before it.
func (r *Run) FlaggedRows(ctx context.Context) iter.Seq2[RowIssue, error] {
	return func(yield func(RowIssue, error) bool) {
		ended := endedRows{rows: r.batch.Ledger, run: r.record.ID}
		for read, err := range r.inputRows(ctx) {
			var told bool
			if err == nil {
				told, err = r.isFlagged(ctx, &read, &ended)
			}
			switch {
			case err != nil:
				yield(RowIssue{}, err)
				return
			case told && !yield(r.newRowIssue(read), nil):
				return
			}
		}
	}
}

// isFlagged tells whether a row is one of them.
func (r *Run) isFlagged(ctx context.Context, read *row, ended *endedRows) (bool, error) {
	query := r.checkRow(read, r.batch.Now())
	end, known, err := ended.find(ctx, read.number)
	if err != nil || read.fault.Problem != "" {
		return !hasOutcome(end, known), err
	}
	if int(r.firstRows[newFactorsKey(query.Factors)]) != read.number || len(read.needConfirmation()) == 0 {
		return false, ctx.Err()
	}
	_, due := r.resendConsent(end, known)
	return due, ctx.Err()
}

// saveFaults records which rows are not to be sent, and why. Nothing is read again
// where the plan has kept all of them.
func (r *Run) saveFaults(ctx context.Context) error {
	if !r.record.HoldWarned {
		if err := r.batch.Ledger.ReleaseHeldRows(ctx, r.record.ID); err != nil {
			return err
		}
	}
	if r.plan.Invalid+r.plan.Held == 0 {
		return nil
	}
	var group []lookup.RowFault
	add := func(t RowIssue) error {
		group = append(group, lookup.RowFault{Row: t.Row, Field: t.Fault.Field, Column: t.Fault.Column, Problem: t.Fault.Problem, Cells: t.Fault.Cells, Warnings: t.Warnings})
		if len(group) < groupSize {
			return nil
		}
		err := r.batch.Ledger.SaveRowFaults(ctx, r.record.ID, group)
		group = group[:0]
		return err
	}
	for t, err := range r.unsendableRows(ctx) {
		if err == nil {
			err = add(t)
		}
		if err != nil {
			return err
		}
	}
	return r.batch.Ledger.SaveRowFaults(ctx, r.record.ID, group)
}

// unsendableRows goes through the rows that are not to be sent.
func (r *Run) unsendableRows(ctx context.Context) iter.Seq2[RowIssue, error] {
	all := r.FlaggedRows(ctx)
	if r.plan.Invalid == len(r.plan.InvalidRows) && (!r.record.HoldWarned || r.plan.Warned == len(r.plan.WarnedRows)) {
		all = func(yield func(RowIssue, error) bool) {
			for _, t := range slices.Concat(r.plan.InvalidRows, r.plan.WarnedRows) {
				if !yield(t, nil) {
					return
				}
			}
		}
	}
	return func(yield func(RowIssue, error) bool) {
		for t, err := range all {
			if err == nil && t.Fault.Problem == "" && !r.record.HoldWarned {
				continue // it is sent
			}
			if !yield(t, err) {
				return
			}
		}
	}
}
