package batch

import (
	"math"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// codeSlow is lookup.CodeSlow as the reason why a run has not finished.
const codeSlow = lookup.StopReason("10011")

// codeNoRecord is 253504: the register has no such company.
const codeNoRecord = 253504

const (
	// unwellAfter is how many rows in succession may end badly.
	unwellAfter = 10
	// alikeAfter is how many of a run's first answers may be one and the same.
	alikeAfter = 20
	// slowTries is how often a row is sent again that was refused for haste.
	slowTries = 5
)

// pace decides how many look-ups may be under way.
type pace struct {
	width int  // the most look-ups under way
	bad   int  // rows in succession that ended badly
	well  bool // a row has ended well
	first alike
	meter meter
}

// alike watches the first answers of a run. Where all of them say the same, and
// it is no match, the table is more likely wrong than every row of it: its columns
// are swapped, say. That costs as much a row as a table that is right.
type alike struct {
	said  Answer
	count int
	over  bool // an answer was another one, or somebody has said to go on
}

// Answer is what an answer says, as far as rows can have it in common.
type Answer struct {
	Outcome juhe.Outcome
	Code    int
}

// note takes an answer, and tells whether there are too many of the same.
func (a *alike) note(rec lookup.Record) bool {
	is := Answer{rec.Reply.Outcome, rec.Code()}
	common := is.Outcome == juhe.Mismatch || is.Outcome == juhe.Refused && is.Code == codeNoRecord
	switch {
	case a.over, rec.Calls() == 0:
		return false
	case !common, a.count > 0 && is != a.said:
		a.over = true
		return false
	}
	a.said = is
	a.count++
	return a.tooMany()
}

func (a *alike) tooMany() bool { return !a.over && a.count >= alikeAfter }

// room is how many more answers may come before there are too many.
func (a *alike) room() int {
	if a.over {
		return math.MaxInt
	}
	return alikeAfter - a.count
}

// room is how many may be. While it is not known that the service is well, no
// more than would show that it is not.
func (p *pace) room() int {
	if p.bad > 0 || !p.well {
		return min(unwellAfter-p.bad, p.width, p.first.room())
	}
	return min(p.width, p.first.room())
}

// unwell reports whether nothing more may go out before somebody has said so.
func (p *pace) unwell() bool { return p.bad >= unwellAfter || p.first.tooMany() }

// note takes how a row ended, and tells whether the service is unwell.
func (p *pace) note(bad bool) bool {
	if !bad {
		p.bad, p.well = 0, true
		return false
	}
	p.bad++
	return p.bad >= unwellAfter
}

// again begins anew after an operator wants to go on.
func (p *pace) again() { p.bad, p.well, p.first.over = 0, false, true }

// meterSlots of meterSlot each are what a meter looks back on.
const (
	meterSlots = 12
	meterSlot  = 250 * time.Millisecond
)

// meter tells how many rows end in a second, of late.
type meter struct {
	counts [meterSlots]int
	slot   int64 // that counts now
	first  int64
}

func (m *meter) turn(now time.Time) {
	slot := now.UnixNano() / int64(meterSlot)
	if m.first == 0 {
		m.first, m.slot = slot, slot
	}
	for n := 0; m.slot < slot && n < meterSlots; n++ {
		m.slot++
		m.counts[m.slot%meterSlots] = 0
	}
	m.slot = slot
}

func (m *meter) add(now time.Time) {
	m.turn(now)
	m.counts[m.slot%meterSlots]++
}

// rate is rows a second. It needs a slot to begin with.
func (m *meter) rate(now time.Time) float64 {
	m.turn(now)
	slots := min(m.slot-m.first, meterSlots-1)
	if slots <= 0 {
		return 0
	}
	sum := 0
	for n := int64(1); n <= slots; n++ {
		sum += m.counts[(m.slot-n)%meterSlots]
	}
	return float64(sum) / (float64(slots) * meterSlot.Seconds())
}
