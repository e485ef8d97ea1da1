package batch

import (
	"strconv"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// goes tells whether what is about to go out may. It never gives more calls
// than the plan has told, for no more were agreed to: what the ledger could
// answer then may be too old, or deleted, by now, and a day with a limit over. Of a run that has reached its
// limit, what has an intent may still go.
func (r *Run) goes() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	stopped := r.state == Stopping && r.reason != lookup.StopLimit
	if stopped || r.state == Paused || r.resting || r.pace.unwell() {
		return false
	}
	if r.spent >= r.plan.Sendable() {
		r.stopLocked(lookup.StopLimit)
		return false
	}
	r.spent++
	return true
}

// came counts a reply and lets the next row go out while this one is recorded. What
// the reply says about the service counts before that. A row that was refused for
// haste keeps its place until everybody waits: came reports whether it gave it up.
func (r *Run) came(reply juhe.Reply) (left bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	rec := lookup.Record{Reply: reply}
	if rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeRateLimited {
		r.spent--
		return false
	}
	if rec.Calls() == 0 {
		r.spent--
	} else {
		r.slow = 0
		r.sent++
		r.calls++
	}
	r.underWay--
	defer r.changed.Broadcast()
	if code := rec.StopCode(); code != 0 {
		r.stopLocked(lookup.StopReason(strconv.Itoa(code)))
		return true
	}
	bad := r.pace.note(unwellEnd(rec))
	if r.pace.first.note(rec) || bad {
		r.unwell()
	}
	return true
}

// unwell asks whether to go on, or stops where nobody can be asked. mu is held.
func (r *Run) unwell() {
	if r.batch.Attended {
		r.pauseLocked(lookup.StopFailures)
		return
	}
	r.stopLocked(lookup.StopFailures)
}

// unwellEnd tells whether a row ended in a way that says that the service, or
// the way to it, is unwell.
func unwellEnd(rec lookup.Record) bool {
	switch code := rec.Code(); rec.Reply.Outcome {
	case juhe.Lost, juhe.Unclear, juhe.Unsent:
		return true
	case juhe.Refused:
		return code == 253501 || code == 253506 || code == 253507
	}
	return false
}
