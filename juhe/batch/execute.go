package batch

import (
	"context"
	"runtime/debug"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Summary is how a run stands when Go ends.
type Summary struct {
	Run       lookup.Run
	ByOutcome map[juhe.Outcome]int // of rows; those that have not ended are unsent
	Sent      int
	// SameAnswer is what the first answers all said if the run stopped for that.
	SameAnswer Answer
	// Unrecorded are look-ups that were sent and that the ledger does not hold.
	Unrecorded []lookup.Record
}

// IsFinished tells whether the run has nothing left to send.
func (s Summary) IsFinished() bool { return s.Run.Finished && s.Remaining() == 0 }

// Remaining is how many rows are still to be sent. Those that are held back are not.
func (s Summary) Remaining() int { return s.ByOutcome[juhe.Unsent] - s.Run.Held }

// Unresolved is how many rows have no verdict.
func (s Summary) Unresolved() int {
	return s.Run.Rows - s.Run.Duplicate - s.ByOutcome[juhe.Match] - s.ByOutcome[juhe.Mismatch]
}

// IsResolved tells whether every row has a verdict.
func (s Summary) IsResolved() bool { return s.Unresolved() == 0 }

// Execute drives the run until it ends or stops, and writes the output when every
// row has had its turn. Plan comes before it. When ctx ends, what is under way
// is given up, and becomes lost; Stop waits for it.
//
// The error is an *Error, a *juhe.CredentialError, a *sheet.ReadError or the
// ledger's. The Summary is as good as it can be with an error too; it is zero if
// the run could not begin.
func (r *Run) Execute(ctx context.Context) (Summary, error) {
	if err := r.prepare(ctx); err != nil {
		return Summary{}, err
	}
	err := r.sendRows(ctx)
	if err == nil {
		err = r.awaitPending(ctx)
	}
	err = r.finish(ctx, err)
	if saveErr := r.batch.Ledger.SaveRun(context.WithoutCancel(ctx), r.record); err == nil {
		err = saveErr
	}
	if r.record.Finished && err == nil {
		err = r.writeOutput(ctx)
	}
	if sum := newSummary(r.record, lookup.Tally{ByOutcome: r.counts}); err == nil && r.pasted != "" && sum.IsFinished() && sum.IsResolved() {
		err = r.batch.Ledger.DeletePastedRows(ctx, r.record.ID) // nothing is left to go on with
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state = Done
	if r.defect != nil {
		panic(r.defect)
	}
	return r.summary(), err
}

// Defect is a defect of ours that has come up while a look-up was made. Go
// panics with it, when what else was under way is recorded.
type Defect struct {
	Value any
	Stack []byte
}

// recoverDefect keeps a defect from ending the program while look-ups are under way.
func (r *Run) recoverDefect() {
	value := recover()
	if value == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.defect == nil {
		r.defect = &Defect{value, debug.Stack()}
	}
	r.stopLocked(lookup.StopOperator)
}

func (r *Run) summary() Summary {
	s := newSummary(r.record, lookup.Tally{ByOutcome: r.counts, Sent: r.sent})
	s.Unrecorded = r.unsaved
	if r.record.StopReason == lookup.StopFailures {
		s.SameAnswer = r.sameAnswer()
	}
	return s
}

// finish notes how the run stands when nothing is under way any more. What was
// stopped with nothing left to send has ended.
func (r *Run) finish(ctx context.Context, err error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failure != nil {
		err = r.failure
	}
	if r.state == Running {
		r.countActive()
	}
	done := r.state == Running && ctx.Err() == nil || r.summary().Remaining() == 0
	r.record.Finished, r.record.StopReason = done && err == nil, ""
	switch {
	case r.record.Finished && r.gaveUpRow:
		r.record.StopReason = stopRateLimited // which says why some are left
	case r.record.Finished:
	case ctx.Err() != nil && r.reason == "": // else it had a reason before it was given up
		r.record.StopReason = lookup.StopOperator
	default:
		r.record.StopReason = r.reason
	}
	r.reason = r.record.StopReason
	r.record.Elapsed, r.activeTime = r.record.Elapsed+r.activeTime, 0
	r.state = Writing
	return err
}

// restoreSameAnswers takes up what the first rows were told before. Who goes on after so
// many has been asked about them.
func (r *Run) restoreSameAnswers(ctx context.Context, sent int) error {
	answers := sameAnswers{disarmed: sent >= sameAnswerThreshold}
	defer func() {
		r.mu.Lock()
		r.breaker.sameAnswers = answers
		r.mu.Unlock()
	}()
	if sent == 0 || answers.disarmed {
		return nil
	}
	rows, err := r.batch.Ledger.RunRows(ctx, r.record.ID, 0, ledgerPage)
	if err != nil {
		return err
	}
	var ids []string
	for _, row := range rows {
		if row.Calls > 0 {
			ids = append(ids, row.ID)
		}
	}
	recs, err := r.batch.Ledger.Records(ctx, ids)
	for _, rec := range recs {
		answers.add(rec)
	}
	return err
}

// prepare records a new run, and finds out how an old one stands.
func (r *Run) prepare(ctx context.Context) error {
	l := r.batch.Ledger
	tally, err := l.RunTally(ctx, r.record.ID) // of a new one nothing
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.counts, r.sent = tally.ByOutcome, tally.Sent
	r.mu.Unlock()
	if err := r.restoreSameAnswers(ctx, tally.Sent); err != nil {
		return err
	}
	if r.plan.Calls > 0 {
		send, cancel := r.sendContext(ctx) // a program that gives the key may ask somebody
		err := r.batch.Client.Prepare(send, r.record.Query.API)
		cancel()
		if err != nil {
			return err
		}
	}
	if r.plan.ClockBehind != "" { // the plan has told, and it was agreed to
		if err := l.AcceptClock(ctx, r.batch.Now()); err != nil {
			return err
		}
	}
	if r.record.ID == 0 {
		if _, err := checkOutput(r.record.InputPath, r.record.OutputPath); err != nil {
			return err
		}
		r.mu.Lock()
		r.record.StartedAt = r.batch.Now().Truncate(time.Millisecond)
		r.mu.Unlock()
		id, err := l.CreateRun(ctx, r.record, r.pasted)
		if err != nil {
			return err
		}
		r.mu.Lock()
		r.record.ID = id
		r.mu.Unlock()
		if r.unlock, err = l.LockRun(ctx, id); err != nil {
			return lockError(id, err)
		}
	}
	if err := r.saveFaults(ctx); err != nil {
		return err
	}
	r.mu.Lock()
	r.record.StopReason, r.record.Finished = "", false
	r.mu.Unlock()
	if err := l.SaveRun(ctx, r.record); err != nil { // what is held back stays so if we are killed
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.activeSince = r.batch.Now()
	if r.state == Preparing { // nobody has stopped it yet
		r.state = Running
	}
	return nil
}
