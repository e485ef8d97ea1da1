package lookup

import (
	"strconv"
	"time"

	"fourfactor/juhe"
)

// Guard stops lookups that nobody wants to pay for. The zero Guard has no daily
// limit and stops only factors whose last lookup may be billed and has no verdict, or
// is in progress.
type Guard struct {
	// RepeatWithin is the time for which a verdict answers for the same factors.
	RepeatWithin time.Duration
	// DailyLimit is the number of lookups that may be sent in a day; 0 means no
	// limit.
	DailyLimit int
}

// Consent lists what the operator has agreed to, for one lookup. It does not cover
// lookups recorded after it was given.
type Consent struct {
	// Resend sends whatever earlier lookups there are and whatever the clock reads.
	Resend bool
	// AnsweredID is the ID of the lookup whose verdict may be paid for again.
	AnsweredID string
	// BlockingID is the ID of a lookup that does not prevent sending although it
	// has no verdict, or one that does not answer.
	BlockingID string
	// ClockBehind is the Detail of a FaultClock, the newest recorded time. The clock
	// may be behind it: the operator has confirmed the clock.
	ClockBehind string
	// HistoryLost sends although the earlier lookups are unknown.
	HistoryLost bool
	// Unrecorded sends although the ledger cannot record it.
	Unrecorded bool
}

// allow reports whether rec may be sent. If not, it sets the reply that ends the
// lookup.
func (g Guard) allow(rec *Record, prior Prior, consent Consent) bool {
	earlier, behind := g.reusable(*rec, prior.Concluded), prior.ClockBehind(rec.At)
	switch {
	case !consent.Resend && earlier != nil && earlier.ID != consent.AnsweredID:
		// The ID and time shown with an answer are those of the lookup that got it.
		rec.ID, rec.At, rec.Reply, rec.Earlier = earlier.ID, earlier.At, earlier.Reply, earlier
		rec.Reply.Billable = juhe.BillableNo
	case behind != "" && behind != consent.ClockBehind && !consent.Resend: // before the limit, whose day depends on the clock
		rec.setUnsent(juhe.Fault{Kind: juhe.FaultClock, Detail: behind}, nil)
	case g.DailyLimit > 0 && prior.SentToday >= g.DailyLimit:
		rec.setUnsent(juhe.Fault{Kind: juhe.FaultLimit, Detail: strconv.Itoa(g.DailyLimit)}, nil)
	case consent.Resend:
		return true
	case g.historyLost(*rec, prior) && !consent.HistoryLost:
		rec.setUnsent(juhe.Fault{Kind: juhe.FaultHistoryLost}, nil)
	default:
		// Consent to the newest lookup covers older ones.
		earlier, fault := g.blocking(*rec, prior, consent)
		if earlier == nil || earlier.ID == consent.BlockingID {
			return true
		}
		detail := ""
		if earlier.Service != rec.Service {
			detail = juhe.Sanitize(earlier.Service)
		}
		rec.setUnsent(juhe.Fault{Kind: fault, Detail: detail}, earlier)
	}
	return false
}

// blocking returns the newest lookup that needs consent before rec is sent, and the
// reason. It returns nil if there is none.
func (g Guard) blocking(rec Record, prior Prior, consent Consent) (newest *Record, reason juhe.FaultKind) {
	newest, reason = prior.Pending, juhe.FaultPending
	consider := func(r *Record, fault juhe.FaultKind) {
		if r != nil && (newest == nil || r.At.After(newest.At)) {
			newest, reason = r, fault
		}
	}
	if r := newestBillable(rec, prior.Concluded); r != nil && isUnsettled(r.Reply) {
		consider(r, juhe.FaultUnsettled)
	}
	// An imported verdict must not hide a lookup of this program that may be billed.
	consider(g.unusable(rec, prior.Concluded, consent, newest == nil))
	return newest, reason
}

// Preview reports whether rec would be sent, ignoring the daily limit. If not, the
// returned Record has the reply that would end it. Preview sends and records
// nothing.
func (g Guard) Preview(rec Record, prior Prior, consent Consent) (Record, bool) {
	g.DailyLimit = 0
	allowed := g.allow(&rec, prior, consent)
	return rec, allowed
}

// historyLost reports whether a ledger that the guard depends on was lost recently.
// The daily limit needs the last day whatever RepeatWithin is.
func (g Guard) historyLost(rec Record, prior Prior) bool {
	const day = 24 * time.Hour
	return !prior.HistoryLostAt.IsZero() && rec.At.Sub(prior.HistoryLostAt) < max(g.RepeatWithin, day)
}

// setUnsent ends r without sending it.
func (r *Record) setUnsent(fault juhe.Fault, earlier *Record) {
	r.Reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo, Fault: fault}
	r.Earlier = earlier
}

// reusable returns the newest of the concluded lookups whose verdict answers rec, or
// nil.
func (g Guard) reusable(rec Record, concluded []Record) *Record {
	for i := range concluded {
		r := &concluded[i]
		if r.ReuseFault(rec.Service) == "" && g.hasFreshVerdict(*r, rec) && rec.At.Sub(r.At) > -g.RepeatWithin {
			return r
		}
	}
	return nil
}

// unusable returns the newest verdict that would answer rec if it were not
// imported, of another address, or more than RepeatWithin ahead of the clock, and
// which of these it is. Imported ones count only if withImported is set. Consent to
// pay again for a newer verdict covers older ones.
func (g Guard) unusable(rec Record, concluded []Record, consent Consent, withImported bool) (*Record, juhe.FaultKind) {
	for i := range concluded {
		r := &concluded[i]
		fault := r.ReuseFault(rec.Service)
		switch {
		case r.ID == consent.AnsweredID:
			return nil, ""
		case !g.hasFreshVerdict(*r, rec), r.Imported && !withImported:
		case fault != "":
			return r, fault
		case rec.At.Sub(r.At) <= -g.RepeatWithin:
			return r, juhe.FaultVerdictInFuture
		}
	}
	return nil, ""
}

// ReuseFault returns the reason why a verdict of r does not answer for the same
// factors at service, or "" if it does. It ignores the age of r.
func (r Record) ReuseFault(service string) juhe.FaultKind {
	switch {
	case r.Imported:
		return juhe.FaultVerdictImported
	case r.Service != service:
		return juhe.FaultVerdictOtherService
	}
	return ""
}

// hasFreshVerdict reports whether earlier has a verdict that covers the query of rec
// and is younger than RepeatWithin.
func (g Guard) hasFreshVerdict(earlier, rec Record) bool {
	return earlier.Reply.Outcome.IsVerdict() && rec.At.Sub(earlier.At) < g.RepeatWithin && g.RepeatWithin > 0 && covers(earlier, rec.Query)
}

// covers reports whether an earlier lookup asked for everything that q asks for. A
// regstatus that was asked for and not returned counts: asking again would not help.
func covers(earlier Record, q juhe.Query) bool {
	if earlier.Query.API == juhe.APIQueryV2 && q.API != juhe.APIQueryV2 {
		return false
	}
	return !q.Regstatus || earlier.Query.Regstatus || earlier.Reply.Regstatus != ""
}

// newestBillable returns the newest lookup that was billed or may have been, or nil.
// A free lookup settles nothing, and neither does a verdict that is imported or of
// another address.
func newestBillable(rec Record, concluded []Record) *Record {
	for i := range concluded {
		r := &concluded[i]
		if r.Reply.Billable != juhe.BillableNo && (r.ReuseFault(rec.Service) == "" || isUnsettled(r.Reply)) {
			return r
		}
	}
	return nil
}

// isUnsettled reports whether a lookup without a verdict may have been billed.
func isUnsettled(r juhe.Reply) bool {
	return !r.Outcome.IsVerdict() && r.Billable == juhe.BillableUnknown
}
