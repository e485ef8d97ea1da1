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
	Run     lookup.Run
	Outcome map[juhe.Outcome]int // of rows; those that have not ended are unsent
	Sent    int
	// Alike is what the first answers all said if the run stopped for that.
	Alike Answer
	// Unsaved are look-ups that were sent and that the ledger does not hold.
	Unsaved []lookup.Record
}

// Finished tells whether the run has nothing left to send.
func (s Summary) Finished() bool { return s.Run.Finished && s.Left() == 0 }

// Left is how many rows are still to be sent. Those that are held back are not.
func (s Summary) Left() int { return s.Outcome[juhe.Unsent] - s.Run.Held }

// Open is how many rows have no verdict.
func (s Summary) Open() int {
	return s.Run.Rows - s.Run.Duplicate - s.Outcome[juhe.Match] - s.Outcome[juhe.Mismatch]
}

// Settled tells whether every row has a verdict.
func (s Summary) Settled() bool { return s.Open() == 0 }

// Go drives the run until it ends or stops, and writes the output when every
// row has had its turn. Plan comes before it. When ctx ends, what is under way
// is given up, and becomes lost; Stop waits for it.
//
// The error is an *Error, a *juhe.CredentialError, a *sheet.ReadError or the
// ledger's. The Summary is as good as it can be with an error too; it is zero if
// the run could not begin.
func (r *Run) Go(ctx context.Context) (Summary, error) {
	if err := r.begin(ctx); err != nil {
		return Summary{}, err
	}
	err := r.drive(ctx)
	if err == nil {
		err = r.lookAgain(ctx)
	}
	err = r.finish(ctx, err)
	if saveErr := r.batch.Ledger.SaveRun(context.WithoutCancel(ctx), r.kept); err == nil {
		err = saveErr
	}
	if r.kept.Finished && err == nil {
		err = r.write(ctx)
	}
	if sum := summary(r.kept, lookup.Tally{ByOutcome: r.counts}); err == nil && r.pasted != "" && sum.Finished() && sum.Settled() {
		err = r.batch.Ledger.DeletePastedRows(ctx, r.kept.ID) // nothing is left to go on with
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

// caught keeps a defect from ending the program while look-ups are under way.
func (r *Run) caught() {
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
	s := summary(r.kept, lookup.Tally{ByOutcome: r.counts, Sent: r.sent})
	s.Unsaved = r.unsaved
	if r.kept.StopReason == lookup.StopFailures {
		s.Alike = r.alike()
	}
	return s
}

// finish notes how the run stands when nothing is under way any more. What was
// stopped with nothing left to send has ended.
func (r *Run) finish(ctx context.Context, err error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed != nil {
		err = r.failed
	}
	if r.state == Running {
		r.rested()
	}
	done := r.state == Running && ctx.Err() == nil || r.summary().Left() == 0
	r.kept.Finished, r.kept.StopReason = done && err == nil, ""
	switch {
	case r.kept.Finished && r.hasty:
		r.kept.StopReason = codeSlow // which says why some are left
	case r.kept.Finished:
	case ctx.Err() != nil && r.reason == "": // else it had a reason before it was given up
		r.kept.StopReason = lookup.StopOperator
	default:
		r.kept.StopReason = r.reason
	}
	r.reason = r.kept.StopReason
	r.kept.Elapsed, r.active = r.kept.Elapsed+r.active, 0
	r.state = Writing
	return err
}

// beginsAlike takes up what the first rows were told before. Who goes on after so
// many has been asked about them.
func (r *Run) beginsAlike(ctx context.Context, sent int) error {
	first := alike{over: sent >= alikeAfter}
	defer func() {
		r.mu.Lock()
		r.pace.first = first
		r.mu.Unlock()
	}()
	if sent == 0 || first.over {
		return nil
	}
	rows, err := r.batch.Ledger.RunRows(ctx, r.kept.ID, 0, page)
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
		first.note(rec)
	}
	return err
}

// begin records a new run, and finds out how an old one stands.
func (r *Run) begin(ctx context.Context) error {
	l := r.batch.Ledger
	tally, err := l.RunTally(ctx, r.kept.ID) // of a new one nothing
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.counts, r.sent = tally.ByOutcome, tally.Sent
	r.mu.Unlock()
	if err := r.beginsAlike(ctx, tally.Sent); err != nil {
		return err
	}
	if r.plan.Calls > 0 {
		open, shut := r.open(ctx) // a program that gives the key may ask somebody
		err := r.batch.Caller.Prepare(open, r.kept.Query.API)
		shut()
		if err != nil {
			return err
		}
	}
	if r.plan.Clock != "" { // the plan has told, and it was agreed to
		if err := l.AcceptClock(ctx, r.batch.Now()); err != nil {
			return err
		}
	}
	if r.kept.ID == 0 {
		if _, err := output(r.kept.InputPath, r.kept.OutputPath); err != nil {
			return err
		}
		r.mu.Lock()
		r.kept.StartedAt = r.batch.Now().Truncate(time.Millisecond)
		r.mu.Unlock()
		id, err := l.CreateRun(ctx, r.kept, r.pasted)
		if err != nil {
			return err
		}
		r.mu.Lock()
		r.kept.ID = id
		r.mu.Unlock()
		if r.let, err = l.LockRun(ctx, id); err != nil {
			return driven(id, err)
		}
	}
	if err := r.saveFaults(ctx); err != nil {
		return err
	}
	r.mu.Lock()
	r.kept.StopReason, r.kept.Finished = "", false
	r.mu.Unlock()
	if err := l.SaveRun(ctx, r.kept); err != nil { // what is held back stays so if we are killed
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.began = r.batch.Now()
	if r.state == Preparing { // nobody has stopped it yet
		r.state = Running
	}
	return nil
}
