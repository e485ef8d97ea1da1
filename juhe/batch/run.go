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
	batch    *Batch
	kept     lookup.Run
	input    *sheet.Input
	head     []string
	problems [4]sheet.MatchProblem // of the columns that it names
	sample   [][]string
	width    int      // in columns
	others   []string // sheets that might be meant as well
	bare     bool     // the output has no results
	resend   bool     // rows whose answer was lost
	maxCalls int
	pasted   string // the input, where its rows were pasted
	let      func()

	first  map[key]int32 // the first row with these factors, from Plan on
	plan   Plan
	desk   *lookup.Verifier
	halted chan struct{} // closed when it stops
	bar    chan struct{} // closed when nothing may leave any more
	limit  *rate.Limiter

	mu        sync.Mutex
	changed   *sync.Cond
	state     State
	reason    lookup.StopReason // of a pause or a stop
	failed    error
	defect    *Defect
	unsaved   []lookup.Record
	pace      pace
	underWay  int
	waiting   int // rows that have had a turn and wait for another one
	counts    map[juhe.Outcome]int
	sent      int // in the whole run
	calls     int // by this process
	spent     int // calls that have gone out since, of those that the plan has told
	asked     int // rows that had their turn, by this process
	offset    int64
	resting   bool      // nothing is sent for a while
	rest      time.Time // until then
	slow      int       // refusals for haste in succession
	hasty     bool      // a row was given up for haste
	elsewhere int       // rows that are lost because others were asking
	trouble   []Trouble
	troubles  int
	began     time.Time // this stretch
	written   int       // rows of the last output
	active    time.Duration
}

func (b *Batch) run(kept lookup.Run) *Run {
	r := &Run{
		batch: b, kept: kept, state: Preparing, counts: map[juhe.Outcome]int{},
		halted: make(chan struct{}), bar: make(chan struct{}), pace: pace{width: b.Concurrency},
	}
	r.changed = sync.NewCond(&r.mu)
	if r.desk = b.Desk; r.desk == nil {
		r.desk = lookup.New(b.Caller, b.Ledger, b.Guard, b.Now)
	}
	return r
}

// Close lets others drive the run.
func (r *Run) Close() error {
	if r.let != nil {
		r.let()
		r.let = nil
	}
	return r.input.Close()
}

// Kept is the run as the ledger keeps it. It has no ID before Go.
func (r *Run) Kept() lookup.Run {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.kept
}

// Input is the table that is read.
func (r *Run) Input() *sheet.Input { return r.input }

// Others are the other sheets that are neither hidden nor empty, if it was not
// said which one to read.
func (r *Run) Others() []string { return r.others }

// Head is the header's texts; none if there is no header.
func (r *Run) Head() []string { return r.head }

// Sample is the first few rows below it.
func (r *Run) Sample() [][]string { return r.sample }

// Width is how many columns the head and the sample have.
func (r *Run) Width() int { return r.width }
