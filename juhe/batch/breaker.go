package batch

import (
	"math"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// stopRateLimited is lookup.CodeSlow as the reason why a run has not finished.
const stopRateLimited = lookup.StopReason("10011")

// codeNoRecord is 253504: the register has no such company.
const codeNoRecord = 253504

const (
	// breakerThreshold is how many rows in succession may end badly.
	breakerThreshold = 10
	// sameAnswerThreshold is how many of a run's first answers may be one and the same.
	sameAnswerThreshold = 20
	// rateLimitRetries is how often a row is sent again that was refused for haste.
	rateLimitRetries = 5
)

// breaker decides how many look-ups may be under way.
type breaker struct {
	concurrency int  // the most look-ups under way
	failures    int  // rows in succession that ended badly
	healthy     bool // a row has ended well
	sameAnswers sameAnswers
	meter       rateMeter
}

// sameAnswers watches the first answers of a run. Where all of them say the same, and
// it is no match, the table is more likely wrong than every row of it: its columns
// are swapped, say. That costs as much a row as a table that is right.
type sameAnswers struct {
	answer   Answer
	count    int
	disarmed bool // an answer was another one, or somebody has said to go on
}

// Answer is what an answer says, as far as rows can have it in common.
type Answer struct {
	Outcome juhe.Outcome
	Code    int
}

// add takes an answer, and tells whether there are too many of the same.
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

// remaining is how many more answers may come before there are too many.
func (a *sameAnswers) remaining() int {
	if a.disarmed {
		return math.MaxInt
	}
	return sameAnswerThreshold - a.count
}

// slots is how many may be. While it is not known that the service is well, no
// more than would show that it is not.
func (b *breaker) slots() int {
	if b.failures > 0 || !b.healthy {
		return min(breakerThreshold-b.failures, b.concurrency, b.sameAnswers.remaining())
	}
	return min(b.concurrency, b.sameAnswers.remaining())
}

// isTripped reports whether nothing more may go out before somebody has said so.
func (b *breaker) isTripped() bool {
	return b.failures >= breakerThreshold || b.sameAnswers.isTripped()
}

// add takes how a row ended, and tells whether the service is unwell.
func (b *breaker) add(bad bool) bool {
	if !bad {
		b.failures, b.healthy = 0, true
		return false
	}
	b.failures++
	return b.failures >= breakerThreshold
}

// reset begins anew after an operator wants to go on.
func (b *breaker) reset() { b.failures, b.healthy, b.sameAnswers.disarmed = 0, false, true }

// meterSlots of meterSlot each are what a meter looks back on.
const (
	meterSlots = 12
	meterSlot  = 250 * time.Millisecond
)

// rateMeter tells how many rows end in a second, of late.
type rateMeter struct {
	counts      [meterSlots]int
	currentSlot int64 // that counts now
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

// rate is rows a second. It needs a slot to begin with.
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
