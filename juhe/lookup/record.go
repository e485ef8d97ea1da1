package lookup

import (
	"crypto/rand"
	"strconv"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Record is one lookup: its query in normal form and its result.
type Record struct {
	ID       string
	At       time.Time // when it was sent, to the millisecond
	Service  string    // the base URL of the service that it went to
	Query    juhe.Query
	Reply    juhe.Reply
	Warnings []ident.Warning
	Elapsed  time.Duration // from sending to the reply, to the millisecond
	// Imported reports whether the lookup was imported from an export.
	Imported bool
	// RowRef is the row of a run that the lookup was made for, if any.
	RowRef RowRef

	// Earlier is the earlier lookup whose verdict was reused, or because of which the
	// guard stopped this one. Otherwise it is nil; a lookup that was sent never has one. A
	// ledger does not store a Record that has one.
	Earlier *Record
	// RecordErr is the error of a ledger that could not record the intent or the outcome
	// of this lookup.
	RecordErr error
	// cancelledBeforeIntent reports whether the lookup was cancelled before the ledger
	// recorded its intent.
	cancelledBeforeIntent bool
}

// AnsweredBy returns the ID of the earlier lookup that answered this one, or "".
func (r Record) AnsweredBy() string {
	if r.Earlier != nil && r.Reply.Outcome.IsVerdict() {
		return r.Earlier.ID
	}
	return ""
}

// inLedger reports whether a ledger has the lookup with the ID of r. If the verdict was
// reused, that is the ID of the earlier lookup.
func (r Record) inLedger() bool {
	fault := r.Reply.Fault.Kind
	return r.AnsweredBy() != "" || r.Earlier == nil && r.RecordErr == nil && !r.cancelledBeforeIntent && fault != juhe.FaultLimit && fault != juhe.FaultHistoryLost && fault != juhe.FaultClock
}

// LedgerID returns the ID under which the ledger has r or, if its verdict was reused,
// the earlier lookup. It returns "" if the ledger has neither.
func (r Record) LedgerID() string {
	switch {
	case !r.inLedger():
		return ""
	case r.AnsweredBy() != "":
		return r.AnsweredBy()
	}
	return r.ID
}

// FactorResult returns the result of one factor.
func (r Record) FactorResult(f juhe.Factor) juhe.FactorResult {
	return r.Reply.FactorResults()[f]
}

// Code returns the code that decided the outcome: the detail code of a verdict, the
// error_code of a refusal, or 0.
func (r Record) Code() int {
	switch {
	case r.Reply.Code != nil:
		return *r.Reply.Code
	case r.Reply.ErrorCode != nil:
		return *r.Reply.ErrorCode
	}
	return 0
}

// CodeText returns Code in decimal, or "" for 0.
func (r Record) CodeText() string {
	if code := r.Code(); code != 0 {
		return strconv.Itoa(code)
	}
	return ""
}

// EndpointLabel returns the name of the endpoint of r, followed by its base URL if
// that is not service.
func (r Record) EndpointLabel(service string) string {
	if r.Service == service {
		return string(r.Query.API)
	}
	return string(r.Query.API) + " " + juhe.Sanitize(r.Service)
}

// ZonedTimeLayout is the layout of times that are shown or written with their offset.
const ZonedTimeLayout = "2006-01-02 15:04:05 -07:00"

// newID returns an ID that sorts by time and can be read aloud, such as
// 20261123-155415-k7qx2m9p. Its time is in the location of at.
func newID(at time.Time) string {
	return at.Format("20060102-150405-") + strings.ToLower(rand.Text()[:8])
}
