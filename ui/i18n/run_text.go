package i18n

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// ColumnTitle returns the heading of a column of a run's output.
func (t *Messages) ColumnTitle(c batch.Column) string { return t.Runs.Columns[c] }

// OutcomeName returns an outcome in words.
func (t *Messages) OutcomeName(outcome juhe.Outcome) string { return t.Outcomes[outcome] }

// BillableName returns in words whether a lookup is charged.
func (t *Messages) BillableName(billable juhe.Billable) string { return t.Billable[billable] }

// RowReason returns why a row cannot be sent.
func (t *Messages) RowReason(f lookup.RowFault) string {
	text := cmp.Or(t.Runs.Faults[detect.Corruption(f.Problem)], t.Runs.InputFaults[lookup.InputProblem(f.Problem)])
	return strings.NewReplacer("{field}", t.factorLabel(f.Factor), "{cells}", strconv.Itoa(f.ExtraCells)).Replace(text)
}

// RowCure returns what to do about a row that cannot be sent, or "".
func (t *Messages) RowCure(f lookup.RowFault) string {
	return cmp.Or(t.Runs.Cures[detect.Corruption(f.Problem)], t.Runs.InputCures[lookup.InputProblem(f.Problem)])
}

// RowFault returns why a row cannot be sent, and the cure.
func (t *Messages) RowFault(f lookup.RowFault) string {
	text := t.RowReason(f)
	if cure := t.RowCure(f); cure != "" {
		text += t.Semicolon + cure
	}
	return text
}

// Duplicate returns text saying that a row repeats an earlier one.
func (t *Messages) Duplicate(row int) string { return fmt.Sprintf(t.Runs.Duplicate, row) }

// RowMeaning explains the outcome of a row, or returns why it is not sent.
func (t *Messages) RowMeaning(i batch.RowIssue) string {
	unsent := i.Outcome == "" || i.Outcome == juhe.Unsent
	switch {
	case i.Fault.Problem != "":
		return t.RowFault(i.Fault)
	case unsent && len(i.Fault.Warnings) > 0:
		return t.Runs.RowWarnings.HeldReason + t.RowWarnings(i.Fault.Warnings)
	case i.Outcome == juhe.Lost && i.Reused:
		return t.Faults[cmp.Or(i.LostReason, juhe.FaultUnsettled)]
	case i.Record.ID != "":
		return t.Meaning(i.Record)
	case i.Outcome == "":
		return t.Runs.NotSentYet
	}
	return t.Runs.Deleted
}

// RowWarnings explains the warnings of a row.
func (t *Messages) RowWarnings(warnings []ident.Warning) string {
	texts := make([]string, len(warnings))
	for i, w := range warnings {
		texts[i] = t.Warning(w)
	}
	return strings.Join(texts, "; ")
}

// Stopped returns why a run stopped.
func (t *Messages) Stopped(reason lookup.StopReason) string {
	if code, err := strconv.Atoi(string(reason)); err == nil {
		return fmt.Sprintf(t.Runs.StoppedByCode, reason, t.CodeMeaning(code))
	}
	return t.Runs.Stopped[reason]
}

// RunState returns the state of a run that is not in progress here.
func (t *Messages) RunState(sum batch.Summary) string {
	w := t.Batch
	switch code := sum.StopCode(); {
	case sum.IsFinished() && sum.Run.OutputHash == "":
		return w.NotWritten
	case sum.IsFinished() && !sum.IsResolved():
		return w.Finished + fmt.Sprintf(t.Runs.RowWarnings.Unresolved, sum.Unresolved())
	case sum.IsFinished():
		return w.Finished
	case code != 0:
		return fmt.Sprintf(w.StoppedByCode, code)
	case sum.Run.StopReason != "":
		return t.Stopped(sum.Run.StopReason)
	case sum.Run.Finished:
		return w.SomeUnsent
	}
	return w.Interrupted
}

// AnswerMeaning explains the answer that many rows got.
func (t *Messages) AnswerMeaning(a batch.Answer) string {
	if a.Code != 0 {
		return t.CodeMeaning(a.Code)
	}
	return t.Verdicts[a.Outcome]
}
