package batch

import (
	"context"
	"sync"

	"golang.org/x/time/rate"

	"fourfactor/juhe/lookup"
)

// drive sends the rows that are to be sent.
func (r *Run) drive(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() {
		r.mu.Lock()
		r.changed.Broadcast()
		r.mu.Unlock()
	})()
	r.limit = rate.NewLimiter(rate.Inf, 1)
	if r.batch.Rate > 0 {
		r.limit = rate.NewLimiter(rate.Limit(r.batch.Rate), max(1, int(r.batch.Rate/100)))
	}
	halt, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-r.halted:
			cancel()
		case <-halt.Done():
		}
	}()
	var underWay sync.WaitGroup
	defer underWay.Wait() // before halt ends
	ended := ended{rows: r.batch.Ledger, run: r.kept.ID}
	for row, err := range r.rows(ctx) {
		if err != nil {
			return err
		}
		r.at(row.offset)
		next, due, err := r.due(ctx, row, &ended)
		if err != nil {
			return err
		}
		if !due {
			continue
		}
		kind := first
		free, err := r.free(ctx, next)
		switch {
		case err != nil:
			return err
		case free:
			kind = unpaid
		}
		if !r.turn(ctx, halt, kind) {
			return nil
		}
		underWay.Go(func() {
			defer r.caught()
			r.ask(ctx, halt, next)
		})
	}
	return nil
}

// due tells whether a row is to be sent, and what is asked then. One that cannot
// be, that asks what one before it asks, or that has ended, is not.
func (r *Run) due(ctx context.Context, row row, ended *ended) (next asked, due bool, err error) {
	query := r.check(&row, r.batch.Now())
	if row.fault.Problem != "" {
		return next, false, nil
	}
	switch earliest, there := r.first[keyOf(query.Factors)]; {
	case !there:
		return next, false, &Error{Problem: ProblemChanged, Path: r.kept.InputPath}
	case int(earliest) != row.number:
		return next, false, nil
	}
	end, known, err := ended.of(ctx, row.number)
	if err != nil {
		return next, false, err
	}
	next = asked{number: row.number, query: r.kept.Query, was: end.Outcome}
	next.query.Factors = row.typed
	if !known {
		next.was = ""
	}
	next.consent, due = r.again(end, known)
	return next, due && !r.held(row), nil
}

// free tells whether a row needs not wait for its turn on the wire, since the
// ledger answers it. Where nothing is slowed down it does not matter.
func (r *Run) free(ctx context.Context, a asked) (bool, error) {
	if r.batch.Rate == 0 || r.plan.Repeated+r.plan.Unsettled == 0 {
		return false, nil
	}
	query, _ := lookup.Check(a.query, r.batch.Now())
	rec := lookup.Record{Service: r.kept.Service, Query: query, At: r.batch.Now()}
	pasts, err := r.batch.Ledger.Priors(ctx, []lookup.Record{rec})
	if err != nil {
		return false, err
	}
	_, send := r.batch.Guard.Preview(rec, pasts[0], a.consent)
	return !send, nil
}

// turnKind is what a turn is to a row.
type turnKind int

const (
	first  turnKind = iota
	unpaid          // the first one, of a row that the ledger answers
	again           // another one
)

// turn waits for the rate limit and for room, and tells whether to go on. halt
// has ended when the run stops.
func (r *Run) turn(ctx, halt context.Context, kind turnKind) bool {
	if kind != unpaid && r.limit.Wait(halt) != nil {
		<-halt.Done() // Wait gives up before a deadline; the deadline ends the run
		return false
	}
	return r.enter(ctx, kind)
}

// enter waits for room, and tells whether to go on.
func (r *Run) enter(ctx context.Context, kind turnKind) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if kind == again {
		defer func() {
			r.waiting--
			r.changed.Broadcast()
		}()
	}
	for {
		full := r.underWay >= r.pace.room() || kind != again && r.waiting > 0
		enough := r.maxCalls > 0 && r.calls+r.underWay >= r.maxCalls
		switch {
		case ctx.Err() != nil || r.state == Stopping:
			return false
		case enough && r.underWay == 0:
			r.stopLocked(lookup.StopLimit)
			return false
		case r.state == Running && !full && !enough && !r.resting:
			r.underWay++
			return true
		}
		r.changed.Wait()
	}
}
