package batch

import (
	"math"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// stopRateLimited is the stop reason of a run in which the rate limit refused rows; see
// lookup.Record.IsRateLimited.
const stopRateLimited = lookup.StopReason("10011")

// codeNoRecord means that the register has no such company.
const codeNoRecord = 253504

const (
	// breakerThreshold is the number of consecutive failures that trips the breaker.
	breakerThreshold = 10
	// sameAnswerThreshold is the number of identical first answers that trips the
	// breaker.
	sameAnswerThreshold = 20
	// rateLimitRetries limits how often a row that the rate limit refused is sent again.
	rateLimitRetries = 5
)

// breaker stops a run after repeated failures and limits the calls in flight.
type breaker struct {
	concurrency int
	failures    int  // consecutive
	healthy     bool // at least one row succeeded
	sameAnswers sameAnswers
}

// sameAnswers watches the first answers of a run. If all of them are the same and none
// is a match, the table is more likely wrong than each of its rows; its columns may be
// swapped, for example. Such rows cost as much as correct ones.
type sameAnswers struct {
	answer   Answer
	count    int
	disarmed bool // an answer differed, or the operator continued the run
}

// Answer is the part of a reply that rows can have in common.
type Answer struct {
	Outcome juhe.Outcome
	Code    int
}

// add adds an answer and reports whether it trips the breaker.
func (a *sameAnswers) add(rec lookup.Record) bool {
	answer := Answer{rec.Reply.Outcome, rec.Code()}
	suspicious := answer.Outcome == juhe.Mismatch || answer.Outcome == juhe.Refused && answer.Code == codeNoRecord
	switch {
	case a.disarmed, rec.Calls() == 0:
		return false
	case !suspicious, a.count > 0 && answer != a.answer:
		a.disarmed = true
		return false
	}
	a.answer = answer
	a.count++
	return a.isTripped()
}

func (a *sameAnswers) isTripped() bool { return !a.disarmed && a.count >= sameAnswerThreshold }

// common returns the answer of all first rows if it trips the breaker.
func (a *sameAnswers) common() Answer {
	if a.isTripped() {
		return a.answer
	}
	return Answer{}
}

// remaining returns how many more identical answers trip the breaker.
func (a *sameAnswers) remaining() int {
	if a.disarmed {
		return math.MaxInt
	}
	return sameAnswerThreshold - a.count
}

// slots returns the largest number of calls in flight. Until a row has succeeded it
// allows no more calls than would trip the breaker.
func (b *breaker) slots() int {
	if b.failures > 0 || !b.healthy {
		return min(breakerThreshold-b.failures, b.concurrency, b.sameAnswers.remaining())
	}
	return min(b.concurrency, b.sameAnswers.remaining())
}

// isTripped reports whether the run must not send until the operator continues it.
func (b *breaker) isTripped() bool {
	return b.failures >= breakerThreshold || b.sameAnswers.isTripped()
}

// add adds the result of a call and reports whether it trips the breaker.
func (b *breaker) add(failed bool) bool {
	if !failed {
		b.failures, b.healthy = 0, true
		return false
	}
	b.failures++
	return b.failures >= breakerThreshold
}

// reset resets the breaker when the operator continues the run.
func (b *breaker) reset() { b.failures, b.healthy, b.sameAnswers.disarmed = 0, false, true }

// isFailure reports whether a lookup ended in a way that points to a fault of the
// service or of the network.
func isFailure(rec lookup.Record) bool {
	switch code := rec.Code(); rec.Reply.Outcome {
	case juhe.Match, juhe.Mismatch:
		return false
	case juhe.Refused:
		return code == 253501 || code == 253506 || code == 253507
	}
	return true
}
