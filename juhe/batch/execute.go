package batch

import (
	"context"
	"time"

	"fourfactor/juhe/lookup"
)

// Execute sends the rows of a planned run until all are finished or the run stops. After
// the last row it writes the output. If ctx is cancelled, calls in flight are abandoned
// and become lost. Stop waits for them. A panic during a lookup becomes a panic of
// Execute with a *juhe.Panic, once the other lookups in flight are recorded.
//
// The error is an *Error, a *juhe.CredentialError, a *table.ReadError or a
// *lookup.LedgerError. The Summary is valid even if there is an error. It is zero if the
// run could not start.
func (r *Run) Execute(ctx context.Context) (Summary, error) {
	waiting, sending, end := r.begin(ctx)
	defer end()
	if err := r.prepare(ctx, sending); err != nil {
		return Summary{}, err
	}
	d := newDriver(ctx, r, waiting, sending)
	err := d.sendRows(ctx)
	if err == nil {
		err = d.waitForPending(ctx)
	}
	err = r.finish(ctx, err)
	if saveErr := r.runner.Ledger.SaveRun(context.WithoutCancel(ctx), r.record); err == nil {
		err = saveErr
	}
	if r.record.Finished && err == nil {
		err = r.writeOutput(ctx)
	}
	sum := r.summary()
	if err == nil && r.pasted != "" && sum.IsFinished() && sum.IsResolved() {
		err = r.runner.Ledger.DeletePastedRows(ctx, r.record.ID) // no longer needed
	}
	if p := r.setDone(); p != nil {
		panic(p)
	}
	return sum, err
}

// summary returns the state of a run while no call is in flight.
func (r *Run) summary() Summary {
	s := newSummary(r.record, lookup.Tally{ByOutcome: r.counts, Calls: r.sentBefore + r.callsAnswered})
	s.Unrecorded = r.unrecorded
	if r.record.StopReason == lookup.StopFailures {
		s.SameAnswer = r.breaker.sameAnswers.common()
	}
	return s
}

// finish sets the final state once no call is in flight. A run that was stopped with no
// row left to send is finished.
func (r *Run) finish(ctx context.Context, err error) error {
	remaining := r.summary().Remaining()
	r.gate.mu.Lock()
	defer r.gate.mu.Unlock()
	if r.failure != nil {
		err = r.failure
	}
	if r.state == Running {
		r.countActive()
	}
	finished := err == nil && (r.state == Running && ctx.Err() == nil || remaining == 0)
	switch {
	case finished && r.gaveUpRow:
		r.reason = stopRateLimited // the reason for the unsent rows
	case finished:
		r.reason = ""
	case ctx.Err() != nil && r.reason == "":
		r.reason = lookup.StopOperator
	}
	r.change(func(run *lookup.Run) {
		run.Finished, run.StopReason, run.Elapsed = finished, r.reason, run.Elapsed+r.activeTime
	})
	r.state, r.activeTime = Writing, 0
	return err
}

// restoreSameAnswers restores the first answers of an earlier execution. If more were sent,
// the operator has confirmed to continue.
func (r *Run) restoreSameAnswers(ctx context.Context, sent int) error {
	answers := sameAnswers{disarmed: sent >= sameAnswerThreshold}
	defer func() {
		r.gate.mu.Lock()
		r.breaker.sameAnswers = answers
		r.gate.mu.Unlock()
	}()
	if sent == 0 || answers.disarmed {
		return nil
	}
	rows, err := r.runner.Ledger.RunRows(ctx, r.record.ID, 0, ledgerPage)
	if err != nil {
		return err
	}
	var ids []string
	for _, row := range rows {
		if row.Calls > 0 {
			ids = append(ids, row.ID)
		}
	}
	recs, err := r.runner.Ledger.Records(ctx, ids)
	for _, rec := range recs {
		answers.add(rec)
	}
	return err
}

// prepare records a new run, or restores the state of an old one.
func (r *Run) prepare(ctx, sending context.Context) error {
	l := r.runner.Ledger
	tally, err := l.RunTally(ctx, r.record.ID) // empty for a new run
	if err != nil {
		return err
	}
	r.restore(tally)
	if err := r.restoreSameAnswers(ctx, tally.Calls); err != nil {
		return err
	}
	if r.plan.Calls > 0 { // a key command may wait for the operator
		if err := r.runner.Verifier.CheckCredentials(sending, r.record.Query.API); err != nil {
			return err
		}
	}
	if r.plan.ClockBehind != "" { // the plan showed it
		if err := l.AcceptClock(ctx, r.runner.Now()); err != nil {
			return err
		}
	}
	if r.record.ID == 0 {
		if err := r.create(ctx); err != nil {
			return err
		}
	}
	if err := r.saveFaults(ctx); err != nil {
		return err
	}
	r.change(func(run *lookup.Run) { run.StopReason, run.Finished = "", false })
	if err := l.SaveRun(ctx, r.record); err != nil { // keeps rows held back if this process is killed
		return err
	}
	r.open(r.plan.Sendable())
	return nil
}

// create records a new run and locks it.
func (r *Run) create(ctx context.Context) error {
	if _, err := checkOutput(r.record.InputPath, r.record.OutputPath); err != nil {
		return err
	}
	r.change(func(run *lookup.Run) { run.StartedAt = r.runner.Now().Truncate(time.Millisecond) })
	id, err := r.runner.Ledger.CreateRun(ctx, r.record, r.pasted)
	if err != nil {
		return err
	}
	r.change(func(run *lookup.Run) { run.ID = id })
	if r.unlock, err = r.runner.Ledger.LockRun(ctx, id); err != nil {
		return lockError(id, err)
	}
	return nil
}
