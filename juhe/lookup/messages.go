package lookup

import (
	"errors"
	"strconv"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Messages formats texts about lookups in the reader's language. It takes outcomes,
// faults, rules, kinds and changes as their string values.
type Messages interface {
	// Meaning explains a code, or a fault. code is 0 if the endpoint returns none.
	Meaning(outcome, fault, detail string, code int) string
	// NextStep returns what to do about an outcome.
	NextStep(outcome, fault string, code int) string
	// Warning explains a warning about a factor. details are its changes or findings;
	// kind is the placeholder for RulePlaceholder.
	Warning(factor, rule, kind string, details []string) string
	// Earlier describes a Record's Earlier lookup. outcome is "" if that is in
	// progress. answered reports whether its verdict was reused.
	Earlier(at, api, outcome string, answered bool) string
	// FromLedger returns the meaning of a reused verdict, with the time and endpoint
	// of the earlier lookup.
	FromLedger(at, api, meaning string) string
	// Ledger explains a LedgerError.
	Ledger(problem, path, quarantinePath, detail string) string
}

// Meaning returns what the outcome of r means.
func (r Record) Meaning(m Messages) string {
	return m.Meaning(string(r.Reply.Outcome), string(r.Reply.Fault.Kind), r.Reply.Fault.Detail, r.Code())
}

// Headline returns the meaning of the outcome of r. For a reused verdict it adds the
// time and endpoint of the earlier lookup.
func (r Record) Headline(m Messages) string {
	if r.AnsweredBy() == "" {
		return r.Meaning(m)
	}
	return m.FromLedger(r.Earlier.At.Format(time.DateTime), string(r.Earlier.Query.API), r.Meaning(m))
}

// ErrorText returns the text of an error, in the reader's language if it is a
// *LedgerError. It returns "" for nil.
func ErrorText(m Messages, err error) string {
	var ledgerErr *LedgerError
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &ledgerErr):
		return juhe.Sanitize(err.Error())
	}
	detail := ""
	if ledgerErr.Err != nil {
		detail = ledgerErr.Err.Error()
	}
	return m.Ledger(string(ledgerErr.Problem), juhe.Sanitize(ledgerErr.Where), juhe.Sanitize(ledgerErr.MovedTo), juhe.Sanitize(detail))
}

// Code returns the code that decided the outcome: the detail code of a verdict, the
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

// CodeText returns Code in decimal, or "" for 0.
func (r Record) CodeText() string {
	if code := r.Code(); code != 0 {
		return strconv.Itoa(code)
	}
	return ""
}

// WarningText returns the text of a warning.
func WarningText(m Messages, w ident.Warning) string {
	var details []string
	for _, c := range w.Changes {
		details = append(details, string(c))
	}
	for _, f := range w.Findings {
		details = append(details, string(f))
	}
	kind := string(w.Kind)
	if w.Rule == ident.RulePlaceholder {
		kind = string(w.Placeholder)
	}
	return m.Warning(w.Factor.String(), string(w.Rule), kind, details)
}
