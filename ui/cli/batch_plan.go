package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/i18n"
)

// maxRowsListed limits the invalid or warned rows that a plan lists.
const maxRowsListed = 20

// printPlannedRun checks the whole input and prints what the run would do.
func (a *App) printPlannedRun(ctx context.Context, s *Session, run *batch.Run) (plan batch.Plan, err error) {
	err = a.withProgress(ctx, s, run, false, func() error {
		plan, err = run.Plan(ctx)
		return err
	})
	if err != nil {
		return plan, err
	}
	t := planText{a, s, run, plan}
	a.Errf("%s\n%s", a.Messages.Runs.Plan.Title, (&Table{}).Render(append(t.input(), t.counts()...)))
	a.Errf("%s%s", t.faults(), t.warnings())
	for _, note := range t.notes() {
		a.Errf("%s\n", note)
	}
	return plan, nil
}

// planText formats a plan.
type planText struct {
	*App
	s    *Session
	run  *batch.Run
	plan batch.Plan
}

// input describes the input, its columns, the endpoint and the output.
func (t planText) input() [][]string {
	w, kept := t.Messages.Runs.Plan, t.run.Record()
	file := t.inputName(kept.InputPath, kept.InputPath)
	if kept.Sheet != "" {
		file = fmt.Sprintf(w.FileSheet, file, juhe.Sanitize(kept.Sheet))
	}
	if encoding := t.run.Input().Encoding(); encoding != "" {
		file = fmt.Sprintf(w.FileEncoding, file, encoding)
	}
	head := w.NoHeader
	if kept.HeaderRow > 0 {
		head = fmt.Sprintf(w.HeaderRow, kept.HeaderRow)
	}
	rows := [][]string{{w.File, file}, {w.Header, head}}
	heads, _ := headerTexts(t.run.Header().Texts)
	for f := range juhe.NumFactors {
		rows = append(rows, []string{t.Messages.Fields[f].Label, t.columnText(heads, kept.Columns[f])})
	}
	api := string(kept.Query.API) + fmt.Sprintf(t.Messages.Errors.InParentheses, t.Messages.Endpoints[kept.Query.API])
	if kept.Query.Regstatus {
		api = fmt.Sprintf(w.Regstatus, api)
	}
	service := juhe.Sanitize(kept.Service)
	if t.s.Client.Insecure() {
		service += fmt.Sprintf(t.Messages.Errors.InParentheses, t.Messages.App.Plain)
	}
	if t.s.Demo {
		service = t.Messages.App.Demo
	}
	rows = append(rows, []string{w.Endpoint, api}, []string{w.Service, service})
	if kept.OutputPath != "" {
		rows = append(rows, []string{w.Out, juhe.Sanitize(kept.OutputPath)})
	}
	return rows
}

// columnText is a column by its letter and header.
func (t planText) columnText(heads []string, i int) string {
	name := table.ColumnName(i)
	if i < len(heads) && heads[i] != "" {
		return fmt.Sprintf(t.Messages.Runs.Plan.Column, name, heads[i])
	}
	return fmt.Sprintf(t.Messages.Runs.Plan.ColumnBare, name)
}

// counts lists the number of rows of each kind, without zeros.
func (t planText) counts() [][]string {
	w, p := t.Messages.Runs.Plan, t.plan
	rows := [][]string{{w.Rows, strconv.Itoa(p.Rows)}}
	count := func(label, note string, n int) {
		if n > 0 {
			rows = append(rows, []string{label, strconv.Itoa(n) + fmt.Sprintf(t.Messages.Errors.InParentheses, note)})
		}
	}
	if p.Invalid > 0 {
		rows = append(rows, []string{w.Invalid, strconv.Itoa(p.Invalid)})
	}
	count(w.Duplicate, w.DuplicateNote, p.Duplicate)
	count(w.AlreadyDone, w.AlreadyDoneNote, p.Done)
	count(w.Repeated, w.RepeatedNote, p.Repeated)
	count(w.Unsettled, w.UnsettledNote, p.Unsettled)
	var remarks []string
	for _, rule := range ident.Rules() {
		if n := p.WarningsByRule[rule]; n > 0 {
			remarks = append(remarks, fmt.Sprintf(w.RuleRows, w.Rules[rule], n))
		}
	}
	if len(remarks) > 0 {
		rows = append(rows, []string{w.Warnings, strings.Join(remarks, t.Messages.Semicolon)})
	}
	count(t.Messages.Runs.RowWarnings.Label, t.Messages.Runs.RowWarnings.State(t.run.Record().HoldWarned), p.Warned)
	calls, now := strconv.Itoa(p.Calls), p.Sendable()
	switch {
	case now < p.Calls && now == p.RemainingToday():
		calls = fmt.Sprintf(w.ChargedToday, p.Calls, now)
	case now < p.Calls:
		calls = fmt.Sprintf(w.ChargedAtMost, p.Calls, now)
	case now > 0:
		calls = fmt.Sprintf(w.Charged, now)
	}
	return t.s.withEstimate(t.Messages, append(rows, []string{w.Calls, calls}), now)
}

// withEstimate appends the estimated cost of calls to rows, if there is a price.
func (s *Session) withEstimate(t *i18n.Messages, rows [][]string, calls int) [][]string {
	w, price := t.Runs.Plan, s.Config.Guard.Price
	if yuan, known := lookup.Estimate(calls, price); known && calls > 0 {
		rows = append(rows, []string{w.Estimate, fmt.Sprintf(w.About, yuan, calls, price)})
	}
	return rows
}

// faults lists the first invalid rows: where, why, and the fix.
func (t planText) faults() string {
	w := t.Messages.Runs.Plan
	if t.plan.Invalid == 0 {
		return ""
	}
	listed := t.plan.InvalidRows[:min(maxRowsListed, len(t.plan.InvalidRows))]
	rows := make([][]string, len(listed))
	for i, f := range listed {
		rows[i] = []string{
			" " + fmt.Sprintf(w.FaultAt, f.Row, table.ColumnName(f.Fault.Column)),
			t.Messages.RowFault(f.Fault),
		}
	}
	text := strings.TrimRight(w.Faults+t.Messages.Colon, " ") + "\n" + (&Table{}).Render(rows)
	if more := t.plan.Invalid - len(listed); more > 0 {
		text += " " + fmt.Sprintf(w.More, more) + "\n"
	}
	return text
}

// warnings lists the first rows with warnings.
func (t planText) warnings() string {
	w, p := t.Messages.Runs.RowWarnings, t.plan
	if p.Warned == 0 {
		return ""
	}
	listed := p.WarnedRows[:min(maxRowsListed, len(p.WarnedRows))]
	var rows [][]string
	for _, row := range listed {
		for _, m := range lookup.NeedingConfirmation(row.Warnings) {
			where := fmt.Sprintf(t.Messages.Runs.Plan.FaultAt, row.Row, table.ColumnName(t.run.ColumnOf(m.Factor)))
			rows = append(rows, []string{" " + where, t.Messages.Fields[m.Factor].Label + t.Messages.Colon + t.Messages.Warning(m)})
		}
	}
	text := w.Heading(t.run.Record().HoldWarned) + strings.TrimSpace(t.Messages.Colon) + "\n" + (&Table{}).Render(rows)
	if more := p.Warned - len(listed); more > 0 {
		text += " " + fmt.Sprintf(w.More, more) + "\n"
	}
	return text
}

// notes are remarks to consider before sending.
func (t planText) notes() (notes []string) {
	w, p, kept := t.Messages.Runs.Plan, t.plan, t.run.Record()
	note := func(text string) { notes = append(notes, fmt.Sprintf(w.Note, text)) }
	count := func(format string, n int) {
		if n > 0 {
			note(fmt.Sprintf(format, n))
		}
	}
	for _, whole := range p.TableFaults {
		note(t.Messages.TableFault(whole))
	}
	if _, data := headerTexts(t.run.Header().Texts); data {
		note(fmt.Sprintf(w.HeaderLooksLikeData, kept.HeaderRow))
	}
	if others := t.run.OtherSheets(); len(others) > 0 {
		note(juhe.Sanitize(fmt.Sprintf(w.OtherSheets, kept.Sheet, strings.Join(others, "”“"))))
	}
	if t.run.Input().IsSheetHidden() {
		note(fmt.Sprintf(w.HiddenSheet, juhe.Sanitize(kept.Sheet)))
	}
	if p.Warned > 0 && !kept.HoldWarned && kept.ID == 0 {
		note(t.Messages.Runs.RowWarnings.HowToHold)
	}
	count(w.Hidden, p.Hidden)
	count(w.Formulas, p.Formulas)
	count(w.Merged, p.Merged)
	count(w.TextPrefixes, p.Wrapped)
	count(w.Normalized, p.Normalized)
	if p.HistoryLost {
		note(w.HistoryLost)
	}
	count(w.UnusableVerdicts, p.VerdictUnusable)
	if p.ClockBehind != "" {
		note(fmt.Sprintf(w.Clock, t.s.Now().Format(lookup.ZonedTimeLayout), p.ClockBehind))
	}
	if left := p.RemainingToday(); left < p.Calls && left == p.Sendable() {
		note(fmt.Sprintf(w.Limit, p.SentToday, p.DailyLimit))
	}
	if format, _ := table.FormatOf(kept.OutputPath); format == table.CSV {
		notes = append(notes, t.Messages.Records.CSVLosesDigits)
	}
	return notes
}
