package lookup

import (
	"strconv"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Fact is one thing that is known of a look-up besides its outcome.
type Fact struct {
	Name  FactName
	Field ident.Field // of a remark
	Value string      // empty where it is known that nothing was given
}

// FactName says what a Fact is about.
type FactName string

// TimeZoned is how a moment is written for people who keep it.
const TimeZoned = "2006-01-02 15:04:05 -07:00"

// The facts, in the order in which people read them.
const (
	FactNext       FactName = "next"     // what to do now
	FactEarlier    FactName = "earlier"  // the look-up that answered, or kept this one from being sent
	FactRecordErr  FactName = "unsaved"  // why the ledger does not hold it
	FactCode       FactName = "code"     // the code, or res
	FactDocumented FactName = "official" // the document's description of the code, in Chinese
	FactReason     FactName = "reason"
	FactRegstatus  FactName = "regstatus"
	FactOrderid    FactName = "orderid"
	FactBillable   FactName = "billable"
	FactWarning    FactName = "remark"
	FactElapsed    FactName = "elapsed"
	FactAt         FactName = "at"
	FactAPI        FactName = "api"
	FactService    FactName = "service"
	FactImported   FactName = "imported" // that it was imported
	FactID         FactName = "id"
)

// FactNames lists all names of facts.
func FactNames() []FactName {
	return []FactName{
		FactNext, FactEarlier, FactRecordErr, FactCode, FactDocumented, FactReason, FactRegstatus, FactOrderid, FactBillable,
		FactWarning, FactElapsed, FactAt, FactAPI, FactService, FactImported, FactID,
	}
}

// Facts lists what is known. What there is not is left out, but for a
// regstatus that was asked for and not given.
func (r Record) Facts(w Messages) []Fact {
	facts := []Fact{
		{Name: FactNext, Value: w.NextStep(string(r.Reply.Outcome), string(r.Reply.Fault.Kind), r.Code())},
		{Name: FactEarlier, Value: r.earlierText(w)},
		{Name: FactRecordErr, Value: ErrorText(w, r.RecordErr)},
		{Name: FactCode, Value: r.codeText()},
		{Name: FactDocumented, Value: r.documentedText()},
		{Name: FactReason, Value: r.reasonText()},
		{Name: FactRegstatus, Value: r.Reply.Regstatus},
		{Name: FactOrderid, Value: r.Reply.Orderid},
		{Name: FactBillable, Value: string(r.Reply.Billable)},
	}
	for _, m := range r.Warnings {
		facts = append(facts, Fact{Name: FactWarning, Field: m.Field, Value: WarningText(w, m)})
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
	known := facts[:0]
	for _, f := range facts {
		asked := f.Name == FactRegstatus && r.Query.Regstatus && r.Reply.Outcome.Verdict()
		if f.Value != "" || asked {
			known = append(known, f)
		}
	}
	return known
}

// inLedger tells whether a ledger keeps r, so that it can be found by its ID, which
// is that of the earlier one for an answer from the ledger.
func (r Record) inLedger() bool {
	fault := r.Reply.Fault.Kind
	return r.AnsweredBy() != "" || r.Earlier == nil && r.RecordErr == nil && fault != juhe.FaultLimit && fault != juhe.FaultForgotten && fault != juhe.FaultClock
}

// LedgerID is the ID under which a ledger keeps what r shows, empty if it does not.
func (r Record) LedgerID() string {
	switch {
	case !r.inLedger():
		return ""
	case r.AnsweredBy() != "":
		return r.AnsweredBy()
	}
	return r.ID
}

// elapsedText is how long the service took. It is empty if it was not asked.
func (r Record) elapsedText() string {
	if r.Earlier != nil || !r.inLedger() && r.RecordErr == nil {
		return ""
	}
	return max(r.Elapsed, time.Millisecond).String()
}

// earlierText tells of the look-up that answered, or kept r from being sent.
func (r Record) earlierText(w Messages) string {
	if r.Earlier == nil {
		return ""
	}
	e := r.Earlier
	return w.Earlier(e.At.Format(time.DateTime), string(e.Query.API), string(e.Reply.Outcome), r.AnsweredBy() != "")
}

// reasonText is the service's own word. With a verdict it only says that the
// request went well.
func (r Record) reasonText() string {
	if r.Reply.Outcome.Verdict() {
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

// documentedText is the document's description of the code, and the service's own
// where it says something else.
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

// Said is what the answer says about one factor.
func (r Record) Said(f ident.Field) juhe.Said {
	said := r.Reply.PerFactor()
	switch f {
	case ident.Entname:
		return said.Entname
	case ident.Entmark:
		return said.Entmark
	case ident.Realname:
		return said.Realname
	}
	return said.Idcard
}
