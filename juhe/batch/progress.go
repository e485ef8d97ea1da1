package batch

import (
	"maps"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

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
	p, rowsDone := r.gate.progress() // first, because a row is counted before its turn ends
	t := &r.tally
	t.mu.Lock()
	defer t.mu.Unlock()
	p.RunID, p.Rows, p.ByOutcome = t.record.ID, t.record.Rows, maps.Clone(t.counts)
	p.Sent += t.sentBefore
	p.Done = t.record.Duplicate + t.record.Invalid + t.record.Held
	for outcome, count := range t.counts {
		if outcome != juhe.Unsent {
			p.Done += count
		}
	}
	p.IssueCount, p.LatestIssues = t.issueCount, t.latestIssues[:len(t.latestIssues):len(t.latestIssues)]
	if size := r.input.Size(); size > 0 {
		p.ReadFraction = min(float64(t.offset)/float64(size), 1)
	}
	if left := t.rowsDue - rowsDone; p.Rate > 0 && left > 0 {
		p.Remaining = time.Duration(float64(left) / p.Rate * float64(time.Second))
	}
	return p
}

// A rateMeter covers meterPeriods periods of meterPeriod each.
const (
	meterPeriods = 12
	meterPeriod  = 250 * time.Millisecond
)

// rateMeter measures how many rows finish per second.
type rateMeter struct {
	counts        [meterPeriods]int
	currentPeriod int64
	firstPeriod   int64
}

func (m *rateMeter) advance(now time.Time) {
	period := now.UnixNano() / int64(meterPeriod)
	if m.firstPeriod == 0 {
		m.firstPeriod, m.currentPeriod = period, period
	}
	for n := 0; m.currentPeriod < period && n < meterPeriods; n++ {
		m.currentPeriod++
		m.counts[m.currentPeriod%meterPeriods] = 0
	}
	m.currentPeriod = period
}

func (m *rateMeter) add(now time.Time) {
	m.advance(now)
	m.counts[m.currentPeriod%meterPeriods]++
}

// rate returns rows per second, or 0 before the first period has ended.
func (m *rateMeter) rate(now time.Time) float64 {
	m.advance(now)
	periods := min(m.currentPeriod-m.firstPeriod, meterPeriods-1)
	if periods <= 0 {
		return 0
	}
	sum := 0
	for n := int64(1); n <= periods; n++ {
		sum += m.counts[(m.currentPeriod-n)%meterPeriods]
	}
	return float64(sum) / (float64(periods) * meterPeriod.Seconds())
}
