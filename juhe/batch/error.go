package batch

import "strings"

// Problem is the reason why a run cannot start or resume.
type Problem string

// The problems.
const (
	ProblemColumns    Problem = "columns"     // Fields have no column
	ProblemAmbiguous  Problem = "twice"       // Fields have several possible columns
	ProblemGarbled    Problem = "garbled"     // the header was decoded with the wrong encoding
	ProblemOneColumn  Problem = "one_column"  // every line is a single cell
	ProblemSeparator  Problem = "separator"   // Detail seems to be the delimiter
	ProblemMapping    Problem = "map"         // the column mapping is invalid; Err says where
	ProblemNoRow      Problem = "no_row"      // no data below the header
	ProblemNothing    Problem = "nothing"     // no row can be sent
	ProblemMasked     Problem = "masked"      // persons are masked
	ProblemOutFormat  Problem = "out_kind"    // the output is neither .csv nor .xlsx
	ProblemOutInput   Problem = "out_input"   // the output is the input
	ProblemOutExists  Problem = "out_there"   // the output exists
	ProblemOutFail    Problem = "out_fail"    // the output cannot be written; see Err
	ProblemOutName    Problem = "out_name"    // the file system rejects the output's name
	ProblemTooWide    Problem = "too_wide"    // with the results, the output has too many columns for a spreadsheet
	ProblemTooLong    Problem = "too_long"    // the output has too many rows for an XLSX sheet
	ProblemChanged    Problem = "changed"     // the input is not the one that the run started with
	ProblemService    Problem = "service"     // the run belongs to the service in Detail
	ProblemUnknownRun Problem = "unknown"     // no run has the ID in Detail
	ProblemPastedGone Problem = "pasted_gone" // the pasted rows of the run in Detail were deleted
	ProblemLocked     Problem = "driven"      // another process executes the run in Detail
)

// Error says why a run cannot start or resume. It contains no cell of a row.
type Error struct {
	Problem Problem
	Path    string   // of the file, if there is one
	Sheet   string   // of a workbook
	Fields  []string // wire names of factors
	Detail  string
	Err     error
}

func (e *Error) Error() string {
	text := string(e.Problem) + ": " + e.Path + e.Sheet + strings.Join(e.Fields, ",") + e.Detail
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }
