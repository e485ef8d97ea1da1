package batchcmd

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
)

// summaryLine is a run as JSON. Rows is the sum of the outcomes, Duplicate and
// Invalid.
type summaryLine struct {
	Schema    int    `json:"schema"` // 1
	Demo      bool   `json:"demo,omitzero"`
	Run       string `json:"run"`
	Rows      int    `json:"rows"`
	Sent      int    `json:"sent"`
	Match     int    `json:"match"`
	Mismatch  int    `json:"mismatch"`
	Refused   int    `json:"refused"`
	Unclear   int    `json:"unclear"`
	Lost      int    `json:"lost"`
	Unsent    int    `json:"unsent"`
	Duplicate int    `json:"duplicate"`
	Invalid   int    `json:"invalid"`
	Stopped   string `json:"stopped,omitzero"`
	ElapsedMS int64  `json:"elapsed_ms"`

	// Only in batch list.
	At   time.Time `json:"at,omitzero"`
	File string    `json:"file,omitzero"`
	Out  string    `json:"out,omitzero"`
}

func newSummaryLine(s *cli.Session, sum batch.Summary) summaryLine {
	of, run := sum.ByOutcome, sum.Run
	if run.StopReason == lookup.StopShutdown {
		run.StopReason = lookup.StopOperator
	}
	return summaryLine{
		Schema: 1, Demo: s.Demo, Run: run.ID.String(), Rows: run.Rows, Sent: sum.Sent,
		Match: of[juhe.Match], Mismatch: of[juhe.Mismatch], Refused: of[juhe.Refused],
		Unclear: of[juhe.Unclear], Lost: of[juhe.Lost], Unsent: of[juhe.Unsent],
		Duplicate: run.Duplicate, Invalid: run.Invalid,
		Stopped: string(run.StopReason), ElapsedMS: run.Elapsed.Milliseconds(),
	}
}

// planLine is the plan of a dry run as JSON.
type planLine struct {
	Schema    int      `json:"schema"` // 1
	Demo      bool     `json:"demo,omitzero"`
	DryRun    bool     `json:"dry_run"`
	Rows      int      `json:"rows"`
	Invalid   int      `json:"invalid"`
	Duplicate int      `json:"duplicate"`
	Repeated  int      `json:"repeated"`
	Unsettled int      `json:"unsettled"`
	Warned    int      `json:"warned"`
	Calls     int      `json:"calls"`
	Estimate  *float64 `json:"estimate,omitzero"`
	Formulas  int      `json:"formulas,omitzero"` // cells whose stored result is used
	Merged    int      `json:"merged,omitzero"`   // rows that take their company from a merged cell
}

// rowLine is an invalid or warned row of a dry run as JSON.
type rowLine struct {
	Schema  int                  `json:"schema"` // 1
	Demo    bool                 `json:"demo,omitzero"`
	Row     int                  `json:"row"`
	Invalid bool                 `json:"invalid,omitzero"`
	Remarks []lookup.WarningJSON `json:"remarks"`
}

func newRowLine(s *cli.Session, issue batch.RowIssue) rowLine {
	line := rowLine{Schema: 1, Demo: s.Demo, Row: issue.Row, Invalid: issue.Fault.Problem != ""}
	if line.Invalid {
		line.Remarks = append(line.Remarks, lookup.WarningJSON{
			Field: issue.Fault.Factor, Rule: ident.Rule(issue.Fault.Problem), Text: s.Messages.RowFault(issue.Fault),
		})
	}
	for _, m := range issue.Fault.Warnings {
		line.Remarks = append(line.Remarks, lookup.WarningJSON{Field: m.Factor.String(), Rule: m.Rule, Text: s.Messages.Warning(m)})
	}
	return line
}

// printPlanJSON prints the result of a dry run as JSON.
func printPlanJSON(ctx context.Context, s *cli.Session, run *batch.Run, p batch.Plan) error {
	line := planLine{
		Schema: 1, Demo: s.Demo, DryRun: true, Rows: p.Rows, Invalid: p.Invalid, Duplicate: p.Duplicate,
		Repeated: p.Repeated, Unsettled: p.Unsettled, Warned: p.Warned, Calls: p.Sendable(),
		Formulas: p.Formulas, Merged: p.Merged,
	}
	if yuan, known := lookup.Estimate(line.Calls, s.Config.Guard.Price); known {
		line.Estimate = &yuan
	}
	if err := cli.PrintJSON(s.Out, line); err != nil || p.Invalid+p.Warned == 0 {
		return err
	}
	for t, err := range run.FlaggedRows(ctx) {
		if err == nil {
			err = cli.PrintJSON(s.Out, newRowLine(s, t))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// printSummary prints the state of a run as JSON or text. written reports
// whether the output file exists.
func printSummary(s *cli.Session, sum batch.Summary, written, asJSON bool) error {
	if asJSON {
		return cli.PrintJSON(s.Out, newSummaryLine(s, sum))
	}
	_, err := fmt.Fprint(s.Out, summaryText(s, sum, written))
	return err
}

func summaryText(s *cli.Session, sum batch.Summary, written bool) string {
	w, run := s.Messages.Runs.End, sum.Run
	rows := [][]string{
		{s.Messages.Batch.Run, run.ID.String()}, {s.Messages.Runs.Plan.Rows, strconv.Itoa(run.Rows)}, {w.Sent, strconv.Itoa(sum.Sent)},
	}
	rows = withEstimate(s, rows, sum.Sent)
	count := func(label string, n int) {
		if n > 0 {
			rows = append(rows, []string{label, strconv.Itoa(n)})
		}
	}
	for _, o := range juhe.Outcomes() {
		count(s.OutcomeLabel(o), sum.ByOutcome[o])
	}
	count(s.Messages.Runs.Plan.Duplicate, run.Duplicate)
	count(s.Messages.Runs.Plan.Invalid, run.Invalid)
	count(s.Messages.Runs.RowWarnings.Label+s.Messages.Semicolon+s.Messages.Runs.RowWarnings.Held, run.Held)
	if run.StopReason != "" {
		rows = append(rows, []string{w.Stopped, s.Messages.Stopped(run.StopReason)})
	}
	rows = append(rows, []string{w.Elapsed, formatClock(run.Elapsed)})
	if written {
		rows = append(rows, []string{w.Out, juhe.Sanitize(run.OutputPath)})
	}
	return s.DemoNote() + (&cli.Table{}).Render(rows)
}

// printUnrecorded prints lookups that were sent but could not be recorded.
func printUnrecorded(s *cli.Session, recs []lookup.Record) {
	if len(recs) == 0 {
		return
	}
	s.Errf(s.Messages.Runs.End.Unsaved+"\n", len(recs))
	for _, rec := range recs {
		s.PrintLookup(s.Err, rec, false, true)
	}
}
