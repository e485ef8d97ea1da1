package batch

import (
	"math"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// stopRateLimited is the stop reason of a run with rows refused by the rate limit:
// lookup.CodeRateLimited.
const stopRateLimited = lookup.StopReason("10011")

// codeNoRecord means that the register has no such company.
const codeNoRecord = 253504

const (
	// breakerThreshold is the number of consecutive failures that trips the breaker.
	breakerThreshold = 10
	// sameAnswerThreshold is the number of identical first answers that trips the
	// breaker.
	sameAnswerThreshold = 20
	// rateLimitRetries is how often a row refused by the rate limit is sent again.
	rateLimitRetries = 5
)

// breaker stops a run after repeated failures and limits the calls in flight.
type breaker struct {
	concurrency int
	failures    int  // consecutive
	healthy     bool // at least one row succeeded
	sameAnswers sameAnswers
	meter       rateMeter
}

// sameAnswers watches the first answers of a run. If all of them are the same and none
// is a match, the table is more likely wrong than each of its rows; its columns may be
// swapped, for example. Such rows cost as much as correct ones.
type sameAnswers struct {
	answer   Answer
	count    int
	disarmed bool // an answer differed, or somebody chose to continue
}

// Answer is the part of a reply that rows can have in common.
type Answer struct {
	Outcome juhe.Outcome
	Code    int
}

// add adds an answer and reports whether it trips the breaker.
func (a *sameAnswers) add(rec lookup.Record) bool {
	answer := Answer{rec.Reply.Outcome, rec.Code()}
	common := answer.Outcome == juhe.Mismatch || answer.Outcome == juhe.Refused && answer.Code == codeNoRecord
	switch {
	case a.disarmed, rec.Calls() == 0:
		return false
	case !common, a.count > 0 && answer != a.answer:
		a.disarmed = true
		return false
	}
	a.answer = answer
	a.count++
	return a.isTripped()
}

func (a *sameAnswers) isTripped() bool { return !a.disarmed && a.count >= sameAnswerThreshold }

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

// isTripped reports whether the run must not send before somebody decides.
func (b *breaker) isTripped() bool {
	return b.failures >= breakerThreshold || b.sameAnswers.isTripped()
}

// add adds a result and reports whether it trips the breaker.
func (b *breaker) add(bad bool) bool {
	if !bad {
		b.failures, b.healthy = 0, true
		return false
	}
	b.failures++
	return b.failures >= breakerThreshold
}

// reset resets the breaker after somebody chose to continue.
func (b *breaker) reset() { b.failures, b.healthy, b.sameAnswers.disarmed = 0, false, true }

// A rateMeter covers meterSlots periods of meterSlot each.
const (
	meterSlots = 12
	meterSlot  = 250 * time.Millisecond
)

// rateMeter measures how many rows finish per second.
type rateMeter struct {
	counts      [meterSlots]int
	currentSlot int64
	firstSlot   int64
}

func (m *rateMeter) advance(now time.Time) {
	slot := now.UnixNano() / int64(meterSlot)
	if m.firstSlot == 0 {
		m.firstSlot, m.currentSlot = slot, slot
	}
	for n := 0; m.currentSlot < slot && n < meterSlots; n++ {
		m.currentSlot++
		m.counts[m.currentSlot%meterSlots] = 0
	}
	m.currentSlot = slot
}

func (m *rateMeter) add(now time.Time) {
	m.advance(now)
	m.counts[m.currentSlot%meterSlots]++
}

// rate returns rows per second, or 0 before the first period has ended.
func (m *rateMeter) rate(now time.Time) float64 {
	m.advance(now)
	slots := min(m.currentSlot-m.firstSlot, meterSlots-1)
	if slots <= 0 {
		return 0
	}
	sum := 0
	for n := int64(1); n <= slots; n++ {
		sum += m.counts[(m.currentSlot-n)%meterSlots]
	}
	return float64(sum) / (float64(slots) * meterSlot.Seconds())
}
