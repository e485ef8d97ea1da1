package batch

import (
	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
)

// Run is a run that this process prepares or executes. Progress, Record, Pause, Continue, Stop
// and Shutdown are safe for concurrent use; the other methods are not.
type Run struct {
	*gate
	tally
	input       *table.Input
	header      detect.Header
	otherSheets []string // that might be meant instead
	reasonsOnly bool     // the output has reasons and no results
	resend      bool     // rows whose answer was lost
	pasted      string   // input, if it is not a file
	unlock      func()

	plan       Plan
	firstRows  map[factorsKey]int32 // first row with these factors, set by Plan
	outputRows int                  // of the last output
}

func (b *Runner) newRun(record lookup.Run) *Run {
	return &Run{gate: newGate(b), tally: tally{record: record, counts: map[juhe.Outcome]int{}}}
}

// Close closes the input and unlocks the run.
func (r *Run) Close() error {
	if r.unlock != nil {
		r.unlock()
		r.unlock = nil
	}
	return r.input.Close()
}

// Input returns the input.
func (r *Run) Input() *table.Input { return r.input }

// OtherSheets returns the other visible sheets with data if the request named none.
func (r *Run) OtherSheets() []string { return r.otherSheets }

// Header returns the header, and the first rows below it.
func (r *Run) Header() detect.Header { return r.header }

// GuessColumns returns the columns of the factors, those that are unknown by the cells:
// see detect.Header.Guess.
func (r *Run) GuessColumns(minScore int) detect.Mapping {
	return r.header.Guess(r.Record().Columns, minScore, r.runner.Now())
}
