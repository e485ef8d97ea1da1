package lookup

import (
	"errors"
	"strconv"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// RowRef is a row of a run. The zero Place is none.
type RowRef struct {
	Run RunID
	Row int // as a spreadsheet counts: 1 is the first
}

// RunID is the number of a run, from 1. It is never given again.
type RunID int64

func (id RunID) String() string { return strconv.FormatInt(int64(id), 10) }

// ParseRunID reads one as String writes it.
func ParseRunID(text string) (id RunID, ok bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return RunID(n), err == nil && n > 0 && RunID(n).String() == text
}

// ErrLocked says that somebody drives a run already: one does at a time.
var ErrLocked = errors.New("the run is driven already")

// Run is a batch as a ledger keeps it: what a run was asked to do, which never
// changes, and how far it has come.
type Run struct {
	ID        RunID
	StartedAt time.Time // when it began

	InputPath  string // of the input, absolute; empty where its rows were pasted
	InputHash  string // SHA-256 of the input, in hexadecimal
	Sheet      string // of a workbook; else empty
	HeaderRow  int    // the row of the header; 0 if there is none
	Columns    [4]int // where entname, entmark, realname and idcard are, from 0
	OutputPath string // where the output goes, absolute
	Service    string
	// Query is the endpoint and regstatus.
	Query juhe.Query
	// Rows are those with something in them, below the header. Duplicate ones
	// ask what a row before them asks, Invalid ones cannot be sent.
	Rows, Duplicate, Invalid int
	// HoldWarned tells that rows with warnings are not to be sent, and Held how many were
	// held back when it was last counted.
	HoldWarned bool
	Held       int

	StopReason StopReason
	// Finished tells that every row has had its turn.
	Finished bool
	// OutputHash is the SHA-256 of the output, once it is written.
	OutputHash string
	Elapsed    time.Duration // in which it was driven
}

// StopReason says why a run stopped early: the code that the service refused
// with, or one of these. It is empty for a run that did not.
type StopReason string

// Why a run stops, other than by a code.
const (
	StopOperator StopReason = "operator"
	// StopShutdown is for a run that the end of the program stopped: a signal, a dropped
	// line, or somebody who left. In JSON it is the operator's.
	StopShutdown StopReason = "end"
	StopLimit    StopReason = "limit"  // as many were sent as may be
	StopFailures StopReason = "unwell" // the service does not answer as it should
)

// RunRow is how a row of a run ended.
type RunRow struct {
	Row int
	ID  string // of the look-up, which the operator may have deleted since
	// Outcome is the row's: see Record.RowOutcome. A row that is unsent is
	// still to be sent.
	Outcome juhe.Outcome
	// Reused tells that the look-up was not made for this row.
	Reused bool
	// Calls is how many were sent for it.
	Calls int
}

// RowFault is why a row cannot be sent, or is held back. There is no value of the
// row in it.
type RowFault struct {
	Row      int
	Field    string // the wire's name of the factor
	Column   int    // from 0
	Problem  string // why it cannot be sent; empty where its remarks have it held back
	Cells    int    // how many there are too many or too few
	Warnings []ident.Warning
}

// UnresolvedRow is a row that needs attention: one that has ended without a verdict, or
// that is not to be sent.
type UnresolvedRow struct {
	RunRow
	Fault RowFault // of one that is not to be sent; else zero
}

// Tally counts rows by their outcome, and the calls that were sent for them.
type Tally struct {
	ByOutcome map[juhe.Outcome]int
	Sent      int
}

// CodeRateLimited is the refusal of one who asks too often: 当前IP请求超过限制. It gets
// better by waiting.
const CodeRateLimited = 10011

// StopCode is the code of a refusal that every other row would get too: by what
// is wrong with the key, the caller or the interface itself. It is 0 for any
// other end.
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

// KeyRejected reports whether the service refused the key or the openid itself,
// so that another one is needed: 10001 to 10004, 10009 and 10013.
func (r Record) KeyRejected() bool {
	switch r.StopCode() {
	case 10001, 10002, 10003, 10004, 10009, 10013:
		return true
	}
	return false
}

// RowOutcome is what a look-up means for its row. A row whose refusal says
// nothing about it is as good as unsent; one that the guard stopped because of an
// earlier look-up, which has no verdict or does not answer, is lost.
func (r Record) RowOutcome() juhe.Outcome {
	slow := r.Reply.Outcome == juhe.Refused && r.Code() == CodeRateLimited
	switch {
	case slow || r.StopCode() != 0:
		return juhe.Unsent
	case r.Reply.Outcome == juhe.Unsent && r.Earlier != nil:
		return juhe.Lost
	}
	return r.Reply.Outcome
}

// Calls is how many were sent, 1 or 0, as far as a row of a run counts them.
func (r Record) Calls() int {
	if r.Earlier != nil || r.RowOutcome() == juhe.Unsent {
		return 0
	}
	return 1
}
