// Package i18n has every text of fourfactor in Chinese and English: of the
// screens, the commands and the errors. It imports no other package of the
// program; its methods take strings and numbers.
package i18n

// Messages has all texts of one language. Only a Code's Next may be empty. The fmt verbs
// of a text are the same in every language, in the same order.
type Messages struct {
	Lang             string // zh or en
	Colon, Semicolon string // separators

	App             App
	Form            Form
	Result          Result
	History         History
	Paste           Paste
	CLI             CLI
	Plain           Plain
	UnexpectedInput UnexpectedInput
	AtExit          AtExit
	Records         Records
	Batch           Batch // the screen
	Runs            Runs
	Setup           Setup
	Doctor          Doctor
	Errors          Errors

	Durations      Durations
	Fields         map[string]Field  // by entname, entmark, realname, idcard
	Details        map[string]string // labels, by fact
	Outcomes       map[string]string // by outcome
	Advice         map[string]string // the next step, by fault and by outcome
	Verdicts       map[string]string // match and mismatch of an endpoint without codes
	FactorResults  map[string]string // the result of one factor
	Billable       map[string]string // by yes, no, unknown
	Codes          map[int]Code      // by error_code and by detail code
	Levels         map[string]string // by level of a code
	Faults         map[string]string // by kind of fault
	Inputs         map[string]string // by problem; see Messages.Input
	Rules          map[string]string // by rule; see Messages.Warning
	Findings       map[string]string // by finding about a name
	Kinds          map[string]string // by kind of identifier
	Changes        map[string]string // by normalisation
	Endpoints      map[string]string // by endpoint
	Keys           map[string]string // by action
	EarlierLookups map[string]string // the earlier lookup; see Messages.Earlier
	Ledgers        map[string]string // by problem; see Messages.Ledger
	ImportProblems map[string]string // by problem of a line of an import; see Messages.Line
	AuditActions   map[string]string // by audit action
}

// Field has the label of a factor and the hints for its value: Hint for query and
// queryEncry, V2 for queryV2.
type Field struct{ Label, Hint, V2 string }

// Code has the meaning of a code and the next step for the operator.
type Code struct{ Meaning, Next string }

// App has the texts that all screens share.
type App struct {
	Title, Demo, DemoNote                     string
	FormTitle, ResultTitle                    string
	HelpTitle, TooSmall, QuitWarning, NoShell string
	Secure, Plain, Proxy                      string
	Move, Page, Ends                          string // keys of lists and texts
	More                                      string // lines below
}
