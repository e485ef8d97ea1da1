// Package i18n has every text of fourfactor in Chinese and English: of the
// screens, the commands and the errors. Texts about the values of an enumeration are in a
// map with a key for each value.
package i18n

import (
	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
)

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
	Fields         [juhe.NumFactors]Field
	Details        map[lookup.DetailName]string // labels
	ErrorCode      string                       // label of an error_code, instead of that of DetailCode
	Outcomes       map[juhe.Outcome]string
	Advice         map[juhe.Outcome]string   // the next step
	FaultAdvice    map[juhe.FaultKind]string // the next step after some faults, instead of Advice
	Verdicts       map[juhe.Outcome]string   // match and mismatch of an endpoint without codes
	FactorResults  map[juhe.FactorResult]string
	Billable       map[juhe.Billable]string
	Codes          map[int]Code // by error_code and by detail code
	Levels         map[juhe.Level]string
	Undocumented   Undocumented
	Faults         map[juhe.FaultKind]string
	Inputs         map[lookup.InputProblem]string // see Messages.Input
	Rules          map[WarningCase]string         // see Messages.Warning
	MaskedValue    string                         // instead of RulePlaceholder, if the value is masked
	Findings       map[ident.Finding]string
	Kinds          map[ident.Kind]string
	Changes        map[ident.Change]string
	Endpoints      map[juhe.API]string
	Keys           map[keymap.Action]string
	EarlierLookups EarlierLookups
	Ledgers        map[lookup.LedgerProblem]string // see Messages.Ledger
	LedgerAside    string                          // instead of LedgerDamaged, if the file was moved
	ImportProblems map[lookup.JSONProblem]string   // see Messages.ImportProblem
	AuditActions   map[lookup.AuditAction]string
}

// Field has the label of a factor and the hints for its value: Hint for query and
// queryEncry, V2 for queryV2.
type Field struct{ Label, Hint, V2 string }

// Code has the meaning of a code and the next step for the operator.
type Code struct{ Meaning, Next string }

// Undocumented has the meanings of error code 0 and of codes that the API document does not
// list, by their format.
type Undocumented struct{ Success, Service, System, Other string }

// EarlierLookups has what is said about an earlier lookup of the same factors.
type EarlierLookups struct{ Answered, Ledger, Stopped, Pending string }

// App has the texts that all screens share.
type App struct {
	Title, Demo, DemoNote                     string
	FormTitle, ResultTitle                    string
	HelpTitle, TooSmall, QuitWarning, NoShell string
	Secure, Plain, Proxy                      string
	Move, Page, Ends                          string // keys of lists and texts
	More                                      string // lines below
}
