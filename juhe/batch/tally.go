package batch

import (
	"sync"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

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
