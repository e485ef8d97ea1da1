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

// check finds out whether a row can be sent, and what there is to say of it. It
// gives what is asked, in its normal form.
func (r *Run) check(read *row, now time.Time) juhe.Query {
	query := r.kept.Query
	query.Factors = read.typed
	query, read.remarks = lookup.Check(query, now)
	r.judge(read, query.Factors)
	return query
}

// warnings are what an operator has to hear of a row before paying.
func (r row) warnings() []ident.Warning { return lookup.NeedingConfirmation(r.remarks) }

// held tells whether a row is held back.
func (r *Run) held(read row) bool { return r.kept.HoldWarned && len(read.warnings()) > 0 }

// Hold says whether rows with warnings are held back. It counts from the next Plan
// on.
func (r *Run) Hold(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept.HoldWarned = on
}

// told is a row that cannot be sent, or that has warnings.
func (r *Run) told(read row) Trouble {
	t := Trouble{Row: read.number, Entname: juhe.Harmless(lookup.NormalizeFactors(read.typed).Entname), Fault: read.fault}
	if read.fault.Problem == "" {
		t.Remarks = read.remarks
	}
	return t
}

// Column is where a factor is, from 0.
func (r *Run) Column(f ident.Field) int {
	return r.Kept().Columns[slices.Index(ident.Fields(), f)]
}

// Noted goes through the rows that cannot be sent and those with warnings, all that
// the plan has counted, in their order. Plan comes before it.
func (r *Run) Noted(ctx context.Context) iter.Seq2[Trouble, error] {
	return func(yield func(Trouble, error) bool) {
		ended := ended{rows: r.batch.Ledger, run: r.kept.ID}
		for read, err := range r.rows(ctx) {
			var told bool
			if err == nil {
				told, err = r.noted(ctx, &read, &ended)
			}
			switch {
			case err != nil:
				yield(Trouble{}, err)
				return
			case told && !yield(r.told(read), nil):
				return
			}
		}
	}
}

// noted tells whether a row is one of them.
func (r *Run) noted(ctx context.Context, read *row, ended *ended) (bool, error) {
	query := r.check(read, r.batch.Now())
	end, known, err := ended.of(ctx, read.number)
	if err != nil || read.fault.Problem != "" {
		return !paidFor(end, known), err
	}
	if int(r.first[keyOf(query.Factors)]) != read.number || len(read.warnings()) == 0 {
		return false, ctx.Err()
	}
	_, due := r.again(end, known)
	return due, ctx.Err()
}

// saveFaults records which rows are not to be sent, and why. Nothing is read again
// where the plan has kept all of them.
func (r *Run) saveFaults(ctx context.Context) error {
	if !r.kept.HoldWarned {
		if err := r.batch.Ledger.ReleaseHeldRows(ctx, r.kept.ID); err != nil {
			return err
		}
	}
	if r.plan.Invalid+r.plan.Held == 0 {
		return nil
	}
	var group []lookup.RowFault
	add := func(t Trouble) error {
		group = append(group, lookup.RowFault{Row: t.Row, Field: t.Fault.Field, Column: t.Fault.Column, Problem: t.Fault.Problem, Cells: t.Fault.Cells, Warnings: t.Remarks})
		if len(group) < tableGroup {
			return nil
		}
		err := r.batch.Ledger.SaveRowFaults(ctx, r.kept.ID, group)
		group = group[:0]
		return err
	}
	for t, err := range r.unsendable(ctx) {
		if err == nil {
			err = add(t)
		}
		if err != nil {
			return err
		}
	}
	return r.batch.Ledger.SaveRowFaults(ctx, r.kept.ID, group)
}

// unsendable goes through the rows that are not to be sent.
func (r *Run) unsendable(ctx context.Context) iter.Seq2[Trouble, error] {
	all := r.Noted(ctx)
	if r.plan.Invalid == len(r.plan.Faults) && (!r.kept.HoldWarned || r.plan.Warned == len(r.plan.Warnings)) {
		all = func(yield func(Trouble, error) bool) {
			for _, t := range slices.Concat(r.plan.Faults, r.plan.Warnings) {
				if !yield(t, nil) {
					return
				}
			}
		}
	}
	return func(yield func(Trouble, error) bool) {
		for t, err := range all {
			if err == nil && t.Fault.Problem == "" && !r.kept.HoldWarned {
				continue // it is sent
			}
			if !yield(t, err) {
				return
			}
		}
	}
}
