package batch

import (
	"cmp"
	"maps"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// State is what a run is doing.
type State string

// The states.
const (
	Preparing State = "preparing"
	Running   State = "running"
	Paused    State = "paused"   // nothing new is sent until Continue
	Stopping  State = "stopping" // what is under way is waited for
	Writing   State = "writing"  // the output
	Done      State = "done"
)

// States lists all states.
func States() []State { return []State{Preparing, Running, Paused, Stopping, Writing, Done} }

// RowIssue is a row that somebody should look at.
type RowIssue struct {
	Row        int
	Entname    string
	Fault      Fault          // why it cannot be sent, if so
	Record     lookup.Record  // else its look-up
	Outcome    juhe.Outcome   // of the row
	Reused     bool           // the look-up was not made for this row
	LostReason juhe.FaultKind // by that why it is lost, if so
	// Warnings are those on one that can be sent, or is held back.
	Warnings []ident.Warning
}

// Progress is how far a run has come.
type Progress struct {
	State     State
	Reason    lookup.StopReason // why it pauses or has stopped
	RunID     lookup.RunID
	Rows      int
	ByOutcome map[juhe.Outcome]int
	Sent      int // with those that are on the wire
	InFlight  int
	// Done is how many rows need nothing more for now, duplicate and invalid
	// ones with them.
	Done int
	// ReadFraction is how much of the input has been read, from 0 to 1.
	ReadFraction float64
	// Rate is rows a second of late, and Left the time for those that are left;
	// 0 if it is not known.
	Rate      float64
	Remaining time.Duration
	// SameAnswer is what the first answers all said if the run pauses for that, or has
	// stopped.
	SameAnswer Answer
	// Backoff is how long the service has to be left alone.
	Backoff time.Duration
	// IssueCount counts the rows in trouble; Trouble is the newest of them.
	IssueCount   int
	LatestIssues []RowIssue
}

// Progress tells it.
func (r *Run) Progress() Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.batch.Now()
	p := Progress{
		State: r.state, Reason: r.reason, RunID: r.record.ID, Rows: r.record.Rows, ByOutcome: maps.Clone(r.counts),
		Sent: r.sent + max(r.callsStarted-r.callsAnswered, 0), InFlight: r.inFlight, Done: r.record.Duplicate + r.record.Invalid + r.record.Held + r.endedRows(),
		Rate:       r.breaker.meter.rate(now),
		IssueCount: r.issueCount, LatestIssues: r.latestIssues[:len(r.latestIssues):len(r.latestIssues)],
	}
	p.SameAnswer = r.sameAnswer()
	if r.backingOff {
		p.Backoff = max(r.backOffUntil.Sub(now), 0)
	}
	if size := r.input.Size(); size > 0 {
		p.ReadFraction = min(float64(r.offset)/float64(size), 1)
	}
	if left := r.plan.Calls + r.plan.Repeated + r.plan.Unsettled - r.jobsDone; p.Rate > 0 && left > 0 {
		p.Remaining = time.Duration(float64(left) / p.Rate * float64(time.Second))
	}
	return p
}

// sameAnswer is what the first answers all said, if there are too many of them. mu is
// held.
func (r *Run) sameAnswer() Answer {
	if r.breaker.sameAnswers.isTripped() {
		return r.breaker.sameAnswers.answer
	}
	return Answer{}
}

// endedRows is how many rows have ended and are not to be sent any more.
func (r *Run) endedRows() int {
	n := 0
	for outcome, count := range r.counts {
		if outcome != juhe.Unsent {
			n += count
		}
	}
	return n
}

func (r *Run) setOffset(offset int64) {
	r.mu.Lock()
	r.offset = offset
	r.mu.Unlock()
}

// Pause sends nothing new until Continue.
func (r *Run) Pause() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pauseLocked("")
}

// pauseLocked does so with mu held. That the service is unwell is also said of a
// run that pauses already.
func (r *Run) pauseLocked(reason lookup.StopReason) {
	switch r.state {
	case Running:
		r.countActive()
		r.state, r.reason = Paused, reason
		r.changed.Broadcast()
	case Paused:
		r.reason = cmp.Or(r.reason, reason)
	}
}

// Continue goes on after a pause.
func (r *Run) Continue() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state == Paused {
		if r.breaker.isTripped() {
			r.breaker.reset()
		}
		r.activeSince, r.breaker.meter = r.batch.Now(), rateMeter{}
		r.state, r.reason = Running, ""
		r.changed.Broadcast()
	}
}

// Stop sends nothing new, waits for what is under way, and lets Go end, at once
// if it has not begun. The run can be resumed.
func (r *Run) Stop() { r.stop(lookup.StopOperator) }

// Shutdown is Stop because the program ends.
func (r *Run) Shutdown() { r.stop(lookup.StopShutdown) }

func (r *Run) stop(reason lookup.StopReason) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopLocked(reason)
}

// stopLocked does so with mu held.
func (r *Run) stopLocked(reason lookup.StopReason) {
	switch r.state {
	case Running:
		r.countActive()
	case Preparing, Paused:
	default:
		return
	}
	r.state, r.reason = Stopping, reason
	close(r.stopping)
	if reason != lookup.StopLimit { // within which all may leave that have an intent
		close(r.sendingEnded)
	}
	r.changed.Broadcast()
}

// countActive counts the time in which the run was driven.
func (r *Run) countActive() { r.activeTime += r.batch.Now().Sub(r.activeSince) }

// fail stops because the ledger, or what else there is, has failed.
func (r *Run) fail(err error) {
	r.mu.Lock()
	if r.failure == nil {
		r.failure = err
	}
	r.mu.Unlock()
	r.stop("")
}
