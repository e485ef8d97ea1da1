package lookup

import (
	"strconv"
	"time"

	"fourfactor/juhe"
)

// Detail is one item that is shown about a lookup besides its outcome.
type Detail struct {
	Name   DetailName
	Factor juhe.Factor // of a DetailWarning
	Value  string      // "" for a regstatus that the service did not return
}

// DetailName is the kind of a Detail.
type DetailName string

// ZonedTimeLayout is the layout of times that are shown or written with their offset.
const ZonedTimeLayout = "2006-01-02 15:04:05 -07:00"

// The details, in the order of display. The values are the keys of their labels.
const (
	DetailNextStep   DetailName = "next"     // the recommended next step
	DetailEarlier    DetailName = "earlier"  // Record.Earlier
	DetailRecordErr  DetailName = "unsaved"  // the error of a ledger that could not record it
	DetailCode       DetailName = "code"     // the code, or Reply.State, which queryV2 calls res
	DetailDocumented DetailName = "official" // the API document's description of the code, in Chinese
	DetailReason     DetailName = "reason"
	DetailRegstatus  DetailName = "regstatus"
	DetailOrderid    DetailName = "orderid"
	DetailBillable   DetailName = "billable"
	DetailWarning    DetailName = "remark"
	DetailElapsed    DetailName = "elapsed"
	DetailAt         DetailName = "at"
	DetailAPI        DetailName = "api"
	DetailService    DetailName = "service"
	DetailImported   DetailName = "imported"
	DetailID         DetailName = "id"
)

// Details returns the details of r in the order of the constants. It omits empty ones,
// except a regstatus that was requested and not returned.
func (r Record) Details(m Messages) []Detail {
	details := []Detail{
		{Name: DetailNextStep, Value: m.NextStep(r)},
		{Name: DetailEarlier, Value: r.earlierText(m)},
		{Name: DetailRecordErr, Value: m.ErrorText(r.RecordErr)},
		{Name: DetailCode, Value: r.codeOrState()},
		{Name: DetailDocumented, Value: r.documentedText()},
		{Name: DetailReason, Value: r.reasonText()},
		{Name: DetailRegstatus, Value: r.Reply.Regstatus},
		{Name: DetailOrderid, Value: r.Reply.Orderid},
		{Name: DetailBillable, Value: string(r.Reply.Billable)},
	}
	for _, w := range r.Warnings {
		details = append(details, Detail{Name: DetailWarning, Factor: w.Factor, Value: m.Warning(w)})
	}
	details = append(details,
		Detail{Name: DetailElapsed, Value: r.elapsedText()},
		Detail{Name: DetailAt, Value: r.At.Format(ZonedTimeLayout)},
		Detail{Name: DetailAPI, Value: string(r.Query.API)},
		Detail{Name: DetailService, Value: r.Service},
	)
	if r.Imported {
		details = append(details, Detail{Name: DetailImported, Value: "yes"})
	}
	if r.inLedger() {
		details = append(details, Detail{Name: DetailID, Value: r.ID})
	}
	present := details[:0]
	for _, d := range details {
		keepEmpty := d.Name == DetailRegstatus && r.Query.Regstatus && r.Reply.Outcome.IsVerdict()
		if d.Value != "" || keepEmpty {
			present = append(present, d)
		}
	}
	return present
}

// inLedger reports whether a ledger has the lookup with the ID of r. If the verdict was
// reused, that is the ID of the earlier lookup.
func (r Record) inLedger() bool {
	fault := r.Reply.Fault.Kind
	return r.AnsweredBy() != "" || r.Earlier == nil && r.RecordErr == nil && !r.cancelledBeforeIntent && fault != juhe.FaultLimit && fault != juhe.FaultHistoryLost && fault != juhe.FaultClock
}

// LedgerID returns the ID under which the ledger has r or, if its verdict was reused,
// the earlier lookup. It returns "" if the ledger has neither.
func (r Record) LedgerID() string {
	switch {
	case !r.inLedger():
		return ""
	case r.AnsweredBy() != "":
		return r.AnsweredBy()
	}
	return r.ID
}

// elapsedText returns how long the call took, or "" if no call was attempted.
func (r Record) elapsedText() string {
	if r.Earlier != nil || !r.inLedger() && r.RecordErr == nil {
		return ""
	}
	return max(r.Elapsed, time.Millisecond).String()
}

// earlierText describes the Earlier lookup, or returns "".
func (r Record) earlierText(m Messages) string {
	if r.Earlier == nil {
		return ""
	}
	return m.Earlier(*r.Earlier, r.AnsweredBy() != "")
}

// reasonText returns the reason that the service gave, or "" for a verdict, where it
// says only that the request succeeded.
func (r Record) reasonText() string {
	if r.Reply.Outcome.IsVerdict() {
		return ""
	}
	return r.Reply.Reason
}

// codeOrState returns the code or, if there is none, the state of a verdict as res.
func (r Record) codeOrState() string {
	if r.Code() == 0 && r.Reply.State != nil {
		return "res " + strconv.Itoa(*r.Reply.State)
	}
	return r.CodeText()
}

// documentedText returns the API document's description of the code, followed by the
// one that the service returned if that differs.
func (r Record) documentedText() string {
	code, known := juhe.FindCode(r.Code())
	switch {
	case !known:
		return r.Reply.Desc
	case r.Reply.Desc != "" && r.Reply.Desc != code.Text:
		return code.Text + " / " + r.Reply.Desc
	}
	return code.Text
}

// FactorResult returns the result of one factor.
func (r Record) FactorResult(f juhe.Factor) juhe.FactorResult {
	return r.Reply.FactorResults()[f]
}
