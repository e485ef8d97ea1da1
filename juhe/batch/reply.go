package batch

import (
	"strconv"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// allowCall reports whether another call may be sent, and counts it. It never exceeds
// the number of calls shown in the plan, even if an answer in the ledger has expired or was
// deleted since. While the run stops because of a limit, the calls within the limit may
// still be sent.
func (r *Run) allowCall() bool {
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

// onReply counts a reply and reports whether it released the slot of its row. The next
// row can then be sent while this one is recorded; whatever the reply says about the
// service takes effect first. A row refused by the rate limit keeps its slot until the
// run backs off.
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
	r.slots--
	defer r.changed.Broadcast()
	if code := rec.StopCode(); code != 0 {
		r.stopLocked(lookup.StopReason(strconv.Itoa(code)))
		return true
	}
	failed := r.breaker.add(isFailure(rec))
	if r.breaker.sameAnswers.add(rec) || failed {
		r.tripBreaker()
	}
	return true
}

// tripBreaker pauses an interactive run and stops any other. r.mu must be held.
func (r *Run) tripBreaker() {
	if r.runner.Interactive {
		r.pauseLocked(lookup.StopFailures)
		return
	}
	r.stopLocked(lookup.StopFailures)
}

// isFailure reports whether a lookup ended in a way that points to a fault of the
// service or of the network.
func isFailure(rec lookup.Record) bool {
	switch code := rec.Code(); rec.Reply.Outcome {
	case juhe.Lost, juhe.Unclear, juhe.Unsent:
		return true
	case juhe.Refused:
		return code == 253501 || code == 253506 || code == 253507
	}
	return false
}
