package batch

import (
	"context"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// job is a row to be sent.
type job struct {
	number       int
	query        juhe.Query
	consent      lookup.Consent
	priorOutcome juhe.Outcome // of an earlier attempt in this run; empty if there is none
}

// runJob looks up a row. It tries again if the rate limit refused the call, or if the run
// paused or backed off before it.
func (r *Run) runJob(ctx, untilStop context.Context, j job) {
	row := lookup.RowRef{Run: r.record.ID, Row: j.number}
	for tries := 0; ; {
		call, rec, err := r.runner.Verifier.Begin(ctx, row, j.query, j.consent)
		slotReleased := false
		if call != nil {
			if r.allowCall() {
				slotReleased, err = r.send(ctx, call)
			}
			rec = call.Finish(ctx)
		}
		rateLimited := rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeRateLimited
		cancelled := rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled
		switch {
		case err != nil:
			r.releaseSlot(slotReleased, false)
			r.fail(err)
			return
		case rateLimited && tries < rateLimitRetries:
			tries++
			r.backOff()
		case !cancelled:
			r.finishJob(ctx, j, rec)
			r.releaseSlot(slotReleased, false)
			return
		}
		r.releaseSlot(slotReleased, true)
		if !r.waitTurn(ctx, untilStop, retryTurn) {
			return
		}
	}
}

// send sends a call and counts its reply before the outcome is recorded. The error is one
// that a retry does not fix, such as a missing key.
func (r *Run) send(ctx context.Context, call *lookup.Call) (slotReleased bool, err error) {
	send, cancel := withStop(ctx, r.sendingEnded)
	defer cancel()
	reply, err := call.Send(juhe.WithGiveUp(send, ctx))
	if ctx.Err() != nil {
		err = nil // the reply says so
	}
	return r.onReply(reply), err
}

// withStop returns a context that is also cancelled when stop is closed.
func withStop(ctx context.Context, stop <-chan struct{}) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-stop:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// backOff delays all further calls. Each delay is twice as long as the last one.
func (r *Run) backOff() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.backingOff { // for another row
		return
	}
	delay := r.runner.backoff << min(r.rateLimitCount, rateLimitRetries-1)
	r.rateLimitCount++
	r.backingOff, r.backOffUntil = true, r.runner.Now().Add(delay)
	time.AfterFunc(delay, func() {
		r.mu.Lock()
		r.backingOff = false
		r.changed.Broadcast()
		r.mu.Unlock()
	})
}

// finishJob records the result of a row.
func (r *Run) finishJob(ctx context.Context, j job, rec lookup.Record) {
	switch rec.Reply.Fault.Kind {
	case juhe.FaultLimit:
		r.stop(lookup.StopLimit)
		return
	case juhe.FaultClock: // the clock went back after the plan
		r.countRow(j, rec)
		r.stop(lookup.StopFailures)
		return
	}
	if rec.Earlier != nil {
		runRow := lookup.RunRow{Row: j.number, ID: rec.Earlier.ID, Outcome: rec.RowOutcome(), Reused: true}
		if err := r.runner.Ledger.RecordRow(context.WithoutCancel(ctx), r.record.ID, runRow); err != nil {
			r.fail(err)
			return
		}
	}
	r.countRow(j, rec)
	if rec.RecordErr != nil {
		r.fail(rec.RecordErr)
	}
}

// releaseSlot ends a turn. It releases its slot unless the reply has done so. Rows that
// retry go before new ones, so that few rows wait at a time.
func (r *Run) releaseSlot(released, retry bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inFlight--
	if !released {
		r.slots--
	}
	if retry {
		r.retrying++
	}
	r.changed.Broadcast()
}

// countRow counts a finished row.
func (r *Run) countRow(j job, rec lookup.Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.jobsDone++
	r.breaker.meter.add(r.runner.Now())
	if j.priorOutcome != "" {
		r.counts[j.priorOutcome]--
	}
	outcome := rec.RowOutcome()
	r.counts[outcome]++
	if rec.Reply.Fault.Kind == juhe.FaultPending {
		r.pendingRows++
	}
	if rec.RecordErr != nil {
		r.unrecorded = append(r.unrecorded, rec)
	}
	if rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeRateLimited {
		r.gaveUpRow = true
		if r.breaker.add(true) {
			r.tripBreaker()
		}
	}
	if outcome.IsVerdict() {
		return
	}
	r.issueCount++
	if len(r.latestIssues) == maxKeptRows {
		r.latestIssues = append([]RowIssue(nil), r.latestIssues[maxKeptRows/2:]...)
	}
	issue := RowIssue{Row: j.number, Entname: rec.Query.Factors[juhe.Entname], Record: rec, Outcome: outcome, Reused: rec.Earlier != nil}
	issue.Record.Reply.Raw = "" // may be long
	r.latestIssues = append(r.latestIssues, issue)
}
