package batch

import (
	"maps"
	"sync"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// RowIssue is a row that needs attention.
type RowIssue struct {
	lookup.UnresolvedRow
	Entname    string
	Record     lookup.Record  // its lookup, if it was sent
	LostReason juhe.FaultKind // why it is lost, if it is reused
}

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

// tally is the record of a run and what its rows have come to. It is safe for concurrent use;
// the goroutine that prepares or executes the run is the only one that changes the record, and
// reads it without the mutex.
type tally struct {
	mu     sync.Mutex
	record lookup.Run

	counts       map[juhe.Outcome]int
	sentBefore   int   // calls of earlier executions
	rowsDue      int   // by the plan, in this execution
	offset       int64 // read so far
	gaveUpRow    bool  // the rate limit refused a row too often
	pendingRows  int   // lost because of others' lookups in progress
	unrecorded   []lookup.Record
	latestIssues []RowIssue
	issueCount   int
}

// Record returns the run as the ledger stores it. It has no ID before Execute.
func (t *tally) Record() lookup.Run {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.record
}

// restore sets the result of earlier executions.
func (t *tally) restore(earlier lookup.Tally) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts, t.sentBefore = earlier.ByOutcome, earlier.Calls
}

// change changes the record.
func (t *tally) change(do func(*lookup.Run)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	do(&t.record)
}

// setPlan sets what the plan has counted.
func (t *tally) setPlan(p Plan) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.record.Rows, t.record.Invalid, t.record.Duplicate, t.record.Held = p.Rows, p.Invalid, p.Duplicate, p.Held
	t.rowsDue, t.offset = p.Calls+p.Repeated+p.Unsettled, 0
}

func (t *tally) setOffset(offset int64) {
	t.mu.Lock()
	t.offset = offset
	t.mu.Unlock()
}

// moveRow counts a row whose outcome was from as one whose outcome is to. from is "" for a new row.
func (t *tally) moveRow(from, to juhe.Outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if from != "" {
		t.counts[from]--
	}
	t.counts[to]++
}

// countRow counts a finished row.
func (t *tally) countRow(j job, rec lookup.Record) {
	outcome := rec.RowOutcome()
	t.moveRow(j.result.Outcome, outcome)
	t.mu.Lock()
	defer t.mu.Unlock()
	if rec.Reply.Fault.Kind == juhe.FaultPending {
		t.pendingRows++
	}
	if rec.RecordErr != nil {
		t.unrecorded = append(t.unrecorded, rec)
	}
	t.gaveUpRow = t.gaveUpRow || rec.IsRateLimited()
	if outcome.IsVerdict() {
		return
	}
	t.issueCount++
	if len(t.latestIssues) == maxKeptRows {
		t.latestIssues = append([]RowIssue(nil), t.latestIssues[maxKeptRows/2:]...)
	}
	issue := RowIssue{Entname: rec.Query.Factors[juhe.Entname], Record: rec}
	issue.Row, issue.Outcome, issue.Reused = j.Number, outcome, rec.Earlier != nil
	issue.Record.Reply.Raw = "" // may be long
	t.latestIssues = append(t.latestIssues, issue)
}
