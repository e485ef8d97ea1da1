package juhe

// Limits of an answer, in bytes.
const (
	BodyLimit = 1 << 20  // of the body, after decoding
	RawLimit  = 64 << 10 // of what is kept of it in Reply.Raw
	TextLimit = 1 << 10  // of each of its texts, such as Reply.Reason
)

// Reply is how a look-up ended and what the service said. Its texts are
// harmless (see Harmless) and redacted. A pointer that is nil and a text that
// is empty were not given.
type Reply struct {
	Outcome  Outcome
	Billable Billable
	Fault    Fault // for unclear, lost and unsent

	State     *int   // result.state, or result.res of queryV2; with a verdict only
	Code      *int   // result.detail.code; with a verdict only
	Desc      string // result.detail.desc; with a verdict only
	Regstatus string // regstatus; with a verdict only
	Orderid   string
	ErrorCode *int
	Reason    string

	// Raw is the answer's body as text, lines kept, at most RawLimit bytes.
	Raw string
}

// Said is what an answer says about one factor.
type Said string

// What can be said. A code is never read for more than it says.
const (
	SaidNothing Said = ""
	SaidAgrees  Said = "agrees"
	SaidDiffers Said = "differs"
	SaidApart   Said = "apart" // name and mark do not belong together
	SaidMaybe   Said = "maybe" // something differs, which is not known
)

// Says lists everything that can be said of a factor.
func Says() []Said {
	return []Said{SaidNothing, SaidAgrees, SaidDiffers, SaidApart, SaidMaybe}
}

// PerFactor is what an answer says about each of the four factors.
type PerFactor [NumFactors]Said

// PerFactor reads a verdict factor by factor.
func (r Reply) PerFactor() PerFactor {
	all := func(s Said) PerFactor { return PerFactor{s, s, s, s} }
	switch {
	case !r.Outcome.Verdict():
		return PerFactor{}
	case r.Outcome == Match:
		return all(SaidAgrees)
	case r.Code == nil:
		return all(SaidMaybe)
	}
	switch *r.Code {
	case -21:
		return PerFactor{Entname: SaidApart, Entmark: SaidApart}
	case -22:
		return PerFactor{Realname: SaidDiffers}
	case -23:
		return PerFactor{Idcard: SaidDiffers}
	case -24:
		return PerFactor{Entname: SaidDiffers}
	case -25:
		return PerFactor{Entmark: SaidDiffers}
	}
	return all(SaidMaybe)
}
