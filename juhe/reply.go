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

// FactorResult is what an answer says about one factor.
type FactorResult string

// What can be said. A code is never read for more than it says.
const (
	ResultNone         FactorResult = ""
	ResultAgrees       FactorResult = "agrees"
	ResultDiffers      FactorResult = "differs"
	ResultUnrelated    FactorResult = "apart" // name and mark do not belong together
	ResultInconclusive FactorResult = "maybe" // something differs, which is not known
)

// FactorResultValues lists everything that can be said of a factor.
func FactorResultValues() []FactorResult {
	return []FactorResult{ResultNone, ResultAgrees, ResultDiffers, ResultUnrelated, ResultInconclusive}
}

// FactorResults is what an answer says about each of the four factors.
type FactorResults [NumFactors]FactorResult

// FactorResults reads a verdict factor by factor.
func (r Reply) FactorResults() FactorResults {
	all := func(s FactorResult) FactorResults { return FactorResults{s, s, s, s} }
	switch {
	case !r.Outcome.IsVerdict():
		return FactorResults{}
	case r.Outcome == Match:
		return all(ResultAgrees)
	case r.Code == nil:
		return all(ResultInconclusive)
	}
	switch *r.Code {
	case -21:
		return FactorResults{Entname: ResultUnrelated, Entmark: ResultUnrelated}
	case -22:
		return FactorResults{Realname: ResultDiffers}
	case -23:
		return FactorResults{Idcard: ResultDiffers}
	case -24:
		return FactorResults{Entname: ResultDiffers}
	case -25:
		return FactorResults{Entmark: ResultDiffers}
	}
	return all(ResultInconclusive)
}
