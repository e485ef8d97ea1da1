package i18n

import (
	"fmt"
	"strconv"
	"strings"
)

// ResultColumn is the heading of a column of a run's output.
func (t *Text) ResultColumn(name string) string { return t.Runs.Columns[name] }

// OutcomeName is an outcome in words.
func (t *Text) OutcomeName(outcome string) string { return t.Outcomes[outcome] }

// BillableName tells whether a look-up costs money, in words.
func (t *Text) BillableName(billable string) string { return t.Billable[billable] }

// RowWrong says why a row cannot be sent. cells are as many as it has too many or
// too few.
func (t *Text) RowWrong(field, problem string, cells int) string {
	return strings.NewReplacer("{field}", t.Fields[field].Label, "{cells}", strconv.Itoa(cells)).Replace(t.Runs.Faults[problem])
}

// RowFault says why a row cannot be sent, and the cure.
func (t *Text) RowFault(field, problem string, cells int) string {
	text := t.RowWrong(field, problem, cells)
	if cure := t.Runs.Cures[problem]; cure != "" {
		text += t.Semicolon + cure
	}
	return text
}

// Duplicate says that a row asks what an earlier one has asked.
func (t *Text) Duplicate(row int) string { return fmt.Sprintf(t.Runs.Duplicate, row) }

// NotSentYet says that a row has not had its turn.
func (t *Text) NotSentYet() string { return t.Runs.NotYet }

// Deleted says that the look-up of a row is no longer in the history.
func (t *Text) Deleted() string { return t.Runs.Deleted }

// RunProblem says why a run cannot begin or go on. fields are factors, by the
// wire's names; the rest may be empty. A detail that the text has no place for
// stands behind it.
func (t *Text) RunProblem(problem, path, detail string, fields []string) string {
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

// ReadProblem says why a table cannot be read. row and column are where, from 1
// and from A, if that is known.
func (t *Text) ReadProblem(problem, path, detail string, row int, column string) string {
	text := strings.NewReplacer("{path}", path, "{detail}", detail).Replace(t.Runs.Reads[problem])
	switch {
	case row > 0 && column != "":
		text += fmt.Sprintf(t.Runs.ReadCell, row, column)
	case row > 0:
		text += fmt.Sprintf(t.Runs.ReadRow, row)
	}
	return text
}

// InSheet says in which sheet of a workbook.
func (t *Text) InSheet(sheet string) string { return fmt.Sprintf(t.Runs.InSheet, sheet) }

// MappingProblem says what is wrong with a part of a mapping.
func (t *Text) MappingProblem(problem, part string, allowed []string) string {
	return strings.NewReplacer("{part}", part, "{allowed}", strings.Join(allowed, t.Semicolon)).Replace(t.Runs.Mappings[problem])
}

// Stopped says why a run stopped: by one of the words, or by the code that the
// service refused with.
func (t *Text) Stopped(stopped string, code int) string {
	if code != 0 {
		return fmt.Sprintf(t.Runs.Code, stopped, t.Codes[code].Meaning)
	}
	return t.Runs.Stopped[stopped]
}
