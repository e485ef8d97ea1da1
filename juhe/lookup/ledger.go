package lookup

import (
	"context"
	"errors"
	"strconv"
	"time"

	"fourfactor/juhe"
)

// Ledger records lookups for a Verifier. Its errors are *LedgerError, or the
// context's.
type Ledger interface {
	// Prior returns the Prior of rec at rec.At.
	Prior(ctx context.Context, rec Record) (Prior, error)
	// RecordIntent reads the Prior of rec and, if allow returns true for it, records
	// durably that rec is about to be sent. The Prior that allow saw still holds when
	// the intent is recorded. RecordIntent may call allow more than once and returns
	// its last result.
	RecordIntent(ctx context.Context, rec Record, allow func(Prior) bool) (bool, error)
	// RecordOutcome records durably the result of a lookup. A lookup that was
	// certainly free is then no longer part of Prior.SentToday.
	RecordOutcome(ctx context.Context, rec Record) error
	// AcceptClock records that the operator has confirmed that the clock, which reads
	// now, is right although now is before LatestIntentAt. Lookups counted for later
	// days then count for now's day.
	AcceptClock(ctx context.Context, now time.Time) error
}

// Search selects finished lookups.
type Search struct {
	// Text has words separated by spaces, each of which must occur in the company
	// name, company ID, person's name, ID number or order ID. Width and case do
	// not matter. Pinyin and its initials also match Chinese characters.
	Text         string
	Outcome      juhe.Outcome // "" for any
	API          juhe.API     // "" for any
	Since, Until time.Time    // from Since, before Until; zero for no bound
	After        Cursor       // the Next of the previous page; "" for the newest
	Limit        int          // the size of a page; 0 for 50
}

// Cursor is a position in the list of lookups, in an encoding of the ledger.
type Cursor string

// Page is a page of lookups, newest first. Their Reply.Raw, which may be long, is
// omitted; reading a single lookup by its ID returns it.
type Page struct {
	Records []Record
	// More reports whether a search after Next may find more.
	More bool
	Next Cursor
	// SearchedBackTo is the time of the oldest lookup that was searched, if the text
	// was too short for an index and time ran out; zero otherwise.
	SearchedBackTo time.Time
	// Unreadable counts the lookups that were skipped because they cannot be read.
	// Whether they match is unknown.
	Unreadable int
}

// AuditEvent is one entry of the audit log: who saw, exported or deleted what.
type AuditEvent struct {
	At     time.Time
	User   string
	Action AuditAction
	ID     string // of the lookup, if it is a single one
	Count  int    // of lookups otherwise
	Detail string // such as a file name
	Masked bool   // whether persons in an export are masked
}

// AuditAction is the kind of an AuditEvent.
type AuditAction string

// The actions of the audit log.
const (
	AuditReveal        AuditAction = "reveal"
	AuditFill          AuditAction = "fill"      // the person of a lookup is filled into the form
	AuditExportStarted AuditAction = "exporting" // an export with unmasked persons begins
	AuditExport        AuditAction = "export"    // an export is complete
	AuditImport        AuditAction = "import"
	AuditDelete        AuditAction = "delete" // one lookup is deleted
	AuditPurge         AuditAction = "purge"  // all lookups before a time are deleted
)

// RecordReveal records in an audit log that the persons of recs are shown in full. If the
// ledger has only the earlier lookup of a record, that one is recorded.
func RecordReveal(ctx context.Context, log interface {
	RecordAudit(context.Context, ...AuditEvent) error
}, recs ...Record,
) error {
	events := make([]AuditEvent, len(recs))
	for i, rec := range recs {
		events[i] = AuditEvent{Action: AuditReveal, ID: rec.ID}
		if rec.Earlier != nil {
			events[i].ID = rec.Earlier.ID
		}
	}
	return log.RecordAudit(ctx, events...)
}

// LedgerError is the error of a ledger that cannot be read or written. Its text
// contains no values of a lookup and no key.
type LedgerError struct {
	Problem LedgerProblem
	Where   string // the place of the ledger, or the file that it is about
	MovedTo string // to which a damaged ledger was moved, or ""
	Err     error  // the cause; may be nil
}

func (e *LedgerError) Error() string {
	text := string(e.Problem) + ": " + e.Where
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *LedgerError) Unwrap() error { return e.Err }

// NewUnreadableError returns the error of a ledger with count unreadable records. The text
// of its cause is the count.
func NewUnreadableError(where string, count int) *LedgerError {
	return &LedgerError{Problem: LedgerUnreadable, Where: where, Err: errors.New(strconv.Itoa(count))}
}

// LedgerProblem is the kind of a LedgerError.
type LedgerProblem string

// The problems of a ledger. The values are part of the output and stay.
const (
	LedgerFull            LedgerProblem = "full"     // no room on the disk
	LedgerReadOnly        LedgerProblem = "readonly" // can be read, not written
	LedgerDamaged         LedgerProblem = "damaged"
	LedgerNewer           LedgerProblem = "newer"  // written by a newer version of fourfactor
	LedgerWrongKey        LedgerProblem = "key"    // is encrypted with another key or in another way
	LedgerNoEncryptionKey LedgerProblem = "no_key" // the key cannot be read
	LedgerBusy            LedgerProblem = "busy"   // others have kept it busy for too long
	// LedgerUnreadable means that some lookups or audit events cannot be read. The
	// rest can.
	LedgerUnreadable LedgerProblem = "unreadable"
	LedgerOtherOwner LedgerProblem = "owner"   // root must not open the ledger of another user
	LedgerNowhere    LedgerProblem = "nowhere" // its place cannot be determined
	LedgerFailed     LedgerProblem = "failed"  // anything else
)

// BeijingDate returns the date in Beijing, by which the service bills, in the layout
// 2006-01-02.
func BeijingDate(at time.Time) string { return at.In(juhe.Beijing()).Format(time.DateOnly) }
