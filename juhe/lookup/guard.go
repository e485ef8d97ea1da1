package lookup

import (
	"strconv"
	"time"

	"fourfactor/juhe"
)

// Guard keeps a look-up from being paid for without being asked for. The zero
// Guard only stops what is unsettled.
type Guard struct {
	// RepeatWithin is for how long a verdict answers for the same factors.
	RepeatWithin time.Duration
	// DailyLimit is how many look-ups may be sent in a day; 0 for any number.
	DailyLimit int
}

// Consent is what the operator has agreed to, for one look-up. What has come
// since is asked about anew.
type Consent struct {
	// Resend sends whatever earlier look-ups there are, and whatever the clock says.
	Resend bool
	// AnsweredID is the ID of the look-up whose verdict is to be paid for once
	// more.
	AnsweredID string
	// UnsettledID is the ID of the look-up in spite of which to send: one without
	// a verdict, or with one that does not answer.
	UnsettledID string
	// ClockBehind is the newest time in the ledger, as the fault tells it, before
	// which to send: the clock is right.
	ClockBehind string
	// HistoryLost sends although it is not known what was sent before.
	HistoryLost bool
	// Unrecorded sends although the ledger cannot record it.
	Unrecorded bool
}

// allow tells whether rec may be sent. If not, rec is how the look-up ends.
func (g Guard) allow(rec *Record, past Prior, consent Consent) bool {
	earlier, clock := g.reusable(*rec, past.Concluded), past.CheckClock(rec.At)
	switch {
	case !consent.Resend && earlier != nil && earlier.ID != consent.AnsweredID:
		// What is shown of an answer is then true of the look-up that got it.
		rec.ID, rec.At, rec.Reply, rec.Earlier = earlier.ID, earlier.At, earlier.Reply, earlier
		rec.Reply.Billable = juhe.BillableNo
	case clock != "" && clock != consent.ClockBehind && !consent.Resend: // before the limit, which counts by days
		rec.refuse(juhe.Fault{Kind: juhe.FaultClock, Detail: clock}, nil)
	case g.DailyLimit > 0 && past.SentToday >= g.DailyLimit:
		rec.refuse(juhe.Fault{Kind: juhe.FaultLimit, Detail: strconv.Itoa(g.DailyLimit)}, nil)
	case consent.Resend:
		return true
	case g.historyLost(*rec, past) && !consent.HistoryLost:
		rec.refuse(juhe.Fault{Kind: juhe.FaultForgotten}, nil)
	default:
		// Who knows of the newest one knows enough.
		open, fault := g.blocking(*rec, past, consent)
		if open == nil || open.ID == consent.UnsettledID {
			return true
		}
		detail := ""
		if open.Service != rec.Service {
			detail = juhe.Harmless(open.Service)
		}
		rec.refuse(juhe.Fault{Kind: fault, Detail: detail}, open)
	}
	return false
}

// blocking is the newest look-up that is to be asked about before rec is sent, if
// there is one, and why.
func (g Guard) blocking(rec Record, past Prior, consent Consent) (open *Record, why juhe.FaultKind) {
	open, why = past.Pending, juhe.FaultUnderWay
	consider := func(s *Record, fault juhe.FaultKind) {
		if s != nil && (open == nil || s.At.After(open.At)) {
			open, why = s, fault
		}
	}
	if before := newestCharged(rec, past.Concluded); before != nil && unsettled(before.Reply) {
		consider(before, juhe.FaultUnsettled)
	}
	// What is imported hides nothing of what may have been paid for from here.
	consider(g.notReusable(rec, past.Concluded, consent, open == nil))
	return open, why
}

// Preview tells whether rec would be sent if it were not for the daily limit,
// or how it would end. Nothing is sent, and nothing recorded.
func (g Guard) Preview(rec Record, past Prior, consent Consent) (Record, bool) {
	g.DailyLimit = 0
	would := g.allow(&rec, past, consent)
	return rec, would
}

// historyLost tells whether the guard may have lost what it should look at. Days
// are counted too, so it is a day at the least.
func (g Guard) historyLost(rec Record, past Prior) bool {
	const day = 24 * time.Hour
	return !past.HistoryLostAt.IsZero() && rec.At.Sub(past.HistoryLostAt) < max(g.RepeatWithin, day)
}

func (r *Record) refuse(fault juhe.Fault, earlier *Record) {
	r.Reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo, Fault: fault}
	r.Earlier = earlier
}

// reusable is the newest of these look-ups that holds what rec asks.
func (g Guard) reusable(rec Record, same []Record) *Record {
	for i := range same {
		s := &same[i]
		if s.own(rec) && g.answersIfOwn(*s, rec) && rec.At.Sub(s.At) > -g.RepeatWithin {
			return s
		}
	}
	return nil
}

// notReusable is the newest verdict that would answer, if it were not imported, of
// another address, or further ahead of the clock than a verdict answers. Who has
// agreed to pay again for a newer one is not asked about it.
func (g Guard) notReusable(rec Record, same []Record, consent Consent, imported bool) (*Record, juhe.FaultKind) {
	for i := range same {
		s := &same[i]
		switch {
		case s.ID == consent.AnsweredID:
			return nil, ""
		case !g.answersIfOwn(*s, rec), s.Imported && !imported:
		case !s.own(rec):
			return s, s.ReuseFault(rec.Service)
		case rec.At.Sub(s.At) <= -g.RepeatWithin:
			return s, juhe.FaultVerdictAhead
		}
	}
	return nil, ""
}

// ReuseFault is why the verdict of r does not answer for the same factors at a
// service, apart from its time.
func (r Record) ReuseFault(service string) juhe.FaultKind {
	switch {
	case r.Imported:
		return juhe.FaultVerdictImported
	case r.Service != service:
		return juhe.FaultVerdictElsewhere
	}
	return ""
}

// own tells whether r was made by this program, at the service of rec.
func (r Record) own(rec Record) bool { return r.ReuseFault(rec.Service) == "" }

// answersIfOwn tells whether s has a verdict that holds what rec asks and that is not old.
func (g Guard) answersIfOwn(s, rec Record) bool {
	return s.Reply.Outcome.Verdict() && rec.At.Sub(s.At) < g.RepeatWithin && g.RepeatWithin > 0 && covers(s, rec.Query)
}

// covers tells whether an earlier look-up was asked all that q asks. The
// service may have given no regstatus: asking again would not bring one.
func covers(earlier Record, q juhe.Query) bool {
	if earlier.Query.API == juhe.APIQueryV2 && q.API != juhe.APIQueryV2 {
		return false
	}
	return !q.Regstatus || earlier.Query.Regstatus || earlier.Reply.Regstatus != ""
}

// newestCharged is the newest look-up that was paid for, or may have been: one that was
// certainly free leaves open what was before it. One that is imported, or of
// another address, can keep from sending, but settles nothing.
func newestCharged(rec Record, same []Record) *Record {
	for i := range same {
		s := &same[i]
		if s.Reply.Billable != juhe.BillableNo && (s.own(rec) || unsettled(s.Reply)) {
			return s
		}
	}
	return nil
}

// unsettled tells whether a look-up may have been paid for without a verdict.
func unsettled(r juhe.Reply) bool {
	return !r.Outcome.Verdict() && r.Billable == juhe.BillableUnknown
}
