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
	// Past is what is known of the factors of rec, at rec.At.
	Past(ctx context.Context, rec Record) (Past, error)
	// Intend records durably that rec is about to be sent, if may says so of
	// what is known then: between the two no other process records. It
	// reports what may said.
	Intend(ctx context.Context, rec Record, may func(Past) bool) (bool, error)
	// Settle records durably how an intended look-up ended. One that was
	// certainly free no longer counts as sent.
	Settle(ctx context.Context, rec Record) error
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
	// Through is how far a search that ended before its page was full has
	// looked back. It is zero unless the text was too short for an index and
	// time ran out.
	Through time.Time
	// Unreadable is how many look-ups were passed over because they cannot be
	// read any more. Whether the search would have found them is not known.
	Unreadable int
}

// Trace is one line of the audit trail: what somebody saw or took away.
type Trace struct {
	At     time.Time
	Who    string
	What   TraceKind
	ID     string // of the look-up, if it is one
	Count  int    // of look-ups, if it is not
	Detail string // such as the name of a file
	Masked bool   // of an export
}

// TraceKind is what a Trace is about.
type TraceKind string

// What an audit trail tells.
const (
	TraceReveal    TraceKind = "reveal"
	TraceFill      TraceKind = "fill"      // a look-up's person comes into the form
	TraceExporting TraceKind = "exporting" // an export with persons begins
	TraceExport    TraceKind = "export"    // one is complete
	TraceImport    TraceKind = "import"
	TraceDelete    TraceKind = "delete"
	TracePurge     TraceKind = "purge"
)

// TraceKinds lists all kinds of trace.
func TraceKinds() []TraceKind {
	return []TraceKind{TraceReveal, TraceFill, TraceExporting, TraceExport, TraceImport, TraceDelete, TracePurge}
}

// LedgerError says why a ledger cannot be read or written. Its text holds
// nothing of a look-up and no key.
type LedgerError struct {
	Problem LedgerProblem
	Path    string // the file that it is about
	Aside   string // where a damaged ledger was put, if it was
	Err     error  // what the system said; may be nil
}

func (e *LedgerError) Error() string {
	text := string(e.Problem) + ": " + e.Path
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *LedgerError) Unwrap() error { return e.Err }

// Unreadable is the error of a ledger of which so many records cannot be read.
func Unreadable(path string, count int) *LedgerError {
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
	LedgerKey      LedgerProblem = "key"    // the key, or the way of encryption, is not the ledger's
	LedgerNoKey    LedgerProblem = "no_key" // the key cannot be had
	LedgerBusy     LedgerProblem = "busy"   // another process keeps it for too long
	// Some look-ups, or lines of the trail, cannot be read. The rest is as good
	// as ever.
	LedgerUnreadable LedgerProblem = "unreadable"
	LedgerOwner      LedgerProblem = "owner"   // root may not work with it: it is another user's
	LedgerNowhere    LedgerProblem = "nowhere" // it is not known where it belongs
	LedgerFailed     LedgerProblem = "failed"  // anything else
)

// LedgerProblems lists all problems.
func LedgerProblems() []LedgerProblem {
	return []LedgerProblem{
		LedgerFull, LedgerReadOnly, LedgerDamaged, LedgerNewer, LedgerKey, LedgerNoKey,
		LedgerBusy, LedgerUnreadable, LedgerOwner, LedgerNowhere, LedgerFailed,
	}
}

// Day is the day in Beijing, by which the service counts, as 2006-01-02.
func Day(at time.Time) string { return at.In(juhe.Beijing()).Format(time.DateOnly) }
