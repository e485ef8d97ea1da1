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
	// Again sends whatever earlier look-ups there are.
	Again bool
	// Answered is the ID of the look-up whose verdict is to be paid for once
	// more.
	Answered string
	// Unsettled is the ID of the look-up without a verdict in spite of which
	// to send.
	Unsettled string
	// Forgotten sends although it is not known what was sent before.
	Forgotten bool
	// Unrecorded sends although the ledger cannot record it.
	Unrecorded bool
}

// may tells whether rec may be sent. If not, rec is how the look-up ends.
func (g Guard) may(rec *Record, past Past, consent Consent) bool {
	earlier := g.answer(*rec, past.Same)
	before := last(past.Same)
	switch {
	case !consent.Again && earlier != nil && earlier.ID != consent.Answered:
		// What is shown of an answer is then true of the look-up that got it.
		rec.ID, rec.At, rec.Reply, rec.Earlier = earlier.ID, earlier.At, earlier.Reply, earlier
		rec.Reply.Billable = juhe.BillableNo
	case g.DailyLimit > 0 && past.Today >= g.DailyLimit:
		rec.stop(juhe.Fault{Kind: juhe.FaultLimit, Detail: strconv.Itoa(g.DailyLimit)}, nil)
	case consent.Again:
		return true
	case g.forgotten(*rec, past) && !consent.Forgotten:
		rec.stop(juhe.Fault{Kind: juhe.FaultForgotten}, nil)
	default:
		open, fault := past.UnderWay, juhe.FaultUnderWay
		if before != nil && unsettled(before.Reply) && (open == nil || before.At.After(open.At)) {
			open, fault = before, juhe.FaultUnsettled
		}
		// Who knows of the newest one knows enough.
		if open == nil || open.ID == consent.Unsettled {
			return true
		}
		rec.stop(juhe.Fault{Kind: fault}, open)
	}
	return false
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
		age := rec.At.Sub(s.At)
		if !s.Imported && s.Reply.Outcome.Verdict() && age < g.RepeatWithin && age > -g.RepeatWithin && holds(*s, rec.Query) {
			return s
		}
	}
	return nil
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
// certainly free leaves open what was before it. An imported one can keep from
// sending, but settles nothing.
func last(same []Record) *Record {
	for i := range same {
		s := &same[i]
		if s.Reply.Billable != juhe.BillableNo && (!s.Imported || unsettled(s.Reply)) {
			return s
		}
	}
	return nil
}

// unsettled tells whether a look-up may have been paid for without a verdict.
func unsettled(r juhe.Reply) bool {
	return !r.Outcome.Verdict() && r.Billable == juhe.BillableUnknown
}
