package batch

import (
	"context"
	"strconv"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

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

// StopCode returns the error code that stopped the run, or 0.
func (s Summary) StopCode() int {
	code, _ := strconv.Atoi(string(s.Run.StopReason))
	return code
}
