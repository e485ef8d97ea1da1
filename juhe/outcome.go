package juhe

// Outcome is how a look-up ended. Every look-up ends in exactly one of six.
type Outcome string

// The outcomes. These words are used in code, JSON, exports and the ledger.
const (
	Match    Outcome = "match"    // the four belong together
	Mismatch Outcome = "mismatch" // they do not
	Refused  Outcome = "refused"  // a well-formed answer with an error_code
	Unclear  Outcome = "unclear"  // a complete answer that the document does not describe
	Lost     Outcome = "lost"     // it may have been sent, and no complete answer came
	Unsent   Outcome = "unsent"   // it certainly never left
)

// Outcomes lists the six, verdicts first.
func Outcomes() []Outcome {
	return []Outcome{Match, Mismatch, Refused, Unclear, Lost, Unsent}
}

// IsVerdict tells whether the service gave one: match or mismatch.
func (o Outcome) IsVerdict() bool { return o == Match || o == Mismatch }

// Billable says whether a look-up costs money.
type Billable string

// What is known of the price of a look-up.
const (
	BillableYes     Billable = "yes"
	BillableNo      Billable = "no"
	BillableUnknown Billable = "unknown"
)

// Fault says why a look-up has no verdict and no error code. The zero Fault
// means that there is nothing to say.
type Fault struct {
	Kind FaultKind
	// Detail is a short technical fact, such as an HTTP status or a host.
	// It is harmless text and holds no secret.
	Detail string
}

// FaultKind is the sort of a Fault.
type FaultKind string

// The kinds of fault, by the outcome that they lead to.
const (
	// unclear
	FaultStatus       FaultKind = "status"    // an HTTP status other than 200; Detail: the status
	FaultRedirect     FaultKind = "redirect"  // a redirect, never followed; Detail: the status
	FaultTooLarge     FaultKind = "too_large" // more than BodyLimit bytes after decoding
	FaultEncoding     FaultKind = "encoding"  // a content encoding that cannot be undone
	FaultMalformed    FaultKind = "malformed" // not exactly one JSON object in UTF-8 with unique names
	FaultErrorCode    FaultKind = "error_code"
	FaultResult       FaultKind = "result" // error_code 0 without the endpoint's own pair
	FaultUndocumented FaultKind = "pair"   // a pair that the document does not list; Detail: the pair

	// lost
	FaultTimeout      FaultKind = "timeout"     // Detail: the deadline
	FaultTruncated    FaultKind = "cut"         // the connection ended first; Detail: how
	FaultInterrupted  FaultKind = "interrupted" // the operator did not wait for the answer
	FaultProcessEnded FaultKind = "gone"        // the process that sent it ended without recording an answer

	// unsent
	FaultDNS            FaultKind = "dns"             // Detail: the host
	FaultConnect        FaultKind = "connect"         // Detail: the address, why
	FaultTLS            FaultKind = "tls"             // Detail: why
	FaultProxy          FaultKind = "proxy"           // Detail: why
	FaultConnectTimeout FaultKind = "connect_timeout" // Detail: the host
	FaultCancelled      FaultKind = "cancelled"       // before anything was sent
	FaultLimit          FaultKind = "limit"           // the daily limit is reached; Detail: the limit
	FaultUnsettled      FaultKind = "unsettled"       // how the last look-up of the same factors ended is not known
	FaultPending        FaultKind = "under_way"       // another look-up of the same factors is
	FaultHistoryLost    FaultKind = "forgotten"       // what was sent before is not known: the ledger was damaged
	FaultClock          FaultKind = "clock"           // the clock is behind what the ledger has recorded; Detail: the newest time there
	// The same factors have a verdict that does not answer: it was imported, it
	// is of another address (Detail: which), or its time is ahead of the clock.
	FaultVerdictImported     FaultKind = "verdict_imported"
	FaultVerdictOtherService FaultKind = "verdict_elsewhere"
	FaultVerdictInFuture     FaultKind = "verdict_ahead"

	// FaultImported is for any of them in a look-up that was imported.
	// Detail: what its export said.
	FaultImported FaultKind = "imported"
)

// FaultKinds lists all kinds of fault.
func FaultKinds() []FaultKind {
	return []FaultKind{
		FaultStatus, FaultRedirect, FaultTooLarge, FaultEncoding, FaultMalformed,
		FaultErrorCode, FaultResult, FaultUndocumented,
		FaultTimeout, FaultTruncated, FaultInterrupted, FaultProcessEnded,
		FaultDNS, FaultConnect, FaultTLS, FaultProxy, FaultConnectTimeout, FaultCancelled,
		FaultLimit, FaultUnsettled, FaultPending, FaultHistoryLost, FaultClock,
		FaultVerdictImported, FaultVerdictOtherService, FaultVerdictInFuture, FaultImported,
	}
}
