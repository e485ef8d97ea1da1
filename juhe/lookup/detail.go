package lookup

import "fourfactor/juhe"

// DetailName is a kind of fact that is shown about a lookup besides its outcome.
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

// FactorResult returns the result of one factor.
func (r Record) FactorResult(f juhe.Factor) juhe.FactorResult {
	return r.Reply.FactorResults()[f]
}
