package i18n

import (
	"fmt"
	"strconv"
	"strings"
)

// ResultColumn returns the heading of a column of a run's output.
func (t *Messages) ResultColumn(name string) string { return t.Runs.Columns[name] }

// OutcomeName returns an outcome in words.
func (t *Messages) OutcomeName(outcome string) string { return t.Outcomes[outcome] }

// BillableName returns in words whether a lookup is charged.
func (t *Messages) BillableName(billable string) string { return t.Billable[billable] }

// RowReason returns why a row cannot be sent. cells is the number of its surplus
// or missing cells.
func (t *Messages) RowReason(field, problem string, cells int) string {
	return strings.NewReplacer("{field}", t.Fields[field].Label, "{cells}", strconv.Itoa(cells)).Replace(t.Runs.Faults[problem])
}

// RowFault returns why a row cannot be sent, and the cure.
func (t *Messages) RowFault(field, problem string, cells int) string {
	text := t.RowReason(field, problem, cells)
	if cure := t.Runs.Cures[problem]; cure != "" {
		text += t.Semicolon + cure
	}
	return text
}

// Duplicate returns text saying that a row repeats an earlier one.
func (t *Messages) Duplicate(row int) string { return fmt.Sprintf(t.Runs.Duplicate, row) }

// NotSentYet returns text saying that a row has not been sent yet.
func (t *Messages) NotSentYet() string { return t.Runs.NotSentYet }

// Deleted returns text saying that the lookup of a row was deleted from the history.
func (t *Messages) Deleted() string { return t.Runs.Deleted }

// RunProblem returns why a run cannot start or be resumed. fields are factors by
// their wire names; every argument but problem may be empty. A detail without a
// place in the text is appended.
func (t *Messages) RunProblem(problem, path, detail string, fields []string) string {
	labels := make([]string, len(fields))
	for i, f := range fields {
		labels[i] = t.Fields[f].Label
	}
	text := t.Runs.Problems[problem]
	if detail != "" && !strings.Contains(text, "{detail}") {
		text += t.Colon + "{detail}"
	}
	return strings.NewReplacer("{path}", path, "{detail}", detail, "{fields}", strings.Join(labels, t.Semicolon)).Replace(text)
}

// ReadProblem returns why a table cannot be read. row counts from 1 and column
// from A; they are 0 and empty if the place is unknown.
func (t *Messages) ReadProblem(problem, path, detail string, row int, column string) string {
	text := strings.NewReplacer("{path}", path, "{detail}", detail).Replace(t.Runs.ReadProblems[problem])
	switch {
	case row > 0 && column != "":
		text += fmt.Sprintf(t.Runs.ReadCell, row, column)
	case row > 0:
		text += fmt.Sprintf(t.Runs.ReadRow, row)
	}
	return text
}

// InSheet names the sheet of a workbook.
func (t *Messages) InSheet(sheet string) string { return fmt.Sprintf(t.Runs.InSheet, sheet) }

// MappingProblem returns what is wrong with a part of a column mapping.
func (t *Messages) MappingProblem(problem, part string, allowed []string) string {
	return strings.NewReplacer("{part}", part, "{allowed}", strings.Join(allowed, t.Semicolon)).Replace(t.Runs.MappingProblems[problem])
}

// Stopped returns why a run stopped: one of the StopReasons, or the error code
// of the service.
func (t *Messages) Stopped(stopped string, code int) string {
	if code != 0 {
		return fmt.Sprintf(t.Runs.StoppedByCode, stopped, t.Codes[code].Meaning)
	}
	return t.Runs.Stopped[stopped]
}
