package lookup

import (
	"strconv"
	"time"

	"fourfactor/juhe"
)

// Fact is one detail of a lookup besides its outcome.
type Fact struct {
	Name   FactName
	Factor juhe.Factor // of a FactWarning
	Value  string      // "" for a regstatus that the service did not return
}

// FactName is the kind of a Fact.
type FactName string

// TimeZoned is the layout of times that leave the program, with their offset.
const TimeZoned = "2006-01-02 15:04:05 -07:00"

// The facts, in the order in which people read them.
const (
	FactNext       FactName = "next"     // what to do next
	FactEarlier    FactName = "earlier"  // the lookup that answered or prevented this one
	FactRecordErr  FactName = "unsaved"  // the error of a ledger that could not record it
	FactCode       FactName = "code"     // the code, or res
	FactDocumented FactName = "official" // the API document's description of the code, in Chinese
	FactReason     FactName = "reason"
	FactRegstatus  FactName = "regstatus"
	FactOrderid    FactName = "orderid"
	FactBillable   FactName = "billable"
	FactWarning    FactName = "remark"
	FactElapsed    FactName = "elapsed"
	FactAt         FactName = "at"
	FactAPI        FactName = "api"
	FactService    FactName = "service"
	FactImported   FactName = "imported"
	FactID         FactName = "id"
)

// FactNames returns every FactName.
func FactNames() []FactName {
	return []FactName{
		FactNext, FactEarlier, FactRecordErr, FactCode, FactDocumented, FactReason, FactRegstatus, FactOrderid, FactBillable,
		FactWarning, FactElapsed, FactAt, FactAPI, FactService, FactImported, FactID,
	}
}

// Facts returns the details of r in the order of the constants. Absent ones are left
// out, except a regstatus that was asked for and not returned.
func (r Record) Facts(m Messages) []Fact {
	facts := []Fact{
		{Name: FactNext, Value: m.NextStep(string(r.Reply.Outcome), string(r.Reply.Fault.Kind), r.Code())},
		{Name: FactEarlier, Value: r.earlierText(m)},
		{Name: FactRecordErr, Value: ErrorText(m, r.RecordErr)},
		{Name: FactCode, Value: r.codeText()},
		{Name: FactDocumented, Value: r.documentedText()},
		{Name: FactReason, Value: r.reasonText()},
		{Name: FactRegstatus, Value: r.Reply.Regstatus},
		{Name: FactOrderid, Value: r.Reply.Orderid},
		{Name: FactBillable, Value: string(r.Reply.Billable)},
	}
	for _, w := range r.Warnings {
		facts = append(facts, Fact{Name: FactWarning, Factor: w.Factor, Value: WarningText(m, w)})
	}
	facts = append(facts,
		Fact{Name: FactElapsed, Value: r.elapsedText()},
		Fact{Name: FactAt, Value: r.At.Format(TimeZoned)},
		Fact{Name: FactAPI, Value: string(r.Query.API)},
		Fact{Name: FactService, Value: r.Service},
	)
	if r.Imported {
		facts = append(facts, Fact{Name: FactImported, Value: "yes"})
	}
	if r.inLedger() {
		facts = append(facts, Fact{Name: FactID, Value: r.ID})
	}
	present := facts[:0]
	for _, f := range facts {
		asked := f.Name == FactRegstatus && r.Query.Regstatus && r.Reply.Outcome.IsVerdict()
		if f.Value != "" || asked {
			present = append(present, f)
		}
	}
	return present
}

// inLedger reports whether a ledger holds the lookup with the ID of r. For an answer
// from the ledger that is the earlier lookup.
func (r Record) inLedger() bool {
	fault := r.Reply.Fault.Kind
	return r.AnsweredBy() != "" || r.Earlier == nil && r.RecordErr == nil && fault != juhe.FaultLimit && fault != juhe.FaultHistoryLost && fault != juhe.FaultClock
}

// LedgerID returns the ID of the lookup in the ledger that r shows, or "" if it is not
// there.
func (r Record) LedgerID() string {
	switch {
	case !r.inLedger():
		return ""
	case r.AnsweredBy() != "":
		return r.AnsweredBy()
	}
	return r.ID
}

// elapsedText returns how long the service took, or "" if nothing was sent.
func (r Record) elapsedText() string {
	if r.Earlier != nil || !r.inLedger() && r.RecordErr == nil {
		return ""
	}
	return max(r.Elapsed, time.Millisecond).String()
}

// earlierText describes the lookup that answered r or because of which it was not
// sent.
func (r Record) earlierText(m Messages) string {
	if r.Earlier == nil {
		return ""
	}
	e := r.Earlier
	return m.Earlier(e.At.Format(time.DateTime), string(e.Query.API), string(e.Reply.Outcome), r.AnsweredBy() != "")
}

// reasonText returns the reason that the service gave, or "" for a verdict, where it
// says only that the request succeeded.
func (r Record) reasonText() string {
	if r.Reply.Outcome.IsVerdict() {
		return ""
	}
	return r.Reply.Reason
}

func (r Record) codeText() string {
	if code := r.Code(); code != 0 {
		return strconv.Itoa(code)
	}
	if r.Reply.State != nil {
		return "res " + strconv.Itoa(*r.Reply.State)
	}
	return ""
}

// documentedText returns the API document's description of the code, followed by the
// service's own if that differs.
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

// FactorResult returns what the answer says about one factor.
func (r Record) FactorResult(f juhe.Factor) juhe.FactorResult {
	return r.Reply.FactorResults()[f]
}
