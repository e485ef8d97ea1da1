package lookup

import (
	"strconv"
	"time"

	"fourfactor/juhe"
)

// Guard prevents paying twice for the same factors, and exceeding a daily limit. The
// zero Guard reuses no verdicts and has no limit. It still stops a lookup if an earlier
// one of the same factors is in progress, or has no verdict but may have been billed.
type Guard struct {
	// RepeatWithin is the age up to which a verdict is reused for the same factors; 0
	// means never.
	RepeatWithin time.Duration
	// DailyLimit is the number of lookups that may be sent in a day in Beijing; 0
	// means no limit.
	DailyLimit int
}

// Consent lists what the operator has agreed to, for one lookup. AnsweredID and
// BlockingID do not cover lookups recorded after the consent was given.
type Consent struct {
	// Unconditional allows sending regardless of all earlier lookups and of the clock.
	Unconditional bool
	// AnsweredID is the ID of an earlier lookup whose verdict could be reused. The
	// operator agrees to pay for a new one.
	AnsweredID string
	// BlockingID is the ID of an earlier lookup that is in progress, may have been
	// billed without a verdict, or has a verdict that cannot be reused. The operator
	// agrees to send nevertheless.
	BlockingID string
	// ClockBehind is the result of Prior.ClockBehind, the Detail of a FaultClock. The
	// operator has confirmed that the clock is right although it is behind that time.
	ClockBehind string
	// HistoryLost allows sending although earlier lookups were lost.
	HistoryLost bool
	// Unrecorded allows sending although the ledger cannot record the lookup.
	Unrecorded bool
}

// allow reports whether rec may be sent. If not, it turns rec into the result of the
// lookup.
func (g Guard) allow(rec *Record, prior Prior, consent Consent) bool {
	earlier, behind := g.reusable(*rec, prior.Concluded), prior.ClockBehind(rec.At)
	switch {
	case !consent.Unconditional && earlier != nil && earlier.ID != consent.AnsweredID:
		// The result shows the ID and time of the lookup that got the verdict.
		rec.ID, rec.At, rec.Reply, rec.Earlier = earlier.ID, earlier.At, earlier.Reply, earlier
		rec.Reply.Billable = juhe.BillableNo
	case behind != "" && behind != consent.ClockBehind && !consent.Unconditional:
		// This comes before the daily limit, which depends on the clock.
		rec.setUnsent(juhe.Fault{Kind: juhe.FaultClock, Detail: behind}, nil)
	case g.DailyLimit > 0 && prior.SentToday >= g.DailyLimit:
		rec.setUnsent(juhe.Fault{Kind: juhe.FaultLimit, Detail: strconv.Itoa(g.DailyLimit)}, nil)
	case consent.Unconditional:
		return true
	case g.historyLost(*rec, prior) && !consent.HistoryLost:
		rec.setUnsent(juhe.Fault{Kind: juhe.FaultHistoryLost}, nil)
	default:
		// Consent to the newest blocking lookup covers older ones.
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

// blocking returns the newest lookup because of which rec needs consent, and the reason.
// It returns nil if there is none.
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
	// Imported verdicts count only if nothing else blocks: a newer one would otherwise hide
	// a lookup that this program sent and that may have been billed.
	withImported := newest == nil
	consider(g.unusable(rec, prior.Concluded, consent, withImported))
	return newest, reason
}

// Preview reports whether rec would be sent, ignoring the daily limit. If not, the
// returned Record is the result that it would have. Preview sends and records nothing.
func (g Guard) Preview(rec Record, prior Prior, consent Consent) (Record, bool) {
	g.DailyLimit = 0
	allowed := g.allow(&rec, prior, consent)
	return rec, allowed
}

// historyLost reports whether a ledger was lost so recently that the guard needs its
// lookups. The daily limit needs those of one day, even if RepeatWithin is shorter.
func (g Guard) historyLost(rec Record, prior Prior) bool {
	const day = 24 * time.Hour
	return !prior.HistoryLostAt.IsZero() && rec.At.Sub(prior.HistoryLostAt) < max(g.RepeatWithin, day)
}

// setUnsent sets the result of a lookup that is not sent.
func (r *Record) setUnsent(fault juhe.Fault, earlier *Record) {
	r.Reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo, Fault: fault}
	r.Earlier = earlier
}

// reusable returns the newest of the concluded lookups whose verdict can be reused for
// rec, or nil.
func (g Guard) reusable(rec Record, concluded []Record) *Record {
	for i := range concluded {
		r := &concluded[i]
		if r.ReuseFault(rec.Service) == "" && g.hasFreshVerdict(*r, rec) && rec.At.Sub(r.At) > -g.RepeatWithin {
			return r
		}
	}
	return nil
}

// unusable returns the newest lookup whose verdict could be reused for rec if it were not
// imported, from another base URL, or more than RepeatWithin ahead of the clock. It also
// returns which of these is the reason. It skips imported lookups unless withImported is
// set.
func (g Guard) unusable(rec Record, concluded []Record, consent Consent, withImported bool) (*Record, juhe.FaultKind) {
	for i := range concluded {
		r := &concluded[i]
		fault := r.ReuseFault(rec.Service)
		switch {
		case r.ID == consent.AnsweredID: // consent to pay again for a newer verdict covers older ones
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

// ReuseFault returns the reason why a verdict of r cannot be reused for the same factors
// at service, a base URL. It returns "" if it can. It ignores the age of r.
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
// and is younger than RepeatWithin. This includes one ahead of the clock.
func (g Guard) hasFreshVerdict(earlier, rec Record) bool {
	return earlier.Reply.Outcome.IsVerdict() && rec.At.Sub(earlier.At) < g.RepeatWithin && g.RepeatWithin > 0 && covers(earlier, rec.Query)
}

// covers reports whether an earlier lookup requested everything that q requests. A
// verdict of queryV2 does not cover the other endpoints, because they also return a code;
// theirs cover queryV2. A requested regstatus that the service did not return counts:
// requesting it again would not help.
func covers(earlier Record, q juhe.Query) bool {
	if earlier.Query.API == juhe.APIQueryV2 && q.API != juhe.APIQueryV2 {
		return false
	}
	return !q.Regstatus || earlier.Query.Regstatus || earlier.Reply.Regstatus != ""
}

// newestBillable returns the newest lookup that was or may have been billed, or nil. It
// skips verdicts that cannot be reused: such a verdict does not resolve the doubt about
// an earlier lookup.
func newestBillable(rec Record, concluded []Record) *Record {
	for i := range concluded {
		r := &concluded[i]
		if r.Reply.Billable != juhe.BillableNo && (r.ReuseFault(rec.Service) == "" || isUnsettled(r.Reply)) {
			return r
		}
	}
	return nil
}

// isUnsettled reports whether r has no verdict and may have been billed.
func isUnsettled(r juhe.Reply) bool {
	return !r.Outcome.IsVerdict() && r.Billable == juhe.BillableUnknown
}
