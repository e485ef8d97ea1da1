package batch

import (
	"context"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// A run ends by waiting for lookups of the same factors that other runs have in progress.
const (
	pendingTimeout  = 20 * time.Second // the default of Runner.pendingTimeout
	pendingInterval = 250 * time.Millisecond
)

// waitForPending waits for the lookups of the same factors that other runs have in
// progress, and takes over their outcomes. It sends nothing.
func (d *driver) waitForPending(ctx context.Context) error {
	if d.pendingRows == 0 || !d.isRunning() || ctx.Err() != nil {
		return nil
	}
	wait, cancel := context.WithTimeout(d.waiting, d.runner.pendingTimeout)
	defer cancel()
	tick := time.NewTicker(pendingInterval)
	defer tick.Stop()
	for {
		open, err := d.checkPending(ctx)
		if err != nil || open == 0 {
			return err
		}
		select {
		case <-tick.C:
		case <-wait.Done():
			return nil
		}
	}
}

// checkPending goes through the pending rows once. It returns how many lookups other runs
// still have in progress.
func (d *driver) checkPending(ctx context.Context) (open int, err error) {
	var group []inputRow
	flush := func() error {
		n, err := d.resolvePending(ctx, group)
		group, open = group[:0], open+n
		return err
	}
	for row, err := range d.inputRows(ctx) {
		if err != nil {
			return 0, err
		}
		if row.result.Outcome != juhe.Lost || !row.result.Reused {
			continue
		}
		d.check(&row)
		group = append(group, row)
		if len(group) == compareBatch {
			if err := flush(); err != nil {
				return 0, err
			}
		}
	}
	return open, flush()
}

// resolvePending updates a group of pending rows from the ledger. A row becomes unsent if
// the other run's lookup was not charged.
func (d *driver) resolvePending(ctx context.Context, group []inputRow) (open int, err error) {
	recs := make([]lookup.Record, len(group))
	for i, g := range group {
		recs[i] = g.rec
	}
	priors, err := d.runner.Ledger.Priors(ctx, recs)
	if err != nil {
		return 0, err
	}
	for i, prior := range priors {
		rec, send := d.runner.Verifier.Guard().Preview(recs[i], prior, lookup.Consent{HistoryLost: true})
		runRow := group[i].result
		switch {
		case send:
			runRow.Outcome = juhe.Unsent
		case rec.AnsweredBy() != "":
			runRow.ID, runRow.Outcome = rec.Earlier.ID, rec.RowOutcome()
		default:
			if rec.Reply.Fault.Kind == juhe.FaultPending {
				open++
			}
			continue
		}
		runRow.Calls = 0 // RecordRow adds to those recorded
		if err := d.runner.Ledger.RecordRow(context.WithoutCancel(ctx), d.record.ID, runRow); err != nil {
			return 0, err
		}
		d.moveRow(juhe.Lost, runRow.Outcome)
	}
	return open, nil
}
