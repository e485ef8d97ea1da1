package batch

import (
	"context"
	"sync"

	"golang.org/x/time/rate"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// driver sends the rows of a run, in one execution.
type driver struct {
	*Run
	limiter *rate.Limiter
	// waiting ends when the run stops, sending when no request may be written any more. A
	// call that may have been sent is awaited after that.
	waiting, sending context.Context
}

func newDriver(ctx context.Context, r *Run, waiting, sending context.Context) *driver {
	limiter := rate.NewLimiter(rate.Inf, 1)
	if r.runner.Rate > 0 {
		limiter = rate.NewLimiter(rate.Limit(r.runner.Rate), max(1, int(r.runner.Rate/100)))
	}
	return &driver{r, limiter, waiting, juhe.WithGiveUp(sending, ctx)}
}

// job is a row to be sent.
type job struct {
	inputRow // without the cells, which are gone by then
	consent  lookup.Consent
}

// sendRows sends all rows that are due and returns when the last one is finished.
func (d *driver) sendRows(ctx context.Context) error {
	var jobs sync.WaitGroup
	defer jobs.Wait()
	for row, err := range d.inputRows(ctx) {
		if err != nil {
			return err
		}
		d.setOffset(row.Offset)
		d.check(&row)
		due, err := d.isDue(row)
		if err != nil {
			return err
		}
		consent, resend := d.resendConsent(row.result)
		if !due || !resend {
			continue
		}
		j := job{row, consent}
		j.Cells = nil
		kind := firstTurn
		local, err := d.answeredLocally(ctx, j)
		switch {
		case err != nil:
			return err
		case local:
			kind = freeTurn
		}
		if !d.waitTurn(ctx, kind) {
			return nil
		}
		jobs.Go(func() {
			defer d.recoverPanic()
			d.runJob(ctx, j)
		})
	}
	return nil
}

// isDue reports whether a row may be sent: it is not invalid, a duplicate or held back.
func (d *driver) isDue(row inputRow) (bool, error) {
	first, ok := d.firstRows[newFactorsKey(row.rec.Query.Factors)]
	switch {
	case row.fault.Problem != "":
		return false, nil
	case !ok:
		return false, &Error{Problem: ProblemChanged, Path: d.record.InputPath}
	}
	return int(first) == row.Number && !d.isHeld(row), nil
}

// answeredLocally reports whether the ledger answers a row, so that it need not wait
// for the rate limit. It is false without a rate limit.
func (d *driver) answeredLocally(ctx context.Context, j job) (bool, error) {
	if d.runner.Rate == 0 || d.plan.Repeated+d.plan.Unsettled == 0 {
		return false, nil
	}
	priors, err := d.runner.Ledger.Priors(ctx, []lookup.Record{j.rec})
	if err != nil {
		return false, err
	}
	_, send := d.runner.Verifier.Guard().Preview(j.rec, priors[0], j.consent)
	return !send, nil
}

// waitTurn waits for the rate limit and for a slot. It reports whether the row may be
// sent.
func (d *driver) waitTurn(ctx context.Context, kind turn) bool {
	if kind != freeTurn && d.limiter.Wait(d.waiting) != nil {
		<-d.waiting.Done() // Wait fails before a deadline that it would exceed
		return false
	}
	return d.acquire(ctx, kind)
}

// runJob looks up a row. It tries again if the rate limit refused the call, or if the run
// paused or backed off before it.
func (d *driver) runJob(ctx context.Context, j job) {
	row, typed := lookup.RowRef{Run: d.record.ID, Row: j.Number}, d.record.Query
	typed.Factors = j.Factors
	for tries := 0; ; {
		call, rec, err := d.runner.Verifier.Begin(ctx, row, typed, j.consent)
		slotReleased := false
		if call != nil {
			if d.startCall() {
				var reply juhe.Reply
				if reply, err = call.Send(d.sending); ctx.Err() != nil {
					err = nil // the reply says so
				}
				slotReleased = d.endCall(reply)
			}
			rec = call.Finish(ctx)
		}
		cancelled := rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled
		switch {
		case err != nil: // such as a missing key, which a retry does not fix
			d.release(slotReleased, false)
			d.fail(err)
			return
		case rec.IsRateLimited() && tries < rateLimitRetries:
			tries++
			d.backOff()
		case !cancelled:
			d.finishJob(ctx, j, rec)
			d.release(slotReleased, false)
			return
		}
		d.release(slotReleased, true)
		if !d.waitTurn(ctx, retryTurn) {
			return
		}
	}
}

// finishJob records the result of a row.
func (d *driver) finishJob(ctx context.Context, j job, rec lookup.Record) {
	switch rec.Reply.Fault.Kind {
	case juhe.FaultLimit:
		d.stop(lookup.StopLimit)
		return
	case juhe.FaultClock: // the clock went back after the plan
		d.countRow(j, rec)
		d.stop(lookup.StopFailures)
		return
	}
	if rec.Earlier != nil {
		runRow := lookup.RunRow{Row: j.Number, ID: rec.Earlier.ID, Outcome: rec.RowOutcome(), Reused: true}
		if err := d.runner.Ledger.RecordRow(context.WithoutCancel(ctx), d.record.ID, runRow); err != nil {
			d.fail(err)
			return
		}
	}
	d.countRow(j, rec)
	switch {
	case rec.RecordErr != nil:
		d.fail(rec.RecordErr)
	case rec.IsRateLimited():
		d.giveUpRow()
	}
}
