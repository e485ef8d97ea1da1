package batch

import (
	"strconv"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// allowSend tells whether what is about to go out may. It never gives more calls
// than the plan has told, for no more were agreed to: what the ledger could
// answer then may be too old, or deleted, by now, and a day with a limit over. Of a run that has reached its
// limit, what has an intent may still go.
func (r *Run) allowSend() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	stopped := r.state == Stopping && r.reason != lookup.StopLimit
	if stopped || r.state == Paused || r.backingOff || r.breaker.isTripped() {
		return false
	}
	if r.callsStarted >= r.plan.Sendable() {
		r.stopLocked(lookup.StopLimit)
		return false
	}
	r.callsStarted++
	return true
}

// onReply counts a reply and lets the next row go out while this one is recorded. What
// the reply says about the service counts before that. A row that was refused for
// haste keeps its place until everybody waits: came reports whether it gave it up.
func (r *Run) onReply(reply juhe.Reply) (released bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	rec := lookup.Record{Reply: reply}
	if rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeRateLimited {
		r.callsStarted--
		return false
	}
	if rec.Calls() == 0 {
		r.callsStarted--
	} else {
		r.rateLimitCount = 0
		r.sent++
		r.callsAnswered++
	}
	r.inFlight--
	defer r.changed.Broadcast()
	if code := rec.StopCode(); code != 0 {
		r.stopLocked(lookup.StopReason(strconv.Itoa(code)))
		return true
	}
	bad := r.breaker.add(isFailure(rec))
	if r.breaker.sameAnswers.add(rec) || bad {
		r.tripBreaker()
	}
	return true
}

// tripBreaker asks whether to go on, or stops where nobody can be asked. mu is held.
func (r *Run) tripBreaker() {
	if r.batch.Interactive {
		r.pauseLocked(lookup.StopFailures)
		return
	}
	r.stopLocked(lookup.StopFailures)
}

// isFailure tells whether a row ended in a way that says that the service, or
// the way to it, is unwell.
func isFailure(rec lookup.Record) bool {
	switch code := rec.Code(); rec.Reply.Outcome {
	case juhe.Lost, juhe.Unclear, juhe.Unsent:
		return true
	case juhe.Refused:
		return code == 253501 || code == 253506 || code == 253507
	}
	return false
}
