package lookup

// DetailName is a kind of fact that is shown about a lookup besides its outcome.
type DetailName string

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
