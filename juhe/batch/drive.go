package batch

import (
	"context"
	"sync"

	"golang.org/x/time/rate"

	"fourfactor/juhe"
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
		normal := normal(row.typed)
		if r.judge(&row, normal); row.fault.Problem != "" {
			continue
		}
		switch first, there := r.first[keyOf(normal)]; {
		case !there:
			return &Error{Problem: ProblemChanged, Path: r.kept.Path}
		case int(first) != row.number:
			continue
		}
		end, known, err := ended.of(ctx, row.number)
		if err != nil {
			return err
		}
		consent, again := r.again(end, known)
		if !again {
			continue
		}
		query := r.kept.Query
		query.Factors = row.typed
		free, err := r.free(ctx, query, consent)
		if err != nil {
			return err
		}
		if !r.turn(ctx, halt, free) {
			return nil
		}
		was := juhe.Outcome("")
		if known {
			was = end.Outcome
		}
		underWay.Go(func() {
			r.ask(ctx, halt, asked{row.number, query, consent, was})
		})
	}
	return nil
}

// free tells whether a row needs not wait for its turn on the wire, since the
// ledger answers it. Where nothing is slowed down it does not matter.
func (r *Run) free(ctx context.Context, query juhe.Query, consent lookup.Consent) (bool, error) {
	if r.batch.Rate == 0 || r.plan.Repeated+r.plan.Unsettled == 0 {
		return false, nil
	}
	query, _ = lookup.Check(query, r.batch.Now())
	rec := lookup.Record{Service: r.kept.Service, Query: query, At: r.batch.Now()}
	pasts, err := r.batch.Ledger.Pasts(ctx, []lookup.Record{rec})
	if err != nil {
		return false, err
	}
	_, send := r.batch.Guard.Foresee(rec, pasts[0], consent)
	return !send, nil
}

// turn waits for the rate limit and for room, and tells whether to go on. halt
// has ended when the run stops.
func (r *Run) turn(ctx, halt context.Context, free bool) bool {
	if !free && r.limit.Wait(halt) != nil {
		<-halt.Done() // Wait gives up before a deadline; the deadline ends the run
		return false
	}
	return r.enter(ctx)
}

// enter waits for room, and tells whether to go on.
func (r *Run) enter(ctx context.Context) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		full := r.underWay >= r.pace.room(r.batch.Now())
		enough := r.maxCalls > 0 && r.calls+r.underWay >= r.maxCalls
		switch {
		case ctx.Err() != nil || r.state == Stopping:
			return false
		case enough && r.underWay == 0:
			r.stopLocked(lookup.StoppedLimit)
			return false
		case r.state == Running && !full && !enough && !r.resting:
			r.underWay++
			return true
		}
		r.changed.Wait()
	}
}
