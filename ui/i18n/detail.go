package i18n

import (
	"cmp"
	"strconv"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// Detail is one fact that is shown about a lookup besides its outcome.
type Detail struct {
	Name         lookup.DetailName
	Label, Value string
}

// Details returns the details of a lookup in the order of lookup.DetailName. It omits
// empty ones, except a regstatus that was requested and not returned.
func (t *Messages) Details(r lookup.Record) []Detail {
	var all []Detail
	add := func(name lookup.DetailName, value string) {
		if value != "" {
			all = append(all, Detail{name, t.Labels[name], value})
		}
	}
	add(lookup.DetailNextStep, t.NextStep(r))
	if r.Earlier != nil {
		add(lookup.DetailEarlier, t.Earlier(*r.Earlier, r.AnsweredBy() != ""))
	}
	add(lookup.DetailRecordErr, t.ErrorText(r.RecordErr))
	if r.Code() != 0 {
		all = append(all, Detail{lookup.DetailCode, t.CodeLabel(r.Code()), r.CodeText()})
	} else if r.Reply.State != nil {
		add(lookup.DetailCode, "res "+strconv.Itoa(*r.Reply.State))
	}
	add(lookup.DetailDocumented, documentedText(r))
	regstatus := r.Reply.Regstatus
	if !r.Reply.Outcome.IsVerdict() { // for a verdict it says only that the request succeeded
		add(lookup.DetailReason, r.Reply.Reason)
	} else if r.Query.Regstatus {
		regstatus = cmp.Or(regstatus, t.Result.NotGiven)
	}
	add(lookup.DetailRegstatus, regstatus)
	add(lookup.DetailOrderid, r.Reply.Orderid)
	add(lookup.DetailBillable, t.Billable[r.Reply.Billable])
	for _, w := range r.Warnings {
		add(lookup.DetailWarning, t.FactorWarning(w))
	}
	if r.Earlier == nil && (r.LedgerID() != "" || r.RecordErr != nil) { // a call was attempted
		add(lookup.DetailElapsed, t.Duration(max(r.Elapsed, time.Millisecond)))
	}
	add(lookup.DetailAt, r.At.Format(lookup.ZonedTimeLayout))
	add(lookup.DetailAPI, string(r.Query.API))
	add(lookup.DetailService, r.Service)
	if r.Imported {
		add(lookup.DetailImported, t.Records.Imported)
	}
	if r.LedgerID() != "" {
		add(lookup.DetailID, r.ID)
	}
	return all
}

// documentedText returns the API document's description of the code, followed by the one
// that the service returned if that differs.
func documentedText(r lookup.Record) string {
	code, known := juhe.FindCode(r.Code())
	switch {
	case !known:
		return r.Reply.Desc
	case r.Reply.Desc != "" && r.Reply.Desc != code.Text:
		return code.Text + " / " + r.Reply.Desc
	}
	return code.Text
}

// isErrorCode reports whether a code is an error_code. A detail code has at most two
// digits.
func isErrorCode(code int) bool { return code >= 10000 }

// CodeLabel returns the label of a code.
func (t *Messages) CodeLabel(code int) string {
	if isErrorCode(code) {
		return t.ErrorCode
	}
	return t.Labels[lookup.DetailCode]
}

// OutcomeAndCode returns the outcome of a lookup and its code, if it has one.
func (t *Messages) OutcomeAndCode(r lookup.Record) string {
	text := t.Outcomes[r.Reply.Outcome]
	if r.Code() != 0 {
		text += t.Semicolon + t.CodeLabel(r.Code()) + " " + r.CodeText()
	}
	return text
}

// FactorWarning returns a warning behind the label of its factor.
func (t *Messages) FactorWarning(w ident.Warning) string {
	return t.Fields[w.Factor].Label + t.Colon + t.Warning(w)
}
