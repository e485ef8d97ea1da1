package lookup

import (
	"errors"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Messages are the texts of a look-up in the reader's language. They take plain
// words and numbers: the names of outcomes, faults, rules, kinds and changes.
type Messages interface {
	// Meaning explains a code, 0 where the endpoint gives none, or a fault.
	Meaning(outcome, fault, detail string, code int) string
	// NextStep says what to do about it.
	NextStep(outcome, fault string, code int) string
	// Warning explains a remark on a field. changes are the findings of a rule that has
	// such.
	Warning(field, rule, kind string, changes []string) string
	// Earlier tells of the look-up that answered another, or kept it from
	// being sent. outcome is empty while it is under way.
	Earlier(at, api, outcome string, answered bool) string
	// FromLedger says of a verdict, meaning, that the ledger gives it, and how
	// it was got.
	FromLedger(at, api, meaning string) string
	// Ledger says what is wrong with a ledger: see LedgerError.
	Ledger(problem, path, aside, detail string) string
}

// Meaning explains how the look-up ended.
func (r Record) Meaning(w Messages) string {
	return w.Meaning(string(r.Reply.Outcome), string(r.Reply.Fault.Kind), r.Reply.Fault.Detail, r.Code())
}

// Headline is the meaning of the look-up. That of an answer from the ledger says
// that it is one, and how the verdict was got.
func (r Record) Headline(w Messages) string {
	if r.AnsweredBy() == "" {
		return r.Meaning(w)
	}
	return w.FromLedger(r.Earlier.At.Format(time.DateTime), string(r.Earlier.Query.API), r.Meaning(w))
}

// ErrorText says why something was not done: a *LedgerError in the reader's
// language, any other error as it is. It is empty for no error.
func ErrorText(w Messages, err error) string {
	var ledger *LedgerError
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &ledger):
		return juhe.Harmless(err.Error())
	}
	detail := ""
	if ledger.Err != nil {
		detail = ledger.Err.Error()
	}
	return w.Ledger(string(ledger.Problem), juhe.Harmless(ledger.Path), juhe.Harmless(ledger.QuarantinePath), juhe.Harmless(detail))
}

// Code is the number that decided: the detail code of a verdict, the
// error_code of a refusal, or 0.
func (r Record) Code() int {
	switch {
	case r.Reply.Code != nil:
		return *r.Reply.Code
	case r.Reply.ErrorCode != nil:
		return *r.Reply.ErrorCode
	}
	return 0
}

// WarningText explains a remark.
func WarningText(w Messages, m ident.Warning) string {
	var changes []string
	for _, c := range m.Changes {
		changes = append(changes, string(c))
	}
	for _, f := range m.Findings {
		changes = append(changes, string(f))
	}
	kind := string(m.Kind)
	if m.Rule == ident.RulePlaceholder {
		kind = string(m.Absence)
	}
	return w.Warning(string(m.Field), string(m.Rule), kind, changes)
}
