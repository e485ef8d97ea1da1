package batch

import (
	"context"
	"sync"

	"golang.org/x/time/rate"

	"fourfactor/juhe/lookup"
)

// sendRows sends all rows that are due and returns when the last one is finished.
func (r *Run) sendRows(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() {
		r.mu.Lock()
		r.changed.Broadcast()
		r.mu.Unlock()
	})()
	r.limiter = rate.NewLimiter(rate.Inf, 1)
	if r.runner.Rate > 0 {
		r.limiter = rate.NewLimiter(rate.Limit(r.runner.Rate), max(1, int(r.runner.Rate/100)))
	}
	untilStop, cancel := withStop(ctx, r.stopping)
	defer cancel()
	var jobs sync.WaitGroup
	defer jobs.Wait() // before untilStop is cancelled
	runRows := runRowReader{rows: r.runner.Ledger, run: r.record.ID}
	for row, err := range r.inputRows(ctx) {
		if err != nil {
			return err
		}
		r.setOffset(row.Offset)
		next, due, err := r.jobFor(ctx, row, &runRows)
		if err != nil {
			return err
		}
		if !due {
			continue
		}
		kind := firstTurn
		local, err := r.answeredLocally(ctx, next)
		switch {
		case err != nil:
			return err
		case local:
			kind = freeTurn
		}
		if !r.waitTurn(ctx, untilStop, kind) {
			return nil
		}
		jobs.Go(func() {
			defer r.recoverDefect()
			r.runJob(ctx, untilStop, next)
		})
	}
	return nil
}

// jobFor returns the job for a row and reports whether the row is due. Rows that are
// invalid, duplicate, held back or answered are not.
func (r *Run) jobFor(ctx context.Context, row inputRow, runRows *runRowReader) (next job, due bool, err error) {
	query := r.checkRow(&row, r.runner.Now())
	if row.fault.Problem != "" {
		return next, false, nil
	}
	switch earliest, ok := r.firstRows[newFactorsKey(query.Factors)]; {
	case !ok:
		return next, false, &Error{Problem: ProblemChanged, Path: r.record.InputPath}
	case int(earliest) != row.Number:
		return next, false, nil
	}
	runRow, known, err := runRows.find(ctx, row.Number)
	if err != nil {
		return next, false, err
	}
	next = job{number: row.Number, query: r.record.Query, priorOutcome: runRow.Outcome}
	next.query.Factors = row.Factors
	if !known {
		next.priorOutcome = ""
	}
	next.consent, due = r.resendConsent(runRow, known)
	return next, due && !r.isHeld(row), nil
}

// answeredLocally reports whether the ledger answers a row, so that it need not wait
// for the rate limit. It is false without a rate limit.
func (r *Run) answeredLocally(ctx context.Context, j job) (bool, error) {
	if r.runner.Rate == 0 || r.plan.Repeated+r.plan.Unsettled == 0 {
		return false, nil
	}
	query, _ := lookup.Check(j.query, r.runner.Now())
	rec := lookup.Record{Service: r.record.Service, Query: query, At: r.runner.Now()}
	priors, err := r.runner.Ledger.Priors(ctx, []lookup.Record{rec})
	if err != nil {
		return false, err
	}
	_, send := r.runner.Verifier.Guard().Preview(rec, priors[0], j.consent)
	return !send, nil
}

// turn is the kind of turn that a row waits for.
type turn int

const (
	firstTurn turn = iota
	freeTurn       // first turn of a row that the ledger answers
	retryTurn
)

// waitTurn waits for the rate limit and for a slot. It reports whether the row may be
// sent. untilStop ends when the run stops.
func (r *Run) waitTurn(ctx, untilStop context.Context, kind turn) bool {
	if kind != freeTurn && r.limiter.Wait(untilStop) != nil {
		<-untilStop.Done() // Wait fails before a deadline that it would exceed
		return false
	}
	return r.acquireSlot(ctx, kind)
}

// acquireSlot waits for a slot. It reports whether the row may be sent.
func (r *Run) acquireSlot(ctx context.Context, kind turn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if kind == retryTurn {
		defer func() {
			r.retrying--
			r.changed.Broadcast()
		}()
	}
	for {
		full := r.slots >= r.breaker.slots() || kind != retryTurn && r.retrying > 0
		enough := r.maxCalls > 0 && r.callsAnswered+r.slots >= r.maxCalls
		switch {
		case ctx.Err() != nil || r.state == Stopping:
			return false
		case enough && r.slots == 0:
			r.stopLocked(lookup.StopLimit)
			return false
		case r.state == Running && !full && !enough && !r.backingOff:
			r.slots++
			r.inFlight++
			return true
		}
		r.changed.Wait()
	}
}
