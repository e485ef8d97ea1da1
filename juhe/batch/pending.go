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

// pendingRow is a row that is lost because another run had a lookup of it in progress.
type pendingRow struct {
	runRow lookup.RunRow
	rec    lookup.Record
}

// checkPending goes through the pending rows once. It returns how many lookups other runs
// still have in progress.
func (d *driver) checkPending(ctx context.Context) (open int, err error) {
	runRows := runRowReader{rows: d.runner.Ledger, run: d.record.ID}
	var group []pendingRow
	flush := func() error {
		n, err := d.resolvePending(ctx, group)
		group, open = group[:0], open+n
		return err
	}
	for row, err := range d.inputRows(ctx) {
		if err != nil {
			return 0, err
		}
		runRow, known, err := runRows.find(ctx, row.Number)
		if err != nil {
			return 0, err
		}
		if !known || runRow.Outcome != juhe.Lost || !runRow.Reused {
			continue
		}
		now := d.runner.Now()
		group = append(group, pendingRow{runRow, lookup.Record{Service: d.record.Service, Query: d.checkRow(&row, now), At: now}})
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
func (d *driver) resolvePending(ctx context.Context, group []pendingRow) (open int, err error) {
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
		runRow := group[i].runRow
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
