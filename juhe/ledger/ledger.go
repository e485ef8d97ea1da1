// Package ledger has what every engine of a ledger shares: the contract, the rules by which
// all engines decide, and the texts that a search compares. It knows neither files nor SQL.
// Package ledgertest tests an engine.
package ledger

import (
	"context"
	"time"

	"fourfactor/juhe/lookup"
)

// Ledger is the contract of every engine. The packages that use a ledger declare the parts
// that they need. It is safe for concurrent use, also by several processes. Errors are
// *lookup.LedgerError or the error of the context; that of LockRun may be lookup.ErrLocked.
//
// A lookup is pending from its intent to its outcome, and then concluded. If the process in
// which it is pending has ended, an engine records it as lost.
type Ledger interface {
	lookup.Ledger
	// Priors returns the Prior of each of recs, for a preview of what the guard would allow.
	Priors(ctx context.Context, recs []lookup.Record) ([]lookup.Prior, error)

	History
	Runs
	State
}

// History is the concluded lookups and the audit log.
type History interface {
	// Search returns a page of the lookups. The texts of company, person, numbers and
	// order ID are searched for substrings, and the names in pinyin and initials, those
	// of a company only for at least four letters.
	Search(context.Context, lookup.Search) (lookup.Page, error)
	// Get returns the lookup with this ID and its raw answer.
	Get(ctx context.Context, id string) (rec lookup.Record, found bool, err error)
	// Records returns the lookups with these IDs, in the same order. A lookup that does
	// not exist or cannot be read is the zero Record.
	Records(ctx context.Context, ids []string) ([]lookup.Record, error)
	// SameFactors returns the lookups of the same factors as rec, at any service, newest
	// first and without raw answers.
	SameFactors(ctx context.Context, rec lookup.Record) ([]lookup.Record, error)
	// SentToday returns how many lookups were sent today, in Beijing time, without those
	// known to be free.
	SentToday(context.Context) (int, error)
	// NewestTime returns the newest time at which a lookup was sent, else the time of the
	// newest lookup, or the zero time.
	NewestTime(context.Context) (time.Time, error)

	// Delete deletes lookups permanently, along with the pasted rows of the runs in which
	// they were made or reused. It records one audit event for each, and returns how many
	// it has deleted. Deleted lookups still count as sent.
	Delete(ctx context.Context, ids ...string) (int, error)
	// Purge permanently deletes the lookups from before a time, and the pasted rows of the
	// runs that began before it. It records one audit event for all of them. It returns
	// how many lookups it has deleted, even if it fails. The next Purge completes an
	// interrupted one.
	Purge(ctx context.Context, before time.Time) (int, error)
	// PurgeExpired purges the lookups that are older than the operator keeps them, if the
	// clock can be trusted.
	PurgeExpired(context.Context) (PurgeExpiredResult, error)
	// Import adds lookups, marked as imported, and skips those whose ID exists. It returns
	// how many it has added, even if it fails. Imported lookups do not count as sent.
	Import(ctx context.Context, recs []lookup.Record) (int, error)
	// Restore uses the answers in recs to complete lost or pending lookups that were not
	// imported, after a crash. An answer must have the same ID, factors, endpoint and
	// service. Restore never replaces an answer. It returns how many it has restored, even
	// if it fails.
	Restore(ctx context.Context, recs []lookup.Record) (int, error)

	// RecordAudit durably adds events to the audit log. It sets their time and user.
	RecordAudit(context.Context, ...lookup.AuditEvent) error
	// AuditLog returns the newest events of the audit log, newest first: at most limit, or
	// all if limit is 0. If some cannot be read, it returns the others and a
	// *lookup.LedgerError with LedgerUnreadable.
	AuditLog(ctx context.Context, limit int) ([]lookup.AuditEvent, error)
}

// Runs is the runs of batches and their rows.
type Runs interface {
	// CreateRun records a new run and returns its ID. pasted is the input of the run if it
	// was pasted, or "".
	CreateRun(ctx context.Context, r lookup.Run, pasted string) (lookup.RunID, error)
	// SaveRun records the progress of a run: the fields of r that change after CreateRun.
	SaveRun(context.Context, lookup.Run) error
	Run(context.Context, lookup.RunID) (r lookup.Run, ok bool, err error)
	// Runs returns the newest runs, newest first: at most limit, or all if limit is 0.
	Runs(ctx context.Context, limit int) ([]lookup.Run, error)
	// LockRun locks a run until unlock is called or the process ends. Lookups that are
	// pending in ended processes are lost once it returns.
	LockRun(context.Context, lookup.RunID) (unlock func(), err error)

	// RunTally counts the rows of a run that have a recorded outcome, including
	// juhe.Unsent.
	RunTally(context.Context, lookup.RunID) (lookup.Tally, error)
	// RunRows returns the rows of a run that have a recorded outcome and whose numbers are
	// greater than after, in ascending order, at most limit.
	RunRows(ctx context.Context, id lookup.RunID, after, limit int) ([]lookup.RunRow, error)
	// RecordRow records the outcome of a row for which no lookup was made.
	RecordRow(context.Context, lookup.RunID, lookup.RunRow) error

	// PastedRows returns the pasted input of a run.
	PastedRows(context.Context, lookup.RunID) (rows string, ok bool, err error)
	DeletePastedRows(context.Context, lookup.RunID) error
	// SaveRowFaults records why rows of a run cannot be sent or are held back. It replaces
	// the earlier faults of these rows.
	SaveRowFaults(context.Context, lookup.RunID, []lookup.RowFault) error
	// ReleaseHeldRows deletes the faults of the rows that are held back.
	ReleaseHeldRows(context.Context, lookup.RunID) error
	// UnresolvedRows returns the rows of a run that ended without a verdict or were not
	// sent, in ascending order. It skips the first skip rows and returns at most limit.
	// count is the total.
	UnresolvedRows(ctx context.Context, id lookup.RunID, skip, limit int) (rows []lookup.UnresolvedRow, count int, err error)
}

// State is the part of a Ledger that concerns the ledger as a whole.
type State interface {
	// Close ends the use of the ledger. Lookups that are then pending in it are lost. A
	// second call does nothing.
	Close() error
	// Where returns the place of the ledger, as in lookup.LedgerError.
	Where() string
	// Losses returns the events by which earlier lookups may have been lost, the last one
	// last. It does not open the ledger.
	Losses() []Loss
	// Inspect reads the state of the ledger and changes nothing: it creates and repairs
	// nothing and records no pending lookup as lost. The error says why the ledger cannot
	// be created, opened or written, or reports damage in what Inspect reads.
	Inspect(context.Context) (Inspection, error)
	// Verify reads the whole ledger.
	Verify(context.Context) (Verification, error)
}

// PurgeExpiredResult is the result of PurgeExpired.
type PurgeExpiredResult struct {
	Deleted int
	// Postponed means that expired lookups were kept because the clock may be wrong. A
	// direct call of Purge still deletes them.
	Postponed bool
}

// Loss is an event by which earlier lookups may have been lost.
type Loss struct {
	Kind LossKind
	// Marker names what the operator has to deal with: the guard of package lookup, which
	// prevents paying twice, asks about the loss until it is gone. It is "" if there is
	// nothing yet.
	Marker string
}

// LossKind is the kind of a Loss.
type LossKind string

// The kinds of losses.
const (
	LossDamaged LossKind = "damaged" // the ledger was damaged and set aside
	LossMissing LossKind = "missing" // the ledger was missing
	LossOlder   LossKind = "older"   // the ledger was replaced by an older copy
)

// Inspection is the result of Inspect.
type Inspection struct {
	Exists    bool // if false, the rest is zero
	Encrypted bool
	// Unread means that the rest is unknown: reading it takes a key that the operator may
	// have to be asked for.
	Unread  bool
	Lookups int // concluded
	Pending int
	Newest  time.Time // of the concluded lookups; zero if there is none
	Size    int64     // in bytes
}

// Verification is the result of Verify.
type Verification struct {
	Inspection
	Problems []string // without control characters; empty if the ledger is sound
}
