package lookup

import (
	"errors"
	"strconv"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// RowRef identifies a row of a run, which is one execution of a batch. The zero RowRef is
// no row.
type RowRef struct {
	Run RunID
	Row int // from 1, as in a spreadsheet
}

// RunID is the number of a run, from 1. A ledger never reuses one.
type RunID int64

func (id RunID) String() string { return strconv.FormatInt(int64(id), 10) }

// ParseRunID parses the result of RunID.String.
func ParseRunID(text string) (id RunID, ok bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return RunID(n), err == nil && n > 0 && RunID(n).String() == text
}

// ErrLocked is the error of a run that another process has locked.
var ErrLocked = errors.New("the run is already in progress")

// Run is one execution of a batch in a ledger: its parameters and its progress.
type Run struct {
	ID        RunID
	StartedAt time.Time

	InputPath  string               // absolute; "" if the rows were pasted
	InputHash  string               // SHA-256, in hexadecimal
	Sheet      string               // the worksheet of a workbook, or ""
	HeaderRow  int                  // from 1; 0 if there is no header
	Columns    [juhe.NumFactors]int // from 0
	OutputPath string               // absolute
	Service    string               // the base URL
	// Query has the endpoint and regstatus, and no factors.
	Query juhe.Query
	// Rows counts the rows below the header that are not empty. Of these, Duplicate
	// counts those that repeat an earlier row and Invalid those that cannot be sent.
	Rows, Duplicate, Invalid int
	// HoldWarned reports whether rows with warnings are held back instead of sent.
	// Held is the number of such rows at the last count.
	HoldWarned bool
	Held       int

	StopReason StopReason
	// Finished reports whether every row has been processed.
	Finished bool
	// OutputHash is the SHA-256 of the output once it is written, or "".
	OutputHash string
	Elapsed    time.Duration // while it was in progress
}

// StopReason is the reason why a run stopped early: one of the constants, or the code
// of a refusal (see Record.StopCode) in decimal. It is "" for a run that did not stop.
type StopReason string

// The reasons other than a code. The values are part of the output and stay.
const (
	StopOperator StopReason = "operator"
	// StopShutdown is for a run that stopped because the program ended: by a signal, a
	// lost terminal or an operator who quit. JSON shows it as StopOperator.
	StopShutdown StopReason = "end"
	StopLimit    StopReason = "limit" // the daily limit was reached
	// StopFailures is for too many failed calls in a row, for the first calls of a run that
	// all got the same answer, or for a clock that went back during the run.
	StopFailures StopReason = "unwell"
)

// RunRow is the result of a row of a run.
type RunRow struct {
	Row int
	ID  string // of the lookup, which may have been deleted since
	// Outcome is the result of Record.RowOutcome. An unsent row still has to be sent.
	Outcome juhe.Outcome
	// Reused reports whether the lookup was made for another row or outside the run.
	Reused bool
	// Calls counts the calls that were sent for the row.
	Calls int
}

// RowFault is the reason why a row cannot be sent or is held back. It contains no values
// of the row.
type RowFault struct {
	Row        int
	Factor     string // the factor's name in the API
	Column     int    // from 0
	Problem    string // an InputProblem or a detect.Corruption; "" if it is held back because of Warnings
	ExtraCells int    // the number of superfluous cells or, if negative, of missing ones
	Warnings   []ident.Warning
}

// UnresolvedRow is a row that needs attention: it has no verdict, or it is not sent
// because of Fault.
type UnresolvedRow struct {
	RunRow
	Fault RowFault // only Row is set if the row was sent
}

// Tally counts the rows of a run by outcome, and the calls sent for them.
type Tally struct {
	ByOutcome map[juhe.Outcome]int
	Calls     int
}

// IsRateLimited reports whether the service refused r with 10011, 当前IP请求超过限制: too
// many calls from this IP address. A later call can succeed.
func (r Record) IsRateLimited() bool {
	return r.Reply.Outcome == juhe.Refused && r.Code() == 10011
}

// StopCode returns the code of a refusal that every other row would get too, because it
// concerns the key, the account or the API: 10001 to 10009, 10012, 10013, 10020 or
// 10021. Otherwise it returns 0.
func (r Record) StopCode() int {
	if r.Reply.Outcome != juhe.Refused {
		return 0
	}
	switch code := r.Code(); {
	case code >= 10001 && code <= 10009, code == 10012, code == 10013, code == 10020, code == 10021:
		return code
	}
	return 0
}

// KeyRejected reports whether the service refused the key or the openid, so that a
// different one is needed.
func (r Record) KeyRejected() bool {
	switch r.StopCode() {
	case 10001, // wrong key
		10002, // key without permission for the API
		10003, // expired key
		10004, // wrong openid
		10009, // forbidden key
		10013: // limit of a test key
		return true
	}
	return false
}

// RowOutcome returns the outcome of the row that r was made for. A refusal that does not
// concern the row's factors leaves the row unsent. A row that the guard stopped because
// of an earlier lookup counts as lost: like a lost row, it is sent only with consent to
// pay again.
func (r Record) RowOutcome() juhe.Outcome {
	switch {
	case r.IsRateLimited() || r.StopCode() != 0:
		return juhe.Unsent
	case r.Reply.Outcome == juhe.Unsent && r.Earlier != nil:
		return juhe.Lost
	}
	return r.Reply.Outcome
}

// Calls returns the number of calls that were sent for r, 1 or 0. Refusals that leave
// the row unsent do not count.
func (r Record) Calls() int {
	if r.Earlier != nil || r.RowOutcome() == juhe.Unsent {
		return 0
	}
	return 1
}
