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

// Trouble is a row that somebody should look at.
type Trouble struct {
	Row     int
	Entname string
	Fault   Fault          // why it cannot be sent, if so
	Record  lookup.Record  // else its look-up
	Outcome juhe.Outcome   // of the row
	Earlier bool           // the look-up was not made for this row
	Left    juhe.FaultKind // by that why it is lost, if so
	// Remarks are those on one that can be sent, or is held back.
	Remarks []ident.Warning
}

// Progress is how far a run has come.
type Progress struct {
	State    State
	Reason   lookup.StopReason // why it pauses or has stopped
	Run      lookup.RunID
	Rows     int
	Outcome  map[juhe.Outcome]int
	Sent     int // with those that are on the wire
	UnderWay int
	// Done is how many rows need nothing more for now, duplicate and invalid
	// ones with them.
	Done int
	// Read is how much of the input has been read, from 0 to 1.
	Read float64
	// Rate is rows a second of late, and Left the time for those that are left;
	// 0 if it is not known.
	Rate float64
	Left time.Duration
	// Alike is what the first answers all said if the run pauses for that, or has
	// stopped.
	Alike Answer
	// Rest is how long the service has to be left alone.
	Rest time.Duration
	// Troubles counts the rows in trouble; Trouble is the newest of them.
	Troubles int
	Trouble  []Trouble
}

// Progress tells it.
func (r *Run) Progress() Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.batch.Now()
	p := Progress{
		State: r.state, Reason: r.reason, Run: r.kept.ID, Rows: r.kept.Rows, Outcome: maps.Clone(r.counts),
		Sent: r.sent + max(r.spent-r.calls, 0), UnderWay: r.underWay, Done: r.kept.Duplicate + r.kept.Invalid + r.kept.Held + r.concluded(),
		Rate:     r.pace.meter.rate(now),
		Troubles: r.troubles, Trouble: r.trouble[:len(r.trouble):len(r.trouble)],
	}
	p.Alike = r.alike()
	if r.resting {
		p.Rest = max(r.rest.Sub(now), 0)
	}
	if size := r.input.Size(); size > 0 {
		p.Read = min(float64(r.offset)/float64(size), 1)
	}
	if left := r.plan.Calls + r.plan.Repeated + r.plan.Unsettled - r.asked; p.Rate > 0 && left > 0 {
		p.Left = time.Duration(float64(left) / p.Rate * float64(time.Second))
	}
	return p
}

// alike is what the first answers all said, if there are too many of them. mu is
// held.
func (r *Run) alike() Answer {
	if r.pace.first.tooMany() {
		return r.pace.first.said
	}
	return Answer{}
}

// concluded is how many rows have ended and are not to be sent any more.
func (r *Run) concluded() int {
	n := 0
	for outcome, count := range r.counts {
		if outcome != juhe.Unsent {
			n += count
		}
	}
	return n
}

func (r *Run) at(offset int64) {
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
		r.rested()
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
		if r.pace.unwell() {
			r.pace.again()
		}
		r.began, r.pace.meter = r.batch.Now(), meter{}
		r.state, r.reason = Running, ""
		r.changed.Broadcast()
	}
}

// Stop sends nothing new, waits for what is under way, and lets Go end, at once
// if it has not begun. The run can be resumed.
func (r *Run) Stop() { r.stop(lookup.StopOperator) }

// End is Stop because the program ends.
func (r *Run) End() { r.stop(lookup.StopShutdown) }

func (r *Run) stop(reason lookup.StopReason) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopLocked(reason)
}

// stopLocked does so with mu held.
func (r *Run) stopLocked(reason lookup.StopReason) {
	switch r.state {
	case Running:
		r.rested()
	case Preparing, Paused:
	default:
		return
	}
	r.state, r.reason = Stopping, reason
	close(r.halted)
	if reason != lookup.StopLimit { // within which all may leave that have an intent
		close(r.bar)
	}
	r.changed.Broadcast()
}

// rested counts the time in which the run was driven.
func (r *Run) rested() { r.active += r.batch.Now().Sub(r.began) }

// fail stops because the ledger, or what else there is, has failed.
func (r *Run) fail(err error) {
	r.mu.Lock()
	if r.failed == nil {
		r.failed = err
	}
	r.mu.Unlock()
	r.stop("")
}
