package batch

import (
	"cmp"
	"context"
	"iter"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// SetHoldWarned sets whether rows with warnings are held back. It takes effect with the
// next Plan.
func (r *Run) SetHoldWarned(on bool) {
	r.change(func(run *lookup.Run) { run.HoldWarned = on })
}

// newRowIssue returns the issue of a row that is invalid or has warnings.
func newRowIssue(row inputRow) RowIssue {
	return RowIssue{
		UnresolvedRow: lookup.UnresolvedRow{RunRow: lookup.RunRow{Row: row.Number}, Fault: row.fault},
		Entname:       juhe.Sanitize(row.rec.Query.Factors[juhe.Entname]),
	}
}

// FlaggedRows returns the invalid rows and the rows with warnings that Plan counted, in
// ascending order.
func (r *Run) FlaggedRows(ctx context.Context) iter.Seq2[RowIssue, error] {
	return func(yield func(RowIssue, error) bool) {
		for row, err := range r.inputRows(ctx) {
			if err = cmp.Or(err, ctx.Err()); err != nil {
				yield(RowIssue{}, err)
				return
			}
			if r.check(&row); r.isFlagged(row) && !yield(newRowIssue(row), nil) {
				return
			}
		}
	}
}

// isFlagged reports whether FlaggedRows contains a row.
func (r *Run) isFlagged(row inputRow) bool {
	if row.fault.Problem != "" {
		return isOpen(row.result)
	}
	_, due := r.resendConsent(row.result)
	return due && int(r.firstRows[newFactorsKey(row.rec.Query.Factors)]) == row.Number && len(row.warningsToConfirm()) > 0
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
		group = append(group, issue.Fault)
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
