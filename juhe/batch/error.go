package batch

import "strings"

// Problem is why a run cannot begin or go on.
type Problem string

// The problems.
const (
	ProblemColumns    Problem = "columns"     // it is not known where a factor is; Fields: which
	ProblemAmbiguous  Problem = "twice"       // two columns may be a factor; Fields: which
	ProblemGarbled    Problem = "garbled"     // the header was read in a wrong encoding
	ProblemOneColumn  Problem = "one_column"  // a line is one cell
	ProblemSeparator  Problem = "separator"   // and Detail seems to be between those that are meant
	ProblemMapping    Problem = "map"         // the mapping cannot be read; Detail: where
	ProblemHeader     Problem = "head"        // the header is below the last row
	ProblemNoRow      Problem = "no_row"      // nothing below the header
	ProblemNothing    Problem = "nothing"     // no row that can be sent
	ProblemMasked     Problem = "masked"      // the persons of the table are masked
	ProblemOutFormat  Problem = "out_kind"    // an output has to be .csv or .xlsx
	ProblemOutInput   Problem = "out_input"   // the output is the input
	ProblemOutExists  Problem = "out_there"   // there is an output already
	ProblemOutFail    Problem = "out_fail"    // the output cannot be written; Err: why
	ProblemOutName    Problem = "out_name"    // the file system does not take the output's name
	ProblemTooWide    Problem = "too_wide"    // with the results, the output has more columns than a spreadsheet
	ProblemTooLong    Problem = "too_long"    // the output has more rows than a sheet of XLSX
	ProblemChanged    Problem = "changed"     // the input is not what it was when the run began
	ProblemService    Problem = "service"     // the run belongs to another service; Detail: which
	ProblemUnknownRun Problem = "unknown"     // there is no such run; Detail: which
	ProblemPastedGone Problem = "pasted_gone" // the rows were pasted, and are deleted; Detail: of which run
	ProblemLocked     Problem = "driven"      // another process drives the run; Detail: which
)

// Problems lists all problems.
func Problems() []Problem {
	return []Problem{
		ProblemColumns, ProblemAmbiguous, ProblemGarbled, ProblemOneColumn, ProblemSeparator, ProblemMapping, ProblemHeader, ProblemNoRow, ProblemNothing, ProblemMasked,
		ProblemOutFormat, ProblemOutInput, ProblemOutExists, ProblemOutFail, ProblemOutName, ProblemTooWide, ProblemTooLong,
		ProblemChanged, ProblemService, ProblemUnknownRun, ProblemPastedGone, ProblemLocked,
	}
}

// Error says why a run cannot begin or go on. It holds no value of a row.
type Error struct {
	Problem Problem
	Path    string   // of the file that it is about
	Sheet   string   // of a workbook
	Fields  []string // the wire's names of factors
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
