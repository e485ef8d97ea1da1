package batch

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
)

// Run is a run that this process prepares or executes. Progress, Pause, Continue, Stop
// and Shutdown are safe for concurrent use; the other methods are not.
type Run struct {
	runner      *Runner
	record      lookup.Run
	input       *table.Input
	header      detect.Header
	otherSheets []string // that might be meant instead
	reasonsOnly bool     // the output has reasons and no results
	resend      bool     // rows whose answer was lost
	maxCalls    int
	pasted      string // input, if it is not a file
	unlock      func()

	firstRows    map[factorsKey]int32 // first row with these factors, set by Plan
	plan         Plan
	stopping     chan struct{} // closed when the run stops
	sendingEnded chan struct{} // closed when no request may be written any more
	limiter      *rate.Limiter

	mu             sync.Mutex
	changed        *sync.Cond
	state          State
	reason         lookup.StopReason // of a pause or stop
	failure        error
	defect         *juhe.Panic
	unrecorded     []lookup.Record
	breaker        breaker
	slots          int // taken by rows whose reply has not arrived
	inFlight       int // rows sent and not recorded yet
	retrying       int // rows that wait for another turn
	counts         map[juhe.Outcome]int
	sent           int // in the whole run
	callsStarted   int // by this execution, without free ones
	callsAnswered  int // of these
	jobsDone       int // by this execution
	offset         int64
	backingOff     bool // after a rate-limit refusal
	backOffUntil   time.Time
	rateLimitCount int  // consecutive refusals
	gaveUpRow      bool // a row was refused too often
	pendingRows    int  // lost because of others' lookups in progress
	latestIssues   []RowIssue
	issueCount     int
	activeSince    time.Time
	outputRows     int // of the last output
	activeTime     time.Duration
}

func (b *Runner) newRun(record lookup.Run) *Run {
	r := &Run{
		runner: b, record: record, state: Preparing, counts: map[juhe.Outcome]int{},
		stopping: make(chan struct{}), sendingEnded: make(chan struct{}), breaker: breaker{concurrency: b.Concurrency},
	}
	r.changed = sync.NewCond(&r.mu)
	return r
}

// Close closes the input and unlocks the run.
func (r *Run) Close() error {
	if r.unlock != nil {
		r.unlock()
		r.unlock = nil
	}
	return r.input.Close()
}

// Record returns the run as the ledger stores it. It has no ID before Execute.
func (r *Run) Record() lookup.Run {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.record
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
