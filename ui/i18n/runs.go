package i18n

// RunsPlan is what batch commands tell before anything is sent, and ask.
type RunsPlan struct {
	Title                                string
	File, Encoded, SheetOf               string // the input
	Head, HeadRow, NoHead                string
	Column, ColumnBare                   string
	Endpoint, Regstatus, Service, Out    string
	Rows, Invalid, Duplicate, Ended      string // labels
	RowsOf                               string
	Repeated, Unsettled, Calls, Estimate string
	Wrapped, Tidied, Remarks             string
	OnceOnly, NotAgain, Free, StaysLost  string // what it means for so many
	Paid, PaidMost, PaidToday            string
	About, Cells                         string
	Rules                                map[string]string // by rule of a remark, for a count

	Faults, FaultAt, More                              string // the rows that cannot be sent
	Note, Limit, Forgotten, Clock, Concluded, DataHead string // notes
	Hidden, OtherSheets, HiddenSheet                   string
	Formulas, Merged                                   string

	HeadsAre, Letters, DataRow, Example string // when the columns are not known
	SayColumns, AColumn                 string

	Ask, AskTyped, AskResend, NeedYes, Declined string
}

// RunsProgress is what batch commands tell while a run is driven.
type RunsProgress struct {
	Checking, Writing, Rows, Rate, Left, Stopping, Rest string

	GivesUp, Unwell, Alike string
}

// RunsEnd is what batch commands tell when a run has ended, and of old runs.
type RunsEnd struct {
	Run, Rows, Sent, Duplicate, Invalid, Stopped, Elapsed, Out string // labels
	Finished, Broken, Left                                     string // states of a run
	Unfinished, Resume, Resend, Export, Safe, Demo, Unsaved    string
	NoRuns, Exported, Alike                                    string

	BadRun, BadConcurrency, BadRate, BadMaxCalls, BadHeadRow, NeedFile, NeedRun string
}
