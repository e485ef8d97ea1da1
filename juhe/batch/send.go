package batch

import (
	"context"
	"sync"

	"golang.org/x/time/rate"

	"fourfactor/juhe/lookup"
)

// sendRows sends the rows that are to be sent.
func (r *Run) sendRows(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() {
		r.mu.Lock()
		r.changed.Broadcast()
		r.mu.Unlock()
	})()
	r.limiter = rate.NewLimiter(rate.Inf, 1)
	if r.batch.Rate > 0 {
		r.limiter = rate.NewLimiter(rate.Limit(r.batch.Rate), max(1, int(r.batch.Rate/100)))
	}
	halt, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-r.stopping:
			cancel()
		case <-halt.Done():
		}
	}()
	var jobs sync.WaitGroup
	defer jobs.Wait() // before halt ends
	ended := endedRows{rows: r.batch.Ledger, run: r.record.ID}
	for row, err := range r.inputRows(ctx) {
		if err != nil {
			return err
		}
		r.setOffset(row.offset)
		next, due, err := r.jobFor(ctx, row, &ended)
		if err != nil {
			return err
		}
		if !due {
			continue
		}
		kind := firstTurn
		free, err := r.answeredLocally(ctx, next)
		switch {
		case err != nil:
			return err
		case free:
			kind = freeTurn
		}
		if !r.waitTurn(ctx, halt, kind) {
			return nil
		}
		jobs.Go(func() {
			defer r.recoverDefect()
			r.runJob(ctx, halt, next)
		})
	}
	return nil
}

// jobFor tells whether a row is to be sent, and what is asked then. One that cannot
// be, that asks what one before it asks, or that has ended, is not.
func (r *Run) jobFor(ctx context.Context, row row, ended *endedRows) (next job, due bool, err error) {
	query := r.checkRow(&row, r.batch.Now())
	if row.fault.Problem != "" {
		return next, false, nil
	}
	switch earliest, there := r.firstRows[newFactorsKey(query.Factors)]; {
	case !there:
		return next, false, &Error{Problem: ProblemChanged, Path: r.record.InputPath}
	case int(earliest) != row.number:
		return next, false, nil
	}
	end, known, err := ended.find(ctx, row.number)
	if err != nil {
		return next, false, err
	}
	next = job{number: row.number, query: r.record.Query, priorOutcome: end.Outcome}
	next.query.Factors = row.typed
	if !known {
		next.priorOutcome = ""
	}
	next.consent, due = r.resendConsent(end, known)
	return next, due && !r.isHeld(row), nil
}

// answeredLocally tells whether a row needs not wait for its turn on the wire, since the
// ledger answers it. Where nothing is slowed down it does not matter.
func (r *Run) answeredLocally(ctx context.Context, j job) (bool, error) {
	if r.batch.Rate == 0 || r.plan.Repeated+r.plan.Unsettled == 0 {
		return false, nil
	}
	query, _ := lookup.Check(j.query, r.batch.Now())
	rec := lookup.Record{Service: r.record.Service, Query: query, At: r.batch.Now()}
	pasts, err := r.batch.Ledger.Priors(ctx, []lookup.Record{rec})
	if err != nil {
		return false, err
	}
	_, send := r.batch.Guard.Preview(rec, pasts[0], j.consent)
	return !send, nil
}

// turn is what a turn is to a row.
type turn int

const (
	firstTurn turn = iota
	freeTurn       // the first one, of a row that the ledger answers
	retryTurn      // another one
)

// waitTurn waits for the rate limit and for room, and tells whether to go on. halt
// has ended when the run stops.
func (r *Run) waitTurn(ctx, halt context.Context, kind turn) bool {
	if kind != freeTurn && r.limiter.Wait(halt) != nil {
		<-halt.Done() // Wait gives up before a deadline; the deadline ends the run
		return false
	}
	return r.acquireSlot(ctx, kind)
}

// acquireSlot waits for room, and tells whether to go on.
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
		full := r.inFlight >= r.breaker.slots() || kind != retryTurn && r.retrying > 0
		enough := r.maxCalls > 0 && r.callsAnswered+r.inFlight >= r.maxCalls
		switch {
		case ctx.Err() != nil || r.state == Stopping:
			return false
		case enough && r.inFlight == 0:
			r.stopLocked(lookup.StopLimit)
			return false
		case r.state == Running && !full && !enough && !r.backingOff:
			r.inFlight++
			return true
		}
		r.changed.Wait()
	}
}
