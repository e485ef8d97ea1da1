package juhe

// Limits of an answer, in bytes.
const (
	BodyLimit = 1 << 20  // of the body, after decoding
	RawLimit  = 64 << 10 // of its text in Reply.Raw
	TextLimit = 1 << 10  // of each of its texts, such as Reply.Reason
)

// Reply is the result of a lookup. Its texts are sanitized and redacted. A nil
// pointer or an empty text means that the service did not return the member.
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

	// Raw is the body of the answer as text, with its lines, at most RawLimit bytes.
	Raw string
}

// FactorResult is the verdict on one factor.
type FactorResult string

// The results. Each code means only what the API document states.
const (
	ResultNone         FactorResult = ""
	ResultAgrees       FactorResult = "agrees"
	ResultDiffers      FactorResult = "differs"
	ResultUnrelated    FactorResult = "apart" // name and ID do not belong together
	ResultInconclusive FactorResult = "maybe" // at least one factor differs, it is unknown which
)

// FactorResults are the results of the four factors, indexed by Factor.
type FactorResults [NumFactors]FactorResult

// FactorResults returns the result of each factor that follows from the verdict.
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
