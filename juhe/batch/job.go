package batch

import (
	"context"
	"errors"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// job is a row that has its turn.
type job struct {
	number       int
	query        juhe.Query
	consent      lookup.Consent
	priorOutcome juhe.Outcome // of the row so far; empty if it had none
}

// runJob makes the look-up of a row. When it is held back, or the service has asked
// for patience, it waits for another turn.
func (r *Run) runJob(ctx, halt context.Context, j job) {
	for tries := 0; ; {
		client := &limitedClient{Client: r.batch.Client, run: r}
		verifier := r.verifier.WithRow(lookup.RowRef{Run: r.record.ID, Row: j.number}).WithClient(client, noPrecheck{r.batch.Ledger})
		rec, err := verifier.Do(ctx, j.query, j.consent)
		rateLimited := rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeRateLimited
		cancelled := rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled
		detail := rec.Reply.Fault.Detail
		switch {
		case err == nil && cancelled && detail != "" && detail != errHeldBack.Error() && ctx.Err() == nil:
			err = errors.New(detail) // such as a key that is gone: it would not get better
			fallthrough
		case err != nil:
			r.releaseSlot(client)
			r.fail(err)
			return
		case rateLimited && tries < rateLimitRetries:
			tries++
			r.backOff()
		case !cancelled:
			r.finishJob(ctx, j, rec)
			r.releaseSlot(client)
			return
		}
		r.requeue(client)
		if !r.waitTurn(ctx, halt, retryTurn) {
			return
		}
	}
}

// backOff has everybody wait, longer each time.
func (r *Run) backOff() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.backingOff { // another row has been told the same
		return
	}
	rest := r.batch.backoff << min(r.rateLimitCount, rateLimitRetries-1)
	r.rateLimitCount++
	r.backingOff, r.backOffUntil = true, r.batch.Now().Add(rest)
	time.AfterFunc(rest, func() {
		r.mu.Lock()
		r.backingOff = false
		r.changed.Broadcast()
		r.mu.Unlock()
	})
}

// finishJob takes the end of a row.
func (r *Run) finishJob(ctx context.Context, j job, rec lookup.Record) {
	switch rec.Reply.Fault.Kind {
	case juhe.FaultLimit:
		r.stop(lookup.StopLimit)
		return
	case juhe.FaultClock: // it has gone back since the plan
		r.countRow(j, rec)
		r.stop(lookup.StopFailures)
		return
	}
	if rec.Earlier != nil {
		end := lookup.RunRow{Row: j.number, ID: rec.Earlier.ID, Outcome: rec.RowOutcome(), Reused: true}
		if err := r.batch.Ledger.RecordRow(context.WithoutCancel(ctx), r.record.ID, end); err != nil {
			r.fail(err)
			return
		}
	}
	r.countRow(j, rec)
	if rec.RecordErr != nil {
		r.fail(rec.RecordErr)
	}
}

// requeue makes room for another row that waits for one more turn, of which this is
// one now. Rows that have had none come later, so that few wait at a time.
func (r *Run) requeue(client *limitedClient) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !client.slotReleased {
		r.inFlight--
	}
	r.retrying++
	r.changed.Broadcast()
}

// releaseSlot makes room for another row, unless the reply has done so.
func (r *Run) releaseSlot(client *limitedClient) {
	if client.slotReleased {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inFlight--
	r.changed.Broadcast()
}

// countRow counts a row that has ended.
func (r *Run) countRow(j job, rec lookup.Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.jobsDone++
	r.breaker.meter.add(r.batch.Now())
	if j.priorOutcome != "" {
		r.counts[j.priorOutcome]--
	}
	outcome := rec.RowOutcome()
	r.counts[outcome]++
	if rec.Reply.Fault.Kind == juhe.FaultUnderWay {
		r.pendingRows++
	}
	if rec.RecordErr != nil {
		r.unsaved = append(r.unsaved, rec)
	}
	if rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeRateLimited {
		r.gaveUpRow = true
		if r.breaker.add(true) {
			r.tripBreaker()
		}
	}
	if outcome.Verdict() {
		return
	}
	r.issueCount++
	if len(r.latestIssues) == maxKeptRows {
		r.latestIssues = append([]RowIssue(nil), r.latestIssues[maxKeptRows/2:]...)
	}
	issue := RowIssue{Row: j.number, Entname: rec.Query.Factors[juhe.Entname], Record: rec, Outcome: outcome, Reused: rec.Earlier != nil}
	issue.Record.Reply.Raw = "" // which may be long
	r.latestIssues = append(r.latestIssues, issue)
}
