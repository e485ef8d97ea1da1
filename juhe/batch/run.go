package batch

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/sheet"
)

// Run is a batch that is being prepared or driven by this process. Progress,
// Pause, Continue and Stop may be called by anyone at any time; the rest by one
// at a time.
type Run struct {
	batch          *Runner
	record         lookup.Run
	input          *sheet.Input
	header         []string
	columnProblems [juhe.NumFactors]sheet.MatchProblem // of the columns that it names
	sample         [][]string
	columnCount    int      // in columns
	otherSheets    []string // sheets that might be meant as well
	reasonsOnly    bool     // the output has no results
	resend         bool     // rows whose answer was lost
	maxCalls       int
	pasted         string // the input, where its rows were pasted
	unlock         func()

	firstRows    map[factorsKey]int32 // the first row with these factors, from Plan on
	plan         Plan
	verifier     *lookup.Verifier
	stopping     chan struct{} // closed when it stops
	sendingEnded chan struct{} // closed when nothing may leave any more
	limiter      *rate.Limiter

	mu             sync.Mutex
	changed        *sync.Cond
	state          State
	reason         lookup.StopReason // of a pause or a stop
	failure        error
	defect         *Defect
	unsaved        []lookup.Record
	breaker        breaker
	inFlight       int
	retrying       int // rows that have had a turn and wait for another one
	counts         map[juhe.Outcome]int
	sent           int // in the whole run
	callsAnswered  int // by this process
	callsStarted   int // calls that have gone out since, of those that the plan has told
	jobsDone       int // rows that had their turn, by this process
	offset         int64
	backingOff     bool      // nothing is sent for a while
	backOffUntil   time.Time // until then
	rateLimitCount int       // refusals for haste in succession
	gaveUpRow      bool      // a row was given up for haste
	pendingRows    int       // rows that are lost because others were asking
	latestIssues   []RowIssue
	issueCount     int
	activeSince    time.Time // this stretch
	outputRows     int       // rows of the last output
	activeTime     time.Duration
}

func (b *Runner) newRun(kept lookup.Run) *Run {
	r := &Run{
		batch: b, record: kept, state: Preparing, counts: map[juhe.Outcome]int{},
		stopping: make(chan struct{}), sendingEnded: make(chan struct{}), breaker: breaker{concurrency: b.Concurrency},
	}
	r.changed = sync.NewCond(&r.mu)
	if r.verifier = b.Verifier; r.verifier == nil {
		r.verifier = lookup.New(b.Client, b.Ledger, b.Guard, b.Now)
	}
	return r
}

// Close lets others drive the run.
func (r *Run) Close() error {
	if r.unlock != nil {
		r.unlock()
		r.unlock = nil
	}
	return r.input.Close()
}

// Record is the run as the ledger keeps it. It has no ID before Go.
func (r *Run) Record() lookup.Run {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.record
}

// Input is the table that is read.
func (r *Run) Input() *sheet.Input { return r.input }

// OtherSheets are the other sheets that are neither hidden nor empty, if it was not
// said which one to read.
func (r *Run) OtherSheets() []string { return r.otherSheets }

// Header is the header's texts; none if there is no header.
func (r *Run) Header() []string { return r.header }

// SampleRows is the first few rows below it.
func (r *Run) SampleRows() [][]string { return r.sample }

// ColumnCount is how many columns the head and the sample have.
func (r *Run) ColumnCount() int { return r.columnCount }
