package i18n

import (
	"fmt"
	"strconv"
	"strings"
)

// Meaning explains how a lookup ended: by its fault, by its code, or by the
// outcome of an endpoint without codes (code 0).
func (t *Messages) Meaning(outcome, fault, detail string, code int) string {
	switch {
	case fault == "imported" && detail != "":
		return detail
	case fault == "timeout" && detail != "":
		return t.Faults[fault] + t.Colon + t.duration(detail)
	case fault != "" && detail != "":
		return t.Faults[fault] + t.Colon + t.System(detail)
	case fault != "":
		return t.Faults[fault]
	case code == 0:
		return t.Verdicts[outcome]
	}
	if c, ok := t.Codes[code]; ok {
		return c.Meaning
	}
	return t.undocumented(code)
}

// undocumented explains a code by the code format of the API document: 2 535 01.
func (t *Messages) undocumented(code int) string {
	digits := strconv.Itoa(code)
	switch {
	case len(digits) == 6 && digits[0] == '2':
		return fmt.Sprintf(t.Levels["undocumented_service"], digits[1:4], digits[4:])
	case len(digits) == 6 && digits[0] == '1':
		return fmt.Sprintf(t.Levels["undocumented_system"], digits[4:])
	case len(digits) == 5 && digits[0] == '1':
		return fmt.Sprintf(t.Levels["undocumented_system"], digits[1:])
	}
	return t.Levels["undocumented"]
}

// NextStep returns what to do about an outcome, or "". Advice has texts by fault and
// by outcome; the text of the fault goes first.
func (t *Messages) NextStep(outcome, fault string, code int) string {
	if c := t.Codes[code]; c.Next != "" {
		return c.Next
	}
	switch fault {
	case "dns", "connect_timeout", "tls", "proxy":
		fault = "connect"
	case "verdict_elsewhere", "verdict_ahead":
		fault = "verdict_imported"
	}
	if text, ok := t.Advice[fault]; ok {
		return text
	}
	return t.Advice[outcome]
}

// Earlier describes the lookup that answered another, or kept it from being
// sent: its time, endpoint and outcome, which is empty while it is in progress.
func (t *Messages) Earlier(at, api, outcome string, answered bool) string {
	text := t.EarlierLookups["stopped"]
	switch {
	case answered:
		text = t.EarlierLookups["answered"]
	case outcome == "":
		text = t.EarlierLookups["under_way"]
	}
	return strings.NewReplacer("{at}", at, "{api}", api, "{outcome}", t.Outcomes[outcome]).Replace(text)
}

// FromLedger returns text saying that the ledger gives a verdict, and when and by which
// endpoint it was obtained.
func (t *Messages) FromLedger(at, api, meaning string) string {
	return strings.NewReplacer("{at}", at, "{api}", api, "{meaning}", meaning).Replace(t.EarlierLookups["ledger"])
}

// Ledger returns what is wrong with the ledger and what to do. path is the file
// concerned, aside where a damaged one was moved to, and detail the message of
// the system; aside and detail may be empty.
func (t *Messages) Ledger(problem, path, aside, detail string) string {
	text, ok := t.Ledgers[problem]
	if moved, ok := t.Ledgers[problem+"/aside"]; ok && aside != "" {
		text = moved
	}
	if !ok {
		text = t.Ledgers["failed"]
	}
	text = strings.NewReplacer("{path}", path, "{aside}", aside).Replace(text)
	if detail != "" {
		text += fmt.Sprintf(t.Errors.InParentheses, t.System(detail))
	}
	return text
}

// ImportProblem returns what is wrong with a line of an import.
func (t *Messages) ImportProblem(problem, member string) string {
	return strings.ReplaceAll(t.ImportProblems[problem], "{member}", member)
}

// Detail returns the label of a fact and its value in words. field is the field of
// a warning.
func (t *Messages) Detail(name, field, value string) (label, text string) {
	switch {
	case name == "billable":
		value = t.Billable[value]
	case name == "elapsed":
		value = t.duration(value)
	case name == "code" && isErrorCode(value):
		name = "error_code"
	case name == "imported":
		value = t.Records.Imported
	case name == "remark":
		value = t.Fields[field].Label + t.Colon + value
	case name == "regstatus" && value == "":
		value = t.Result.NotGiven
	}
	return t.Details[name], value
}

// isErrorCode reports whether the text of a code is an error_code. A detail code
// has at most two digits; the result of queryV2 is written "res 1".
func isErrorCode(code string) bool {
	_, err := strconv.Atoi(code)
	return err == nil && len(code) >= 5
}
