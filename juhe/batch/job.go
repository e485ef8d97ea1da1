package batch

import (
	"context"
	"errors"
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
	for tries := 0; ; {
		client := &limitedClient{Client: r.runner.Client, run: r}
		verifier := r.verifier.WithRow(lookup.RowRef{Run: r.record.ID, Row: j.number}).WithClient(client, noPrecheck{r.runner.Ledger})
		rec, err := verifier.Do(ctx, j.query, j.consent)
		rateLimited := rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeRateLimited
		cancelled := rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled
		detail := rec.Reply.Fault.Detail
		switch {
		case err == nil && cancelled && detail != "" && detail != errNotAllowed.Error() && ctx.Err() == nil:
			err = errors.New(detail) // such as a missing key, which a retry does not fix
			fallthrough
		case err != nil:
			r.releaseSlot(client, false)
			r.fail(err)
			return
		case rateLimited && tries < rateLimitRetries:
			tries++
			r.backOff()
		case !cancelled:
			r.finishJob(ctx, j, rec)
			r.releaseSlot(client, false)
			return
		}
		r.releaseSlot(client, true)
		if !r.waitTurn(ctx, untilStop, retryTurn) {
			return
		}
	}
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
func (r *Run) releaseSlot(client *limitedClient, retry bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inFlight--
	if !client.slotReleased {
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
