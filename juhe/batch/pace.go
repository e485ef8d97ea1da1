package batch

import (
	"time"

	"fourfactor/juhe/lookup"
)

// codeSlow is lookup.CodeSlow as the reason why a run has not finished.
const codeSlow = lookup.Stopped("10011")

const (
	// unwellAfter is how many rows in succession may end badly.
	unwellAfter = 10
	// slowTries is how often a row is sent again that was refused for haste.
	slowTries = 5
	// aheadFor is how long an intent may wait for the wire: what is killed in
	// that time is lost without having left. aheadMost bounds how many do.
	aheadFor  = 40 * time.Millisecond
	aheadMost = 240
)

// pace decides how many look-ups may be under way.
type pace struct {
	width int  // of the wire
	bad   int  // rows in succession that ended badly
	well  bool // a row has ended well
	meter meter
}

// room is how many may be. While it is not known that the service is well, no
// more than would show that it is not.
func (p *pace) room(now time.Time) int {
	if p.bad > 0 || !p.well {
		return min(unwellAfter-p.bad, p.width)
	}
	ahead := int(p.meter.rate(now) * aheadFor.Seconds())
	return p.width + min(ahead, aheadMost)
}

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
func (p *pace) again() { p.bad, p.well = 0, false }

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
