// Package batch runs a spreadsheet of look-ups: it reads one, says what a run
// would cost, asks the service row by row, and writes a spreadsheet with the
// answers. Which rows have been asked is in the ledger, so that a run that was
// killed at any moment goes on without paying for an answer twice.
package batch

import (
	"context"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Ledger is where runs are kept: *ledger.Ledger.
type Ledger interface {
	lookup.Ledger
	Runs
	Rows
	Inputs
	// Priors is Past for many look-ups.
	Priors(context.Context, []lookup.Record) ([]lookup.Prior, error)
}

// Runs is what a ledger keeps of runs.
type Runs interface {
	// CreateRun records a new run, with its rows if they were pasted.
	CreateRun(ctx context.Context, r lookup.Run, pasted string) (lookup.RunID, error)
	SaveRun(context.Context, lookup.Run) error
	Run(context.Context, lookup.RunID) (r lookup.Run, ok bool, err error)
	Runs(ctx context.Context, limit int) ([]lookup.Run, error)
	// LockRun keeps others from driving a run until let is called. The error is
	// lookup.ErrDriven if somebody drives it.
	LockRun(context.Context, lookup.RunID) (let func(), err error)
}

// Rows is what a ledger keeps of their rows.
type Rows interface {
	RunTally(context.Context, lookup.RunID) (lookup.Tally, error)
	RunRows(ctx context.Context, id lookup.RunID, after, limit int) ([]lookup.RunRow, error)
	RecordRow(context.Context, lookup.RunID, lookup.RunRow) error
	// Records reads look-ups by their IDs. One that is not there is the zero
	// Record.
	Records(ctx context.Context, ids []string) ([]lookup.Record, error)
}

// Inputs is what a ledger keeps of what is in the input of a run.
type Inputs interface {
	// PastedRows is the input of a run whose rows were pasted. They are in no file.
	PastedRows(context.Context, lookup.RunID) (rows string, ok bool, err error)
	// StorePastedRows takes in what an older program has kept in a file.
	StorePastedRows(ctx context.Context, id lookup.RunID, rows string) error
	DeletePastedRows(context.Context, lookup.RunID) error
	// SaveRowFaults records which rows are not to be sent, and Troubled lists them with
	// those that ended without a verdict: at most limit of them without the first
	// skip, and how many there are in all.
	SaveRowFaults(context.Context, lookup.RunID, []lookup.RowFault) error
	// ReleaseHeldRows forgets which rows are held back.
	ReleaseHeldRows(context.Context, lookup.RunID) error
	UnresolvedRows(ctx context.Context, id lookup.RunID, skip, limit int) (rows []lookup.UnresolvedRow, count int, err error)
}

// Messages are the texts of an output in the reader's language.
type Messages interface {
	lookup.Messages
	// ResultColumn is the heading of a column of an output: see ResultColumns.
	ResultColumn(name string) string
	// OutcomeName is an outcome in words.
	OutcomeName(outcome string) string
	// BillableName tells whether a look-up costs money, in words.
	BillableName(billable string) string
	// RowFault says why a row cannot be sent: see Fault.
	RowFault(field, problem string, cells int) string
	// Duplicate says that a row asks what an earlier one has asked.
	Duplicate(row int) string
	// NotSentYet says that a row has not had its turn, or none that counts.
	NotSentYet() string
	// HeldBack says that a row is held back because of warnings.
	HeldBack(warnings string) string
	// Deleted says that the look-up of a row is no longer in the history.
	Deleted() string
}

// Options are what runs are made with.
type Options struct {
	Client lookup.Client
	Ledger Ledger
	Guard  lookup.Guard
	// Verifier is one whose memory of what could not be recorded a run shares; nil for
	// none.
	Verifier      *lookup.Verifier
	Messages      Messages
	MeaningPrefix string // stands before what a result means, as that of a demo; may be empty
	Now           func() time.Time
	// Concurrency is how many look-ups are on the wire at a time, Rate how many
	// begin in a second; 0 for as many as can be.
	Concurrency int
	Rate        float64
	// Interactive tells that somebody can be asked whether to go on when the
	// service is unwell. Else the run stops.
	Interactive bool
}

// Runner makes runs.
type Runner struct {
	Options
	backoff        time.Duration // after the first refusal of one who asks too often
	pendingTimeout time.Duration // with what others have under way at the end
}

// New makes a Batch. Concurrency is at least 1.
func New(o Options) *Runner {
	o.Concurrency = max(o.Concurrency, 1)
	return &Runner{Options: o, backoff: time.Second, pendingTimeout: pendingTimeout}
}

// Request is what a new run is to do.
type Request struct {
	InputPath string
	// Pasted are rows that were pasted, between tabs, in place of what a path has.
	Pasted string
	Sheet  string // of a workbook, by name or number; empty for the likeliest one
	// HeaderRow is the row of the header, 0 for none; Find looks for it.
	HeaderRow int
	// Columns maps the factors to columns, as entname=B,idcard=D, where the
	// header does not say it.
	Columns    string
	OutputPath string // a path that ends in .csv or .xlsx, where there is no file yet
	// API and Regstatus are what is asked.
	API       juhe.API
	Regstatus bool
	// MaxCalls is how many may be sent before the run stops; 0 for any number.
	MaxCalls int
	// HoldWarned holds rows with warnings back.
	HoldWarned bool
}

// DetectHeader has the row of the header looked for.
const DetectHeader = -1
