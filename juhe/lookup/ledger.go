package lookup

import (
	"context"
	"errors"
	"strconv"
	"time"

	"fourfactor/juhe"
)

// Ledger is where a Desk records. Its errors are *LedgerError, or the
// context's.
type Ledger interface {
	// Prior is what is known of the factors of rec, at rec.At.
	Prior(ctx context.Context, rec Record) (Prior, error)
	// RecordIntent records durably that rec is about to be sent, if may says so of
	// what is known then: between the two no other process records. It
	// reports what may said.
	RecordIntent(ctx context.Context, rec Record, may func(Prior) bool) (bool, error)
	// RecordOutcome records durably how an intended look-up ended. One that was
	// certainly free no longer counts as sent.
	RecordOutcome(ctx context.Context, rec Record) error
	// AcceptClock records that the operator takes now for the time, although
	// the ledger has recorded a later one. What was counted on later days counts
	// on this one.
	AcceptClock(ctx context.Context, now time.Time) error
}

// Search says which settled look-ups are wanted.
type Search struct {
	// Text is what company, mark, person, document number or order id must
	// hold, in full-width or half-width, in either case: each of its words,
	// which blanks divide. Chinese characters are found by pinyin and by
	// initials too.
	Text         string
	Outcome      juhe.Outcome // empty for any
	API          juhe.API     // empty for any
	Since, Until time.Time    // from Since on and before Until; zero for no bound
	After        Cursor       // where the page before ended; zero for the newest
	Limit        int          // how many; 0 for 50
}

// Cursor is a place in the look-ups, newest first.
type Cursor int64

// Page is some look-ups, the newest first. They have no Reply.Raw, which may
// be long: see Get.
type Page struct {
	Records []Record
	// More tells that a search from Next on may find more.
	More bool
	Next Cursor
	// SearchedBackTo is how far a search that ended before its page was full has
	// looked back. It is zero unless the text was too short for an index and
	// time ran out.
	SearchedBackTo time.Time
	// Unreadable is how many look-ups were passed over because they cannot be
	// read any more. Whether the search would have found them is not known.
	Unreadable int
}

// AuditEvent is one line of the audit trail: what somebody saw or took away.
type AuditEvent struct {
	At     time.Time
	User   string
	Action AuditAction
	ID     string // of the look-up, if it is one
	Count  int    // of look-ups, if it is not
	Detail string // such as the name of a file
	Masked bool   // of an export
}

// AuditAction is what a Trace is about.
type AuditAction string

// What an audit trail tells.
const (
	AuditReveal        AuditAction = "reveal"
	AuditFill          AuditAction = "fill"      // a look-up's person comes into the form
	AuditExportStarted AuditAction = "exporting" // an export with persons begins
	AuditExport        AuditAction = "export"    // one is complete
	AuditImport        AuditAction = "import"
	AuditDelete        AuditAction = "delete"
	AuditPurge         AuditAction = "purge"
)

// AuditActions lists all kinds of trace.
func AuditActions() []AuditAction {
	return []AuditAction{AuditReveal, AuditFill, AuditExportStarted, AuditExport, AuditImport, AuditDelete, AuditPurge}
}

// LedgerError says why a ledger cannot be read or written. Its text holds
// nothing of a look-up and no key.
type LedgerError struct {
	Problem        LedgerProblem
	Path           string // the file that it is about
	QuarantinePath string // where a damaged ledger was put, if it was
	Err            error  // what the system said; may be nil
}

func (e *LedgerError) Error() string {
	text := string(e.Problem) + ": " + e.Path
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *LedgerError) Unwrap() error { return e.Err }

// UnreadableError is the error of a ledger of which so many records cannot be read.
func UnreadableError(path string, count int) *LedgerError {
	return &LedgerError{Problem: LedgerUnreadable, Path: path, Err: errors.New(strconv.Itoa(count))}
}

// LedgerProblem is the sort of a LedgerError.
type LedgerProblem string

// The problems of a ledger.
const (
	LedgerFull     LedgerProblem = "full"     // no room on the disk
	LedgerReadOnly LedgerProblem = "readonly" // can be read, not written
	LedgerDamaged  LedgerProblem = "damaged"
	LedgerNewer    LedgerProblem = "newer"  // a newer fourfactor has written it
	LedgerWrongKey LedgerProblem = "key"    // the key, or the way of encryption, is not the ledger's
	LedgerNoKey    LedgerProblem = "no_key" // the key cannot be had
	LedgerBusy     LedgerProblem = "busy"   // another process keeps it for too long
	// Some look-ups, or lines of the trail, cannot be read. The rest is as good
	// as ever.
	LedgerUnreadable LedgerProblem = "unreadable"
	LedgerOtherOwner LedgerProblem = "owner"   // root may not work with it: it is another user's
	LedgerNoPath     LedgerProblem = "nowhere" // it is not known where it belongs
	LedgerFailed     LedgerProblem = "failed"  // anything else
)

// LedgerProblems lists all problems.
func LedgerProblems() []LedgerProblem {
	return []LedgerProblem{
		LedgerFull, LedgerReadOnly, LedgerDamaged, LedgerNewer, LedgerWrongKey, LedgerNoKey,
		LedgerBusy, LedgerUnreadable, LedgerOtherOwner, LedgerNoPath, LedgerFailed,
	}
}

// BeijingDate is the day in Beijing, by which the service counts, as 2006-01-02.
func BeijingDate(at time.Time) string { return at.In(juhe.Beijing()).Format(time.DateOnly) }
