package batchcmd

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/cli"
	"fourfactor/ui/consent"
)

// maxRowsListed limits the invalid or warned rows that a plan lists.
const maxRowsListed = 20

// plan checks the whole input and prints what the run would do.
func (o *sendOptions) plan(ctx context.Context, s *cli.Session, run *batch.Run) (plan batch.Plan, err error) {
	err = o.withProgress(ctx, s, run, false, func() error {
		plan, err = run.Plan(ctx)
		return err
	})
	if err != nil {
		return plan, err
	}
	t := planText{s, consent.PlanTexts{Plan: plan, Messages: o.Messages, Run: run}}
	o.Errf("%s\n%s", o.Messages.Runs.Plan.Title, (&cli.Table{}).Render(append(t.input(), t.counts()...)))
	o.Errf("%s%s", t.faults(), t.warnings())
	for _, note := range t.notes() {
		o.Errf("%s\n", note)
	}
	return plan, nil
}

// planText formats a plan.
type planText struct {
	*cli.Session
	consent.PlanTexts
}

// input describes the input, its columns, the endpoint and the output.
func (t planText) input() [][]string {
	w, record := t.Messages.Runs.Plan, t.Run.Record()
	file := inputName(t.Session, record.InputPath, record.InputPath)
	if record.Sheet != "" {
		file = fmt.Sprintf(w.FileSheet, file, juhe.Sanitize(record.Sheet))
	}
	if encoding := t.Run.Input().Encoding(); encoding != "" {
		file = fmt.Sprintf(w.FileEncoding, file, encoding)
	}
	head := w.NoHeader
	if record.HeaderRow > 0 {
		head = fmt.Sprintf(w.HeaderRow, record.HeaderRow)
	}
	rows := [][]string{{w.File, file}, {w.Header, head}}
	heads, _ := headerTexts(t.Run.Header().Texts)
	for f := range juhe.NumFactors {
		rows = append(rows, []string{t.Messages.Fields[f].Label, t.columnText(heads, record.Columns[f])})
	}
	api := string(record.Query.API) + fmt.Sprintf(t.Messages.Errors.InParentheses, t.Messages.Endpoints[record.Query.API])
	if record.Query.Regstatus {
		api = fmt.Sprintf(w.Regstatus, api)
	}
	service := juhe.Sanitize(record.Service)
	if t.Client.Insecure() {
		service += fmt.Sprintf(t.Messages.Errors.InParentheses, t.Messages.App.Plain)
	}
	if t.Demo {
		service = t.Messages.App.Demo
	}
	rows = append(rows, []string{t.Messages.Form.Endpoint, api}, []string{t.Messages.Form.Service, service})
	if record.OutputPath != "" {
		rows = append(rows, []string{w.Out, juhe.Sanitize(record.OutputPath)})
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
	w, p := t.Messages.Runs.Plan, t.PlanTexts
	var rows [][]string
	for _, c := range p.Counts("") {
		text := strconv.Itoa(c.Rows)
		if c.Note != "" {
			text += fmt.Sprintf(t.Messages.Errors.InParentheses, c.Note)
		}
		if c.Rows > 0 {
			rows = append(rows, []string{c.Label, text})
		}
	}
	if text := p.WarningCounts(); text != "" {
		at := len(rows) - min(p.Warned, 1) // above the rows with warnings
		rows = slices.Insert(rows, at, []string{w.Warnings, text})
	}
	calls, now := strconv.Itoa(p.Calls), p.Sendable()
	switch {
	case now < p.Calls && now == p.RemainingToday():
		calls = fmt.Sprintf(w.ChargedToday, p.Calls, now)
	case now < p.Calls:
		calls = fmt.Sprintf(w.ChargedAtMost, p.Calls, now)
	case now > 0:
		calls = fmt.Sprintf(w.Charged, now)
	}
	return withEstimate(t.Session, append(rows, []string{w.Calls, calls}), now)
}

// withEstimate appends the estimated cost of calls to rows, if there is a price.
func withEstimate(s *cli.Session, rows [][]string, calls int) [][]string {
	w, price := s.Messages.Runs.Plan, s.Config.Guard.Price
	if yuan, known := lookup.Estimate(calls, price); known && calls > 0 {
		rows = append(rows, []string{w.Estimate, fmt.Sprintf(w.About, yuan, calls, price)})
	}
	return rows
}

// faults lists the first invalid rows: where, why, and the fix.
func (t planText) faults() string {
	w := t.Messages.Runs.Plan
	if t.PlanTexts.Invalid == 0 {
		return ""
	}
	listed := t.PlanTexts.InvalidRows[:min(maxRowsListed, len(t.PlanTexts.InvalidRows))]
	rows := make([][]string, len(listed))
	for i, f := range listed {
		rows[i] = []string{
			" " + fmt.Sprintf(w.FaultAt, f.Row, table.ColumnName(f.Fault.Column)),
			t.Messages.RowFault(f.Fault),
		}
	}
	return t.listing(w.Faults, rows, w.More, t.PlanTexts.Invalid-len(listed))
}

// warnings lists the first rows with warnings.
func (t planText) warnings() string {
	w, p := t.Messages.Runs.RowWarnings, t.PlanTexts
	if p.Warned == 0 {
		return ""
	}
	listed := p.WarnedRows[:min(maxRowsListed, len(p.WarnedRows))]
	var rows [][]string
	for _, row := range listed {
		for _, warning := range p.Warnings(row) {
			rows = append(rows, []string{" " + warning[0], warning[1]})
		}
	}
	return t.listing(w.Heading(t.Run.Record().HoldWarned), rows, w.More, p.Warned-len(listed))
}

// listing formats rows under a heading, and how many more there are.
func (t planText) listing(heading string, rows [][]string, moreFormat string, more int) string {
	text := heading + strings.TrimSpace(t.Messages.Colon) + "\n" + (&cli.Table{}).Render(rows)
	if more > 0 {
		text += " " + fmt.Sprintf(moreFormat, more) + "\n"
	}
	return text
}

// notes returns what to consider before sending.
func (t planText) notes() (notes []string) {
	w, p, record := t.Messages.Runs.Plan, t.PlanTexts, t.Run.Record()
	note := func(text string) { notes = append(notes, fmt.Sprintf(w.Note, text)) }
	for _, whole := range p.TableFaults {
		note(t.Messages.TableFault(whole))
	}
	if _, data := headerTexts(t.Run.Header().Texts); data {
		note(fmt.Sprintf(w.HeaderLooksLikeData, record.HeaderRow))
	}
	if others := t.Run.OtherSheets(); len(others) > 0 {
		note(juhe.Sanitize(fmt.Sprintf(w.OtherSheets, record.Sheet, strings.Join(others, "”“"))))
	}
	if t.Run.Input().IsSheetHidden() {
		note(fmt.Sprintf(w.HiddenSheet, juhe.Sanitize(record.Sheet)))
	}
	if p.Warned > 0 && !record.HoldWarned && record.ID == 0 {
		note(t.Messages.Runs.RowWarnings.HowToHold)
	}
	for _, n := range p.Notes(t.Now()) {
		note(n.Text)
	}
	if left := p.RemainingToday(); left < p.Calls && left == p.Sendable() {
		note(fmt.Sprintf(w.Limit, p.SentToday, p.DailyLimit))
	}
	if format, _ := table.FormatOf(record.OutputPath); format == table.CSV {
		notes = append(notes, t.Messages.Records.CSVLosesDigits)
	}
	return notes
}
