package batch

import (
	"cmp"
	"maps"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// State is the state of a run in this process.
type State string

// The states.
const (
	Preparing State = "preparing"
	Running   State = "running"
	Paused    State = "paused"   // until Continue
	Stopping  State = "stopping" // waits for calls in flight
	Writing   State = "writing"  // writes the output
	Done      State = "done"
)

// RowIssue is a row that needs attention.
type RowIssue struct {
	Row        int
	Entname    string
	Fault      Fault          // why it cannot be sent, if it cannot
	Record     lookup.Record  // otherwise its lookup
	Outcome    juhe.Outcome   // of the row
	Reused     bool           // the lookup was made for another row or run
	LostReason juhe.FaultKind // why it is lost, if it is reused
	// Warnings are those of a row that can be sent or is held back.
	Warnings []ident.Warning
}

// Progress is a snapshot of a run in progress.
type Progress struct {
	State     State
	Reason    lookup.StopReason // why it paused or stopped
	RunID     lookup.RunID
	Rows      int
	ByOutcome map[juhe.Outcome]int
	Sent      int // including calls in flight
	InFlight  int // calls, until they are recorded
	// Done counts the rows that this execution need not send any more, including duplicate
	// and invalid ones.
	Done int
	// ReadFraction is the part of the input read so far, from 0 to 1.
	ReadFraction float64
	// Rate is the number of rows per second, and Remaining the estimated time left. Both
	// are 0 if unknown.
	Rate      float64
	Remaining time.Duration
	// SameAnswer is the answer of the first rows if the run paused or stopped because
	// all were the same.
	SameAnswer Answer
	// Backoff is the remaining wait after a rate-limit refusal.
	Backoff time.Duration
	// IssueCount counts the rows that need attention. LatestIssues are the newest.
	IssueCount   int
	LatestIssues []RowIssue
}

// Progress returns the current progress.
func (r *Run) Progress() Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.runner.Now()
	p := Progress{
		State: r.state, Reason: r.reason, RunID: r.record.ID, Rows: r.record.Rows, ByOutcome: maps.Clone(r.counts),
		Sent: r.sent + max(r.callsStarted-r.callsAnswered, 0), InFlight: r.inFlight, Done: r.record.Duplicate + r.record.Invalid + r.record.Held + r.finishedCount(),
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

// sameAnswer returns the common answer that tripped the breaker. r.mu must be held.
func (r *Run) sameAnswer() Answer {
	if r.breaker.sameAnswers.isTripped() {
		return r.breaker.sameAnswers.answer
	}
	return Answer{}
}

// finishedCount returns how many rows have an outcome.
func (r *Run) finishedCount() int {
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

// Pause makes the run send nothing new until Continue.
func (r *Run) Pause() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pauseLocked("")
}

// pauseLocked pauses the run. If it is paused without a reason, it gets this one. r.mu must
// be held.
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

// Continue continues a paused run.
func (r *Run) Continue() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state == Paused {
		if r.breaker.isTripped() {
			r.breaker.reset()
		}
		r.activeSince, r.breaker.meter = r.runner.Now(), rateMeter{}
		r.state, r.reason = Running, ""
		r.changed.Broadcast()
	}
}

// Stop makes Execute send nothing new, wait for the calls in flight and return. The run can
// be resumed.
func (r *Run) Stop() { r.stop(lookup.StopOperator) }

// Shutdown is Stop for a program that exits.
func (r *Run) Shutdown() { r.stop(lookup.StopShutdown) }

func (r *Run) stop(reason lookup.StopReason) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopLocked(reason)
}

// stopLocked stops the run. r.mu must be held.
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
	if reason != lookup.StopLimit { // calls within the limit may still be sent
		close(r.sendingEnded)
	}
	r.changed.Broadcast()
}

// countActive adds the time since the run became active to activeTime.
func (r *Run) countActive() { r.activeTime += r.runner.Now().Sub(r.activeSince) }

// fail stops the run because of an error.
func (r *Run) fail(err error) {
	r.mu.Lock()
	if r.failure == nil {
		r.failure = err
	}
	r.mu.Unlock()
	r.stop("")
}
