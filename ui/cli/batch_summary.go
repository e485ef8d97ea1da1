package cli

import (
	"fmt"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/words"
)

// summaryLine is a run as JSON. Rows is the sum of the eight counts below it,
// Sent aside.
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

	// In a list.
	At   time.Time `json:"at,omitzero"`
	File string    `json:"file,omitzero"`
	Out  string    `json:"out,omitzero"`
}

func (s *Session) summaryLine(sum batch.Summary) summaryLine {
	of, run := sum.Outcome, sum.Run
	return summaryLine{
		Schema: 1, Demo: s.Demo, Run: run.ID.String(), Rows: run.Rows, Sent: sum.Sent,
		Match: of[juhe.Match], Mismatch: of[juhe.Mismatch], Refused: of[juhe.Refused],
		Unclear: of[juhe.Unclear], Lost: of[juhe.Lost], Unsent: of[juhe.Unsent],
		Duplicate: run.Duplicate, Invalid: run.Invalid,
		Stopped: string(run.Stopped), ElapsedMS: run.Elapsed.Milliseconds(),
	}
}

// planLine is what a run would do, as JSON.
type planLine struct {
	Schema    int      `json:"schema"` // 1
	Demo      bool     `json:"demo,omitzero"`
	DryRun    bool     `json:"dry_run"`
	Rows      int      `json:"rows"`
	Invalid   int      `json:"invalid"`
	Duplicate int      `json:"duplicate"`
	Repeated  int      `json:"repeated"`
	Unsettled int      `json:"unsettled"`
	Calls     int      `json:"calls"`
	Estimate  *float64 `json:"estimate,omitzero"`
}

// printPlan is the end of a dry run. For people all is told.
func (a *App) printPlan(s *Session, p batch.Plan, asJSON bool) error {
	if !asJSON {
		return nil
	}
	line := planLine{
		Schema: 1, Demo: s.Demo, DryRun: true, Rows: p.Rows, Invalid: p.Invalid, Duplicate: p.Duplicate,
		Repeated: p.Repeated, Unsettled: p.Unsettled, Calls: p.Sendable(),
	}
	if yuan, known := lookup.Estimate(line.Calls, s.Config.Guard.Price); known {
		line.Estimate = &yuan
	}
	return a.printLine(line)
}

// printLine prints a line of JSON.
func (a *App) printLine(line any) error {
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "%s\n", text)
	return err
}

// printSummary prints how a run stands: a JSON line, or lines to read. written
// tells that the output is there.
func (a *App) printSummary(s *Session, sum batch.Summary, written, asJSON bool) error {
	if asJSON {
		return a.printLine(s.summaryLine(sum))
	}
	_, err := fmt.Fprint(a.Out, a.summaryText(s, sum, written))
	return err
}

func (a *App) summaryText(s *Session, sum batch.Summary, written bool) string {
	w, run := a.words.Runs.End, sum.Run
	marks, _ := words.Marks(false)
	text := ""
	if s.Demo {
		text = a.words.App.Demo + a.words.Colon + a.words.App.DemoNote + "\n"
	}
	rows := [][]string{
		{w.Run, run.ID.String()}, {w.Rows, strconv.Itoa(run.Rows)}, {w.Sent, strconv.Itoa(sum.Sent)},
	}
	rows = s.estimated(a.words, rows, sum.Sent)
	count := func(label string, n int) {
		if n > 0 {
			rows = append(rows, []string{label, strconv.Itoa(n)})
		}
	}
	for _, o := range juhe.Outcomes() {
		count(marks[string(o)]+" "+a.words.Outcomes[string(o)], sum.Outcome[o])
	}
	count(w.Duplicate, run.Duplicate)
	count(w.Invalid, run.Invalid)
	if run.Stopped != "" {
		rows = append(rows, []string{w.Stopped, a.words.Stopped(string(run.Stopped), sum.StopCode())})
	}
	rows = append(rows, []string{w.Elapsed, clock(run.Elapsed)})
	if written {
		rows = append(rows, []string{w.Out, juhe.Harmless(run.Out)})
	}
	return text + (&table{}).text(rows)
}

// printUnsaved prints look-ups that were sent and that the ledger does not hold.
func (a *App) printUnsaved(s *Session, recs []lookup.Record) {
	if len(recs) == 0 {
		return
	}
	a.tell(a.words.Runs.End.Unsaved+"\n", len(recs))
	for _, rec := range recs {
		printJSON(a.Err, s, rec, false)
	}
}
