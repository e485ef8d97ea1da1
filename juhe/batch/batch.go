// Package batch runs lookups for the rows of a spreadsheet. It reads the input, plans
// what a run would cost, sends the rows to the service, and writes a spreadsheet with
// the results. The ledger records which rows have been sent, so a run that was killed
// at any moment resumes without paying for an answer twice.
package batch

import (
	"context"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// Ledger stores runs and their lookups. It is part of ledger.Ledger.
type Ledger interface {
	lookup.Ledger
	// Priors returns the Prior of each record.
	Priors(context.Context, []lookup.Record) ([]lookup.Prior, error)

	// CreateRun records a new run. pasted is its input if it was pasted, otherwise "".
	CreateRun(ctx context.Context, r lookup.Run, pasted string) (lookup.RunID, error)
	SaveRun(context.Context, lookup.Run) error
	Run(context.Context, lookup.RunID) (r lookup.Run, ok bool, err error)
	Runs(ctx context.Context, limit int) ([]lookup.Run, error)
	// LockRun locks a run for this process until unlock is called. The error is
	// lookup.ErrLocked if another process holds the lock.
	LockRun(context.Context, lookup.RunID) (unlock func(), err error)

	RunTally(context.Context, lookup.RunID) (lookup.Tally, error)
	// RunRows returns at most limit recorded rows whose number is greater than after,
	// in ascending order.
	RunRows(ctx context.Context, id lookup.RunID, after, limit int) ([]lookup.RunRow, error)
	RecordRow(context.Context, lookup.RunID, lookup.RunRow) error
	// Records returns the lookups with these IDs, in the same order. A missing lookup
	// is the zero Record.
	Records(ctx context.Context, ids []string) ([]lookup.Record, error)

	// PastedRows returns the pasted input of a run.
	PastedRows(context.Context, lookup.RunID) (rows string, ok bool, err error)
	DeletePastedRows(context.Context, lookup.RunID) error
	// SaveRowFaults records the rows that are not sent.
	SaveRowFaults(context.Context, lookup.RunID, []lookup.RowFault) error
	// ReleaseHeldRows deletes the record of the rows that are held back.
	ReleaseHeldRows(context.Context, lookup.RunID) error
	UnresolvedRows(ctx context.Context, id lookup.RunID, skip, limit int) (rows []lookup.UnresolvedRow, count int, err error)
}

// Messages are the localized texts of an output.
type Messages interface {
	lookup.Messages
	ColumnTitle(Column) string
	OutcomeName(juhe.Outcome) string
	// BillableName returns text saying whether a lookup is charged.
	BillableName(juhe.Billable) string
	// RowMeaning explains the outcome of a row, or returns why it is not sent.
	RowMeaning(RowIssue) string
	// RowWarnings explains the warnings of a row.
	RowWarnings([]ident.Warning) string
	// Duplicate returns text saying that a row has the same factors as an earlier one.
	Duplicate(row int) string
}

// Options configures a Runner.
type Options struct {
	Verifier      *lookup.Verifier
	Ledger        Ledger // of Verifier
	Messages      Messages
	MeaningPrefix string // before every meaning in an output, such as "[demo] "; may be empty
	Now           func() time.Time
	// Concurrency limits the calls in flight. Rate limits the calls started per second;
	// 0 means no limit.
	Concurrency int
	Rate        float64
	// Interactive means that a run pauses after repeated failures until Continue is
	// called. Otherwise it stops.
	Interactive bool
}

// Runner plans, executes and exports runs.
type Runner struct {
	Options
	backoff        time.Duration // after the first rate-limit refusal
	pendingTimeout time.Duration // limits the wait for pending lookups of other runs
}

// New returns a Runner. A Concurrency below 1 counts as 1.
func New(o Options) *Runner {
	o.Concurrency = max(o.Concurrency, 1)
	return &Runner{Options: o, backoff: time.Second, pendingTimeout: pendingTimeout}
}

// Request describes a new run.
type Request struct {
	InputPath string
	// Pasted is tab-separated input that replaces the file at InputPath.
	Pasted string
	Sheet  string // of a workbook, by name or number; empty to detect it
	// HeaderRow is the row number of the header, 0 for none, or DetectHeader.
	HeaderRow int
	// Columns maps factors to columns, for example entname=B,idcard=D. It overrides the
	// header.
	Columns    string
	OutputPath string // ends in .csv or .xlsx; no file may exist there
	API        juhe.API
	Regstatus  bool
	// MaxCalls limits the calls before the run stops. 0 means no limit.
	MaxCalls int
	// HoldWarned holds back rows with warnings.
	HoldWarned bool
}

// DetectHeader is the Request.HeaderRow that detects the header.
const DetectHeader = -1
