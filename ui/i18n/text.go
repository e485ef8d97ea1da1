// Package i18n has every text of fourfactor, in one typed struct a language:
// for the screens, the commands and the errors. It knows the rest of the
// program by plain words and numbers only.
package i18n

// Text is everything that fourfactor says in one language. No text of it is
// empty but a Code's Next, and the fmt verbs of a text are the same in every
// language.
type Text struct {
	Lang             string // zh or en
	Colon, Semicolon string // between texts

	App     App
	Form    Form
	Result  Result
	History History
	Paste   Paste
	CLI     CLI
	Plain   Plain
	Typed   Typed
	Leaving Leaving
	Records Records
	Batch   Batch // the screen
	Runs    Runs
	Setup   Setup
	Doctor  Doctor
	Errors  Errors

	Fields    map[string]Field  // by entname, entmark, realname, idcard
	Facts     map[string]string // labels, by name of a fact
	Outcomes  map[string]string // by outcome
	Advice    map[string]string // by outcome: what to do next where no code says it
	Verdicts  map[string]string // match and mismatch by an endpoint that gives no code
	Said      map[string]string // what is said of one factor
	Billable  map[string]string // by yes, no, unknown
	Codes     map[int]Code      // by error_code and by detail code
	Levels    map[string]string // by level of a code
	Faults    map[string]string // by kind of fault
	Inputs    map[string]string // by problem of an input; see Text.Input
	Rules     map[string]string // by rule of a remark; see Text.Remark
	Findings  map[string]string // by what is odd about a name
	Kinds     map[string]string // by kind of identifier
	Changes   map[string]string // by what normalising did
	Endpoints map[string]string // what sets an endpoint apart
	Keys      map[string]string // by action
	Places    map[string]string // by where a key works
	Earliers  map[string]string // the look-up before; see Text.Earlier
	Ledgers   map[string]string // by problem of a ledger; see Text.Ledger
	Lines     map[string]string // by problem of a line to import; see Text.Line
	Traces    map[string]string // by kind of trace
	Systems   map[string]string // by what the system says of a failure; see Text.System
}

// Field is what a field is called, and what belongs there: by query and
// queryEncry, and by queryV2 in its own terms.
type Field struct{ Label, Hint, V2 string }

// Code is what a code means and what to do about it.
type Code struct{ Meaning, Next string }

// App is what every screen shares.
type App struct {
	Title, Demo, DemoNote                     string
	FormTitle, ResultTitle                    string
	HelpTitle, TooSmall, QuitWarning, NoShell string
	Secure, Plain, Proxy                      string
	Move, Page, Ends                          string // keys of lists and texts
	More                                      string // lines below
}

// Form is the form's texts.
type Form struct {
	Endpoint, Regstatus, Service, On, Off string
	Sending, Unwaited, StopWaiting        string
	StillUnderWay, Detached, Arrived      string
	FromLedger                            string // behind an outcome that has arrived
	NoKey, BadKey, BadOpenid              string
	SendWarned                            string // behind warnings: which key sends
	Standard                              string // characters, instead of those of private use
	NoLast, Filled                        string
	// The questions before a look-up that may be paid for twice, or that
	// cannot be recorded, and their answers.
	AskUnsettled, AskUnderWay, AskAgain, AskUnrecorded string
	AskForgotten, AskConcluded, AskClock, SendAnyway   string
	ClockRight                                         string
	AskRows, ToBatch, DoNotRows                        string // rows that were pasted
	SendAgain, SendUnrecorded, DoNot, NotSent          string
	NoEarlier, NoLater, Recalled, Draft, NotFilled     string
	StillFilling                                       string
	Damaged                                            string // that a ledger was put aside
	Vanished, Older                                    string // that one is missing, or an older one
	Today, TodayOf, Estimate, Unsaved                  string
}

// Result is the result screen's texts.
type Result struct {
	Empty, NotGiven, Raw, NoRaw, RawBack string
	Revealed, Hidden                     string
	CopiedText, CopiedJSON, CopiedRaw    string
	WithPerson                           string
	Ways                                 map[string]string // how it was copied
	CopyFailed                           string
	// Earlier look-ups of the same factors, and what has changed since.
	Earlier, Outcome, NoVerdict, Regstatus string
	Unchanged                              string
	RevealFailed, NotThere, LoadFailed     string
	CopiedUnsaved                          string
	NotAgain                               string
}

// History is the history screen's texts. Keys are filled in, for they can be
// rebound.
type History struct {
	Title, Today, Outcome, Search, SearchHint         string
	Position, Loaded, More, Oldest, Loading, Through  string
	Empty, EmptyNext, EmptyImport                     string
	NothingText, NothingOutcome, NothingBoth, SoFar   string
	Clear, Failed, Retry                              string
	Delete, DeleteNote, DeleteYes, DeleteNo           string
	Deleted, DeletedGone, DeleteFailed, DeleteRemains string
	Unreadable                                        string
	Export, ExportWhat, ExportAll, ExportMasked       string
	ExportFull, Onward                                string
	Exporting, ExportCancelling, ExportCancelled      string
	Exported, ExportFailed, ExportKind, ExportExists  string
	ExportFolder, ExportDenied, ExportPart            string
	RevealFailed                                      string
	ToList, ClearText, ClearAll, Leave, Start, Cancel string // keys
}

// CLI is what the commands say, and their help.
type CLI struct {
	Root, RootLong, Check, CheckLong, Codes, CodesLong, Standin string
	Config, ConfigPath, ConfigCheck, ConfigShow, ConfigInit     string
	Completion, ConfigDefault                                   string
	HelpCommand, Version                                        string

	FlagConfig, FlagLang, FlagDebug, FlagDemo, FlagHelp, FlagJSON              string
	FlagStdin, FlagEntname, FlagEntmark, FlagAPI, FlagRegstatus                string
	FlagAgain, FlagReveal, FlagAddr, FlagList                                  string
	FlagStrict, Strict                                                         string // warnings
	Usage, Commands, Flags, GlobalFlags                                        string
	CodeOld, CodeNotNumber                                                     string
	StandinServes, StandinStop                                                 string
	StandinCompanies, StandinCodes, StandinCases                               string
	ConfigGood, ConfigNone, ConfigWritten, ConfigExists                        string
	Repaired, NotRepaired, NotPrivate, LogFile, NoTerminal, LeftAtQuit, Output string
}

// Records is what the commands below history say, and their help.
type Records struct {
	Short, List, Show, Delete, Purge, Verify, Audit, Export, ExportLong, Import, ImportLong string

	FlagSearch, FlagOutcome, FlagSince, FlagLimit, FlagReveal, FlagOlderThan, FlagOut string

	Nothing, More, Unknown, Before, Imported                           string // list and show
	BadTime, Future, BadOutcome, BadLimit                              string
	DeleteAsk, PurgeAsk, Kept, Deleted, Remains, LastMasked            string
	PurgeClock, Expired, Held                                          string // what is old by the clock
	Encrypted, Plain, Lookups, UnderWay, Bytes, Sound, Unsound, Path   string // verify
	Masked, Whole, Count                                               string // audit
	Kind, Exists, NoFolder, Denied, Exported, TooMany, Digits          string // export
	BadLine, NothingImported, Added, AddedPart, Restored, NoLine, Need string // import
	NotRevealed, NotSent, HintShow, HintAgain, NoText, NoTrail         string

	Columns map[string]string // the heads of an exported table, by name
}

// Batch is the batch screen's texts. Keys are filled in, for they can be
// rebound.
type Batch struct {
	Title, Run, File, When, Rows, Done                                              string
	Other, State, Number                                                            string
	Position, Empty, EmptyNext, EmptyPaste, ListFailed, Retry                       string
	Finished, NotWritten, StoppedByCode, SomeUnsent, Interrupted, OneAtATime        string
	PickHint, NoCandidate, Candidates, NoFolder, OpenFile, Complete                 string
	Choose, Opening, Planning, Exporting, Cancel, Cancelling                        string
	Sheet, Head, Out, NoHead, HeadRow, NoColumn                                     string
	SameColumn, NoOut, ColumnsHint, PastedName, PastedKept, PastedGone              string
	Check, Change, ChangeHead, Letter                                               string
	Invalid, InvalidNote, Duplicate, DuplicateNote, Before, BeforeNote              string
	Repeated, RepeatedNote, Unsettled, UnsettledNote, Calls, Forgotten              string
	Limit, RemarksTitle, Remark, Wrapped, Tidied, FaultsTitle, Cell                 string
	MoreFaults, Ask, AskResend, AskFree, NothingToDo, TypeNumber                    string
	WrongNumber, NothingSent, Go, DoNot                                             string
	Rate, Left2, UnderWay, Sent, Seconds, Minutes                                   string
	Hours, Resting, PausedNow, StoppingNow, WritingNow, GivenUp                     string
	Troubles, Unwell, Alike, GoOn, Pause, Stop, GiveUp                              string
	RowsOf, DuplicateOf, InvalidOf, Input, Took, NotYetWritten                      string
	Unsaved, HowToResume, HowToWrite, HowToResend, EndedHere, EndedAway, UnwellAway string
	Badge, TitleRun, TitleEnd                                                       string
	ExportTo, ExportWhat, ExportRestWhat, Export, Exported, ExportFailed            string
	ExportCancelled, Suffix, SuffixSoFar, SuffixRest                                string
	QuitWarning, Left                                                               string
	About, AboutFree                                                                string // behind a question: the estimate, or that it is the demo
	Limited, LimitReached, Write, DoNotWrite, WriteResults                          string
	TitleAsk, TitlePaused, BadgeAsk, LastRows                                       string
	Duration, Service, OtherSheets                                                  string
	RowNumber, ResultHead, Reason, Above, Below                                     string
	Remarks                                                                         map[string]string // by rule, of many rows
}

// Runs is what the commands below batch say and their help, and what the batch
// screen says too.
type Runs struct {
	Short, RunShort, RunLong, Resume, ResumeLong, List, Export, ExportLong string

	FlagOut, FlagSheet, FlagHeadRow, FlagMap, FlagConcurrency, FlagRate, FlagMaxCalls, FlagDryRun, FlagYes string
	FlagResend, FlagRest, FlagExportOut, FlagHold                                                          string

	// Of an output.
	Columns                    map[string]string // the heads of the results
	Duplicate, NotYet, Deleted string
	Faults                     map[string]string // why a row cannot be sent, by problem
	Cures                      map[string]string // what to do about it, where there is something
	Problems                   map[string]string // of a run, by batch.Problem
	Reads                      map[string]string // of an input, by sheet.ReadProblem
	ReadRow, ReadCell, InSheet string            // where, behind it
	Mappings                   map[string]string // of a mapping, by sheet.MappingProblem
	Stopped                    map[string]string // why a run stopped, by lookup.Stopped; Code for a code
	Code                       string
	States                     map[string]string // by batch.State

	Warned   Warned
	Whole    Whole
	Plan     RunsPlan
	Progress RunsProgress
	End      RunsEnd
}

// Errors is what is wrong with an input, and how to mend it.
type Errors struct {
	Kept string // of a crash: what failed, and where the log of it is

	Bug, Output, Home, Flag, UnknownCommand, Lang, API, NotTerminal string
	Stdin, StdinMember, StdinType, StdinTwice                       string
	Key, KeyHelp, Openid, OpenidHelp, Missing                       string

	Config                  map[string]string // by problem
	Nearest, Allowed, Other string            // behind it
}
