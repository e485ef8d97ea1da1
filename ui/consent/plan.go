package consent

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/i18n"
)

// PlanTexts words what the plan of a run says about its rows.
type PlanTexts struct {
	batch.Plan
	Messages *i18n.Messages
	Run      *batch.Run
}

// Count is a number of rows with the same fate.
type Count struct {
	Label string
	Rows  int
	Note  string // what happens to them; may be empty
	Warn  bool
}

// Counts returns all rows, those that are not sent and why, and those with warnings. All
// but the first may be 0. invalid is the note about rows that cannot be sent.
func (p PlanTexts) Counts(invalid string) []Count {
	w, warnings := p.Messages.Runs.Plan, p.Messages.Runs.RowWarnings
	return []Count{
		{w.Rows, p.Rows, "", false},
		{w.Invalid, p.Invalid, invalid, true},
		{w.Duplicate, p.Duplicate, w.DuplicateNote, false},
		{w.AlreadyDone, p.Done, w.AlreadyDoneNote, false},
		{w.Repeated, p.Repeated, w.RepeatedNote, false},
		{w.Unsettled, p.Unsettled, w.UnsettledNote, true},
		{warnings.Label, p.Warned, warnings.State(p.Run.Record().HoldWarned), true},
	}
}

// Note is something to know about a plan before it is paid for.
type Note struct {
	Text  string
	Minor bool // nothing is wrong
}

// Notes returns what is unusual about the rows and about the ledger at a time, the minor
// notes last.
func (p PlanTexts) Notes(now time.Time) (notes []Note) {
	w := p.Messages.Runs.Plan
	for _, c := range []struct {
		rows   int
		format string
		minor  bool
	}{
		{p.Hidden, w.Hidden, false},
		{p.Formulas, w.Formulas, false},
		{p.VerdictUnusable, w.UnusableVerdicts, false},
		{p.Merged, w.Merged, true},
		{p.Normalized, w.Normalized, true},
		{p.Wrapped, w.TextPrefixes, true},
	} {
		if c.rows > 0 {
			notes = append(notes, Note{fmt.Sprintf(c.format, c.rows), c.minor})
		}
	}
	if p.ClockBehind != "" {
		notes = slices.Insert(notes, 0, Note{fmt.Sprintf(w.Clock, now.Format(lookup.ZonedTimeLayout), p.ClockBehind), false})
	}
	if p.HistoryLost {
		notes = slices.Insert(notes, 0, Note{w.HistoryLost, false})
	}
	return notes
}

// WarningCounts returns how many rows have each warning, or "" if none has one.
func (p PlanTexts) WarningCounts() string {
	var counts []string
	for _, rule := range ident.Rules() {
		if n := p.WarningsByRule[rule]; n > 0 {
			counts = append(counts, fmt.Sprintf(p.Messages.Runs.Plan.RuleRows, p.Messages.Runs.Plan.Rules[rule], n))
		}
	}
	return strings.Join(counts, p.Messages.Semicolon)
}

// Warnings returns the warnings of a row that must be confirmed: pairs of the cell and the
// text.
func (p PlanTexts) Warnings(row batch.RowIssue) (all [][2]string) {
	for _, m := range lookup.NeedingConfirmation(row.Fault.Warnings) {
		where := fmt.Sprintf(p.Messages.Runs.Plan.FaultAt, row.Row, table.ColumnName(p.Run.Record().Columns[m.Factor]))
		all = append(all, [2]string{where, p.Messages.FactorWarning(m)})
	}
	return all
}
