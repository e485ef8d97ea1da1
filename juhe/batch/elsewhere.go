package batch

import (
	"context"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// A run waits so long, at its end, for what others have under way of its rows, and
// looks so often whether it has ended.
const (
	elsewherePatience = 20 * time.Second
	elsewhereEvery    = 250 * time.Millisecond
)

// lookAgain takes the answers that have come meanwhile to rows that were left lost
// because somebody else was just asking about their factors. Nothing is sent.
func (r *Run) lookAgain(ctx context.Context) error {
	r.mu.Lock()
	left := r.elsewhere > 0 && r.state == Running && ctx.Err() == nil
	r.mu.Unlock()
	if !left {
		return nil
	}
	patience := time.NewTimer(r.batch.patience)
	defer patience.Stop()
	tick := time.NewTicker(elsewhereEvery)
	defer tick.Stop()
	for {
		open, err := r.lookOnce(ctx)
		if err != nil || open == 0 {
			return err
		}
		select {
		case <-tick.C:
		case <-patience.C:
			return nil
		case <-r.halted:
			return nil
		case <-ctx.Done():
			return nil
		}
	}
}

// leftRow is a row that was left lost because of a lookup that was not its own.
type leftRow struct {
	end lookup.RunRow
	rec lookup.Record
}

// lookOnce goes through the rows that are left, and tells how many lookups of them
// are still under way elsewhere.
func (r *Run) lookOnce(ctx context.Context) (open int, err error) {
	ended := ended{rows: r.batch.Ledger, run: r.kept.ID}
	var group []leftRow
	flush := func() error {
		n, err := r.settle(ctx, group)
		group, open = group[:0], open+n
		return err
	}
	for row, err := range r.rows(ctx) {
		if err != nil {
			return 0, err
		}
		end, known, err := ended.of(ctx, row.number)
		if err != nil {
			return 0, err
		}
		if !known || end.Outcome != juhe.Lost || !end.Reused {
			continue
		}
		now := r.batch.Now()
		group = append(group, leftRow{end, lookup.Record{Service: r.kept.Service, Query: r.check(&row, now), At: now}})
		if len(group) == planGroup {
			if err := flush(); err != nil {
				return 0, err
			}
		}
	}
	return open, flush()
}

// settle ends a group of such rows as the ledger has it by now. What has not been
// paid for elsewhere is still to be sent.
func (r *Run) settle(ctx context.Context, group []leftRow) (open int, err error) {
	recs := make([]lookup.Record, len(group))
	for i, g := range group {
		recs[i] = g.rec
	}
	pasts, err := r.batch.Ledger.Priors(ctx, recs)
	if err != nil {
		return 0, err
	}
	for i, past := range pasts {
		rec, send := r.batch.Guard.Preview(recs[i], past, lookup.Consent{HistoryLost: true})
		end := group[i].end
		switch {
		case send:
			end.Outcome = juhe.Unsent
		case rec.AnsweredBy() != "":
			end.ID, end.Outcome = rec.Earlier.ID, rec.RowOutcome()
		default:
			if rec.Reply.Fault.Kind == juhe.FaultUnderWay {
				open++
			}
			continue
		}
		end.Calls = 0 // which are added to those there were
		if err := r.batch.Ledger.RecordRow(context.WithoutCancel(ctx), r.kept.ID, end); err != nil {
			return 0, err
		}
		r.mu.Lock()
		r.counts[juhe.Lost]--
		r.counts[end.Outcome]++
		r.mu.Unlock()
	}
	return open, nil
}
