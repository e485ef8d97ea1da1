package batch

import (
	"context"
	"strconv"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Summary is the state of a run that is not in progress.
type Summary struct {
	Run       lookup.Run
	ByOutcome map[juhe.Outcome]int // the number of rows; unfinished rows count as unsent
	Sent      int
	// SameAnswer is the answer of the first rows if the run stopped because all were
	// the same.
	SameAnswer Answer
	// Unrecorded are lookups that were sent but could not be recorded.
	Unrecorded []lookup.Record
}

// IsFinished reports whether the run has nothing left to send.
func (s Summary) IsFinished() bool { return s.Run.Finished && s.Remaining() == 0 }

// Remaining returns how many rows are still to be sent, without those held back.
func (s Summary) Remaining() int { return s.ByOutcome[juhe.Unsent] - s.Run.Held }

// Unresolved returns how many rows have no verdict.
func (s Summary) Unresolved() int {
	return s.Run.Rows - s.Run.Duplicate - s.ByOutcome[juhe.Match] - s.ByOutcome[juhe.Mismatch]
}

// IsResolved reports whether every row has a verdict.
func (s Summary) IsResolved() bool { return s.Unresolved() == 0 }

// StopCode returns the error code that stopped the run, or 0.
func (s Summary) StopCode() int {
	code, _ := strconv.Atoi(string(s.Run.StopReason))
	return code
}

// List returns the runs, newest first; at most limit, or all for 0.
func (b *Runner) List(ctx context.Context, limit int) ([]Summary, error) {
	runs, err := b.Ledger.Runs(ctx, limit)
	if err != nil {
		return nil, err
	}
	var all []Summary
	for _, run := range runs {
		tally, err := b.Ledger.RunTally(ctx, run.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, newSummary(run, tally))
	}
	return all, nil
}

// newSummary returns the summary of a run. Every row counts once.
func newSummary(run lookup.Run, tally lookup.Tally) Summary {
	s := Summary{Run: run, ByOutcome: map[juhe.Outcome]int{}, Sent: tally.Calls}
	unsent := run.Rows - run.Duplicate - run.Invalid
	for outcome, n := range tally.ByOutcome {
		if outcome != juhe.Unsent {
			s.ByOutcome[outcome] = n
			unsent -= n
		}
	}
	s.ByOutcome[juhe.Unsent] = unsent
	return s
}
