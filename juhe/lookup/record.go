// Package lookup makes look-ups: normalise, check, guard, record the intent,
// call, record the outcome. It is the only caller of the client, for the form,
// for commands and for batches alike, and it says what a ledger has to do.
package lookup

import (
	"crypto/rand"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Record is one look-up: what was asked, in its normal form, and how it ended.
type Record struct {
	ID       string
	At       time.Time // when it was asked, to the millisecond
	Service  string    // the base URL it went to
	Query    juhe.Query
	Reply    juhe.Reply
	Warnings []ident.Warning
	Elapsed  time.Duration
	// Imported tells that another ledger's export brought it here.
	Imported bool
	// RowRef is the row that it was made for, if it was made for one. A ledger
	// keeps that with the run.
	RowRef RowRef

	// Earlier is the look-up that answered this one, or that kept it from
	// being sent. A ledger does not keep such a Record.
	Earlier *Record
	// RecordErr is why the ledger does not hold this Record although it was
	// sent, if so.
	RecordErr error
}

// AnsweredBy is the ID of the earlier look-up that answered this one, if one
// did.
func (r Record) AnsweredBy() string {
	if r.Earlier != nil && r.Reply.Outcome.Verdict() {
		return r.Earlier.ID
	}
	return ""
}

// EndpointLabel is the endpoint that r was made by, and the service where that is another one
// than this.
func (r Record) EndpointLabel(service string) string {
	if r.Service == service {
		return string(r.Query.API)
	}
	return string(r.Query.API) + " " + juhe.Harmless(r.Service)
}

// newID makes an ID that sorts by time and that a person can read out:
// 20261123-155415-k7qx2m9p. The time is in the zone of at.
func newID(at time.Time) string {
	return at.Format("20060102-150405-") + strings.ToLower(rand.Text()[:8])
}
