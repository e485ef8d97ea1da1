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
	// Again sends whatever earlier look-ups there are, and whatever the clock says.
	Again bool
	// Answered is the ID of the look-up whose verdict is to be paid for once
	// more.
	Answered string
	// Unsettled is the ID of the look-up in spite of which to send: one without
	// a verdict, or with one that does not answer.
	Unsettled string
	// Clock is the newest time in the ledger, as the fault tells it, before
	// which to send: the clock is right.
	Clock string
	// Forgotten sends although it is not known what was sent before.
	Forgotten bool
	// Unrecorded sends although the ledger cannot record it.
	Unrecorded bool
}

// may tells whether rec may be sent. If not, rec is how the look-up ends.
func (g Guard) may(rec *Record, past Past, consent Consent) bool {
	earlier, clock := g.answer(*rec, past.Same), past.Clock(rec.At)
	switch {
	case !consent.Again && earlier != nil && earlier.ID != consent.Answered:
		// What is shown of an answer is then true of the look-up that got it.
		rec.ID, rec.At, rec.Reply, rec.Earlier = earlier.ID, earlier.At, earlier.Reply, earlier
		rec.Reply.Billable = juhe.BillableNo
	case clock != "" && clock != consent.Clock && !consent.Again: // before the limit, which counts by days
		rec.stop(juhe.Fault{Kind: juhe.FaultClock, Detail: clock}, nil)
	case g.DailyLimit > 0 && past.Today >= g.DailyLimit:
		rec.stop(juhe.Fault{Kind: juhe.FaultLimit, Detail: strconv.Itoa(g.DailyLimit)}, nil)
	case consent.Again:
		return true
	case g.forgotten(*rec, past) && !consent.Forgotten:
		rec.stop(juhe.Fault{Kind: juhe.FaultForgotten}, nil)
	default:
		// Who knows of the newest one knows enough.
		open, fault := g.open(*rec, past, consent)
		if open == nil || open.ID == consent.Unsettled {
			return true
		}
		detail := ""
		if open.Service != rec.Service {
			detail = juhe.Harmless(open.Service)
		}
		rec.stop(juhe.Fault{Kind: fault, Detail: detail}, open)
	}
	return false
}

// open is the newest look-up that is to be asked about before rec is sent, if
// there is one, and why.
func (g Guard) open(rec Record, past Past, consent Consent) (open *Record, why juhe.FaultKind) {
	open, why = past.UnderWay, juhe.FaultUnderWay
	consider := func(s *Record, fault juhe.FaultKind) {
		if s != nil && (open == nil || s.At.After(open.At)) {
			open, why = s, fault
		}
	}
	if before := last(rec, past.Same); before != nil && unsettled(before.Reply) {
		consider(before, juhe.FaultUnsettled)
	}
	// What is imported hides nothing of what may have been paid for from here.
	consider(g.unanswering(rec, past.Same, consent, open == nil))
	return open, why
}

// Foresee tells whether rec would be sent if it were not for the daily limit,
// or how it would end. Nothing is sent, and nothing recorded.
func (g Guard) Foresee(rec Record, past Past, consent Consent) (Record, bool) {
	g.DailyLimit = 0
	would := g.may(&rec, past, consent)
	return rec, would
}

// forgotten tells whether the guard may have lost what it should look at. Days
// are counted too, so it is a day at the least.
func (g Guard) forgotten(rec Record, past Past) bool {
	const day = 24 * time.Hour
	return !past.Forgotten.IsZero() && rec.At.Sub(past.Forgotten) < max(g.RepeatWithin, day)
}

func (r *Record) stop(fault juhe.Fault, earlier *Record) {
	r.Reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo, Fault: fault}
	r.Earlier = earlier
}

// answer is the newest of these look-ups that holds what rec asks.
func (g Guard) answer(rec Record, same []Record) *Record {
	for i := range same {
		s := &same[i]
		if s.own(rec) && g.fresh(*s, rec) && rec.At.Sub(s.At) > -g.RepeatWithin {
			return s
		}
	}
	return nil
}

// unanswering is the newest verdict that would answer, if it were not imported, of
// another address, or further ahead of the clock than a verdict answers. Who has
// agreed to pay again for a newer one is not asked about it.
func (g Guard) unanswering(rec Record, same []Record, consent Consent, imported bool) (*Record, juhe.FaultKind) {
	for i := range same {
		s := &same[i]
		switch {
		case s.ID == consent.Answered:
			return nil, ""
		case !g.fresh(*s, rec), s.Imported && !imported:
		case !s.own(rec):
			return s, s.Unanswering(rec.Service)
		case rec.At.Sub(s.At) <= -g.RepeatWithin:
			return s, juhe.FaultVerdictAhead
		}
	}
	return nil, ""
}

// Unanswering is why the verdict of r does not answer for the same factors at a
// service, apart from its time.
func (r Record) Unanswering(service string) juhe.FaultKind {
	switch {
	case r.Imported:
		return juhe.FaultVerdictImported
	case r.Service != service:
		return juhe.FaultVerdictElsewhere
	}
	return ""
}

// own tells whether r was made by this program, at the service of rec.
func (r Record) own(rec Record) bool { return r.Unanswering(rec.Service) == "" }

// fresh tells whether s has a verdict that holds what rec asks and that is not old.
func (g Guard) fresh(s, rec Record) bool {
	return s.Reply.Outcome.Verdict() && rec.At.Sub(s.At) < g.RepeatWithin && g.RepeatWithin > 0 && holds(s, rec.Query)
}

// holds tells whether an earlier look-up was asked all that q asks. The
// service may have given no regstatus: asking again would not bring one.
func holds(earlier Record, q juhe.Query) bool {
	if earlier.Query.API == juhe.APIQueryV2 && q.API != juhe.APIQueryV2 {
		return false
	}
	return !q.Regstatus || earlier.Query.Regstatus || earlier.Reply.Regstatus != ""
}

// last is the newest look-up that was paid for, or may have been: one that was
// certainly free leaves open what was before it. One that is imported, or of
// another address, can keep from sending, but settles nothing.
func last(rec Record, same []Record) *Record {
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
