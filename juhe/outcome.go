package juhe

// Outcome is the result of a lookup. Every lookup has exactly one.
type Outcome string

// The outcomes, as they stand in JSON, exports and the ledger.
const (
	Match    Outcome = "match"    // the four factors belong together
	Mismatch Outcome = "mismatch" // they do not
	Refused  Outcome = "refused"  // an answer with an error_code
	Unclear  Outcome = "unclear"  // a complete answer that the API document does not describe
	Lost     Outcome = "lost"     // possibly sent, without a complete answer
	Unsent   Outcome = "unsent"   // certainly not sent
)

// Outcomes returns all outcomes, verdicts first.
func Outcomes() []Outcome {
	return []Outcome{Match, Mismatch, Refused, Unclear, Lost, Unsent}
}

// IsVerdict reports whether o is Match or Mismatch.
func (o Outcome) IsVerdict() bool { return o == Match || o == Mismatch }

// Billable states whether a lookup is charged.
type Billable string

// The values of Billable.
const (
	BillableYes     Billable = "yes"
	BillableNo      Billable = "no"
	BillableUnknown Billable = "unknown"
)

// Fault is the reason why a lookup has neither a verdict nor an error code. The zero
// Fault means none.
type Fault struct {
	Kind FaultKind
	// Detail is a short technical fact, such as an HTTP status or a host. It is
	// sanitized and contains no secret.
	Detail string
}

// FaultKind classifies a Fault.
type FaultKind string

// The kinds of fault, by outcome.
const (
	// unclear
	FaultStatus       FaultKind = "status"    // an HTTP status other than 200; Detail: the status
	FaultRedirect     FaultKind = "redirect"  // a redirect, never followed; Detail: the status
	FaultTooLarge     FaultKind = "too_large" // more than BodyLimit bytes after decoding
	FaultEncoding     FaultKind = "encoding"  // an unsupported content encoding
	FaultMalformed    FaultKind = "malformed" // not exactly one JSON object in UTF-8 with unique names
	FaultErrorCode    FaultKind = "error_code"
	FaultResult       FaultKind = "result" // error_code 0 without the endpoint's result
	FaultUndocumented FaultKind = "pair"   // a result that the document does not list; Detail: the result

	// lost
	FaultTimeout      FaultKind = "timeout"     // Detail: the deadline
	FaultTruncated    FaultKind = "cut"         // the connection closed early; Detail: the error
	FaultInterrupted  FaultKind = "interrupted" // the operator stopped waiting
	FaultProcessEnded FaultKind = "gone"        // the sending process ended without recording an answer

	// unsent
	FaultDNS            FaultKind = "dns"             // Detail: the host
	FaultConnect        FaultKind = "connect"         // Detail: the address and the error
	FaultTLS            FaultKind = "tls"             // Detail: the error
	FaultProxy          FaultKind = "proxy"           // Detail: the error
	FaultConnectTimeout FaultKind = "connect_timeout" // Detail: the host
	FaultCancelled      FaultKind = "cancelled"       // cancelled before anything was sent
	FaultLimit          FaultKind = "limit"           // the daily limit is reached; Detail: the limit
	FaultUnsettled      FaultKind = "unsettled"       // the last lookup of the same factors has no known result
	FaultPending        FaultKind = "under_way"       // another lookup of the same factors is in progress
	FaultHistoryLost    FaultKind = "forgotten"       // earlier lookups are unknown because the ledger was damaged
	FaultClock          FaultKind = "clock"           // the clock is behind the ledger; Detail: the newest time in the ledger
	// The same factors have a verdict that cannot answer: it was imported, belongs
	// to another address (Detail: the address), or is dated in the future.
	FaultVerdictImported     FaultKind = "verdict_imported"
	FaultVerdictOtherService FaultKind = "verdict_elsewhere"
	FaultVerdictInFuture     FaultKind = "verdict_ahead"

	// FaultImported replaces the kind in imported lookups. Detail: the meaning in
	// the export.
	FaultImported FaultKind = "imported"
)
