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
	var underWay sync.WaitGroup
	defer underWay.Wait()
	limit := rate.NewLimiter(rate.Inf, 1)
	if r.batch.Rate > 0 {
		limit = rate.NewLimiter(rate.Limit(r.batch.Rate), max(1, int(r.batch.Rate/100)))
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
	ended := ended{rows: r.batch.Ledger, run: r.kept.ID}
	for row, err := range r.rows() {
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
		if limit.Wait(halt) != nil || !r.enter(ctx) {
			return nil
		}
		was := juhe.Outcome("")
		if known {
			was = end.Outcome
		}
		query := r.kept.Query
		query.Factors = row.typed
		underWay.Go(func() {
			r.ask(ctx, asked{row.number, query, consent, was})
		})
	}
	return nil
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
			r.state, r.reason = Stopping, lookup.StoppedLimit
			r.rested()
			close(r.halted)
			return false
		case r.state == Running && !full && !enough && !r.resting:
			r.underWay++
			return true
		}
		r.changed.Wait()
	}
}
