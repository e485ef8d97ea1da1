package i18n

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Meaning returns how a lookup ended: by its fault, by its code, or by the verdict of an
// endpoint without codes.
func (t *Messages) Meaning(r lookup.Record) string {
	switch code := r.Code(); {
	case r.Reply.Fault.Kind != "":
		return t.FaultMeaning(r.Reply.Fault)
	case code != 0:
		return t.CodeMeaning(code)
	}
	return t.Verdicts[r.Reply.Outcome]
}

// FaultMeaning explains a fault.
func (t *Messages) FaultMeaning(fault juhe.Fault) string {
	switch {
	case fault.Detail == "":
		return t.Faults[fault.Kind]
	case fault.Kind == juhe.FaultImported:
		return fault.Detail
	case fault.Kind == juhe.FaultTimeout:
		return t.Faults[fault.Kind] + t.Colon + t.duration(fault.Detail)
	}
	return t.Faults[fault.Kind] + t.Colon + t.System(fault.Detail)
}

// CodeMeaning explains a code other than 0.
func (t *Messages) CodeMeaning(code int) string {
	if c, ok := t.Codes[code]; ok {
		return c.Meaning
	}
	return t.undocumented(code)
}

// undocumented explains a code by the code format of the API document: 2 535 01.
func (t *Messages) undocumented(code int) string {
	digits := strconv.Itoa(code)
	switch {
	case len(digits) == 6 && digits[0] == '2':
		return fmt.Sprintf(t.Undocumented.Service, digits[1:4], digits[4:])
	case len(digits) == 6 && digits[0] == '1':
		return fmt.Sprintf(t.Undocumented.System, digits[4:])
	case len(digits) == 5 && digits[0] == '1':
		return fmt.Sprintf(t.Undocumented.System, digits[1:])
	}
	return t.Undocumented.Other
}

// NextStep returns what to do about the outcome of a lookup, or "". The advice for a fault
// replaces that for the outcome.
func (t *Messages) NextStep(r lookup.Record) string {
	if c := t.Codes[r.Code()]; c.Next != "" {
		return c.Next
	}
	fault := r.Reply.Fault.Kind
	switch fault {
	case juhe.FaultDNS, juhe.FaultConnectTimeout, juhe.FaultTLS, juhe.FaultProxy:
		fault = juhe.FaultConnect
	case juhe.FaultVerdictOtherService, juhe.FaultVerdictInFuture:
		fault = juhe.FaultVerdictImported
	}
	return cmp.Or(t.FaultAdvice[fault], t.Advice[r.Reply.Outcome])
}

// CodeNextStep returns what to do about a code, which may be undocumented.
func (t *Messages) CodeNextStep(code int) string {
	switch c, documented := t.Codes[code]; {
	case documented:
		return c.Next
	case isErrorCode(code):
		return t.Advice[juhe.Refused]
	}
	return t.Undocumented.ResultAdvice
}

// Earlier describes the lookup that answered another, or kept it from being sent. Its
// outcome is empty while it is in progress.
func (t *Messages) Earlier(earlier lookup.Record, answered bool) string {
	text := t.EarlierLookups.Stopped
	switch {
	case answered:
		text = t.EarlierLookups.Answered
	case earlier.Reply.Outcome == "":
		text = t.EarlierLookups.Pending
	}
	return strings.NewReplacer(
		"{at}", earlier.At.Format(time.DateTime), "{api}", string(earlier.Query.API), "{outcome}", t.Outcomes[earlier.Reply.Outcome],
	).Replace(text)
}

// Headline returns the meaning of the outcome of r. For a verdict from the ledger it adds
// when and by which endpoint it was obtained.
func (t *Messages) Headline(r lookup.Record) string {
	if r.AnsweredBy() == "" {
		return t.Meaning(r)
	}
	return strings.NewReplacer(
		"{at}", r.Earlier.At.Format(time.DateTime), "{api}", string(r.Earlier.Query.API), "{meaning}", t.Meaning(r),
	).Replace(t.EarlierLookups.Ledger)
}

// ImportProblem returns what is wrong with a line of an import.
func (t *Messages) ImportProblem(problem lookup.JSONProblem, member string) string {
	return strings.ReplaceAll(t.ImportProblems[problem], "{member}", member)
}

// Marks returns the marks that stand before outcomes and before the results of
// factors, so that colour is never the only difference.
func Marks(ascii bool) (outcome map[juhe.Outcome]string, factor map[juhe.FactorResult]string) {
	outcome = map[juhe.Outcome]string{juhe.Match: "✓", juhe.Mismatch: "✗", juhe.Refused: "!", juhe.Unclear: "?", juhe.Lost: "~", juhe.Unsent: "-"}
	factor = map[juhe.FactorResult]string{juhe.ResultAgrees: "✓", juhe.ResultDiffers: "✗", juhe.ResultUnrelated: "✗", juhe.ResultInconclusive: "?", juhe.ResultNone: "-"}
	if ascii {
		outcome[juhe.Match], outcome[juhe.Mismatch] = "+", "x"
		factor[juhe.ResultAgrees], factor[juhe.ResultDiffers], factor[juhe.ResultUnrelated] = "+", "x", "x"
	}
	return outcome, factor
}
