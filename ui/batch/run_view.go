package batch

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// View draws the state of the run and the rows that need attention.
func (p *runPage) View(height int) []string {
	lines, count := p.head(), p.issueCount()
	l := newIssueLayout(height, len(lines), count)
	if count == 0 || l.rows < 1 {
		return lines
	}
	lines = append(lines, "", p.pad(p.Theme.Label.Render(fmt.Sprintf(p.Messages.Batch.RowIssues, count))))
	return append(lines, p.issueLines(l)...)
}

// Panel returns the prompt of an export, or the question whether to continue.
func (p *runPage) Panel() []string {
	switch {
	case p.export != nil:
		return p.exportLines()
	case p.asks():
		return p.breakerLines()
	}
	return nil
}

func (p *runPage) head() []string {
	if p.showsActive() {
		return p.activeHead()
	}
	return p.summaryHead()
}

// activeHead describes the run in progress.
func (p *runPage) activeHead() []string {
	w, progress := p.Messages.Batch, p.active.progress
	style := p.Theme.Accent
	if progress.State != engine.Running && progress.State != engine.Preparing {
		style = p.Theme.Warn
	}
	title := p.runTitle(p.summary.Run, style.Render(p.Messages.Runs.States[progress.State]))
	lines := slices.Concat([]string{title}, p.spacer(), []string{p.progressLine()}, p.spacer(), p.flow(p.speedTexts(), p.dot()), p.spacer(), p.flow(p.counts(progress.ByOutcome, 0), "   "))
	notice := ""
	switch {
	case progress.State == engine.Paused && progress.Reason == "":
		notice = fmt.Sprintf(w.PausedNow, p.Options.Keys.Name(keymap.Pause))
	case progress.Backoff > 0:
		notice = fmt.Sprintf(w.BackingOff, p.durationText(progress.Backoff))
	default:
		return lines
	}
	return slices.Concat(lines, p.spacer(), p.textLines(p.Theme.Warn, notice))
}

// spacer returns an empty line if there is room for one.
func (p *runPage) spacer() []string {
	const roomy = 18
	if p.height < roomy {
		return nil
	}
	return []string{""}
}

// dot returns what separates numbers.
func (p *runPage) dot() string { return p.Theme.Dim.Render(" " + p.Theme.Glyphs.Dot + " ") }

// progressLine returns the bar, the percentage and the rows.
func (p *runPage) progressLine() string {
	progress := p.active.progress
	text := fmt.Sprintf("  %3d%%  %d / %d", p.active.percent(), progress.Done, progress.Rows)
	part := 0.0
	if progress.Rows > 0 {
		part = float64(progress.Done) / float64(progress.Rows)
	}
	if progress.State == engine.Writing {
		part = progress.ReadFraction
	}
	return p.pad(p.Theme.Bar(part, max(p.width-2*widget.Gutter-widget.Width(text), 1)) + p.Theme.Text.Render(text))
}

// speedTexts returns the rate, the time left, the calls in flight and the calls sent.
func (p *runPage) speedTexts() []string {
	w, progress := p.Messages.Runs.Progress, p.active.progress
	var all []string
	if progress.State == engine.Running {
		all = append(all, fmt.Sprintf(w.Rate, progress.Rate))
		if progress.Remaining > 0 {
			all = append(all, fmt.Sprintf(w.Remaining, p.durationText(progress.Remaining)))
		}
	}
	return append(all, fmt.Sprintf(p.Messages.Batch.InProgress, progress.InFlight), p.sentText(progress.Sent))
}

// sentText returns the number of calls sent with the estimate.
func (p *runPage) sentText(sent int) string {
	return strings.TrimRight(fmt.Sprintf(p.Messages.Batch.Sent, sent)+"  "+p.Messages.Estimate(sent, p.Price), " ")
}

// summaryHead describes a run that is not in progress here.
func (p *runPage) summaryHead() []string {
	sum, w := p.summary, p.Messages.Batch
	style := p.Theme.Warn
	if isComplete(sum) {
		style = p.Theme.OutcomeStyle[juhe.Match]
	}
	more := []string{fmt.Sprintf(w.RowsOf, sum.Run.Rows)}
	if n := sum.Run.Duplicate; n > 0 {
		more = append(more, fmt.Sprintf(w.DuplicateOf, n))
	}
	if n := sum.Run.Invalid; n > 0 {
		more = append(more, fmt.Sprintf(w.InvalidOf, n))
	}
	return slices.Concat(
		[]string{p.runTitle(sum.Run, style.Render(p.Messages.RunState(sum)))}, p.spacer(), p.flow(p.counts(sum.ByOutcome, sum.ByOutcome[juhe.Unsent]), "   "),
		p.flow(append(more, p.sentText(sum.Sent)), p.dot()), p.spacer(), p.summaryFacts(), p.spacer(), p.stopLines(),
	)
}

// summaryFacts returns the files, the time and the endpoint of a run.
func (p *runPage) summaryFacts() []string {
	w, sum, run := p.Messages.Batch, p.summary, p.summary.Run
	out := p.displayPath(run.OutputPath)
	switch {
	case run.OutputHash != "":
	case sum.IsFinished():
		out = w.NotWritten
	default:
		out = fmt.Sprintf(w.NotYetWritten, p.Options.Keys.Name(keymap.ExportRun))
	}
	began := widget.ShortTime(p.Now(), run.StartedAt, p.Messages.History.Today)
	if run.Elapsed > 0 {
		began += "  " + fmt.Sprintf(w.Took, p.durationText(run.Elapsed))
	}
	in := w.PastedName
	if run.InputPath != "" {
		in = p.displayPath(run.InputPath)
	}
	return slices.Concat(p.facts([][2]string{{p.Messages.Runs.Plan.Out, out}, {w.Input, in}, {w.When, began}, {p.Messages.Form.Endpoint, string(run.Query.API)}})...)
}

// stopLines returns text saying why a run is unfinished and how to continue.
func (p *runPage) stopLines() (lines []string) {
	w, k, sum := p.Messages.Batch, p.Options.Keys, p.summary
	add := func(style lipgloss.Style, text string) { lines = append(lines, p.textLines(style, text)...) }
	if a := p.active; a != nil && a.ended && a.run.Record().ID == sum.Run.ID {
		if a.unrecorded > 0 {
			add(p.Theme.Error, fmt.Sprintf(w.Unsaved, a.unrecorded))
		}
		if a.err != nil {
			add(p.Theme.Error, p.errorText(a.err))
		}
	}
	if code := sum.StopCode(); code != 0 {
		add(p.Theme.Warn, p.Messages.Stopped(sum.Run.StopReason)+p.Messages.Semicolon+p.Messages.CodeNextStep(code))
	}
	switch {
	case !sum.IsFinished():
		add(p.Theme.Text, fmt.Sprintf(w.HowToResume, k.Name(keymap.ResumeRun)))
	case sum.Run.OutputHash == "":
		add(p.Theme.Text, fmt.Sprintf(w.HowToWrite, k.Name(keymap.ResumeRun), k.Name(keymap.ExportRun)))
	}
	if n := sum.ByOutcome[juhe.Lost]; n > 0 {
		add(p.Theme.Warn, fmt.Sprintf(w.HowToResend, n, k.Name(keymap.ResendLost)))
	}
	return lines
}

// breakerLines asks whether to continue after repeated failures.
func (p *runPage) breakerLines() []string {
	w, progress := p.Messages.Batch, p.active.progress
	question := func(ask string, pieces []string) []string {
		return slices.Concat(p.textLines(p.Theme.Warn.Bold(true), p.Theme.Glyphs.Warning+" "+ask), p.flow(pieces, "   "), []string{p.yesNoHints(w.Continue, w.Stop)})
	}
	if same := progress.SameAnswer; same != (engine.Answer{}) {
		return question(w.AskAfterIdentical, []string{p.Theme.OutcomeLabel(p.Messages, same.Outcome), p.Theme.Text.Render(p.Messages.AnswerMeaning(same))})
	}
	const last = 10 // consecutive failures that pause a run
	rows := progress.LatestIssues[max(len(progress.LatestIssues)-last, 0):]
	of := map[juhe.Outcome]int{}
	for _, row := range rows {
		of[row.Record.RowOutcome()]++
	}
	pieces := []string{p.Theme.Label.Render(fmt.Sprintf(w.LastRows, len(rows)))}
	for _, o := range juhe.Outcomes() {
		if of[o] > 0 {
			pieces = append(pieces, p.Theme.OutcomeLabel(p.Messages, o)+" "+fmt.Sprint(of[o]))
		}
	}
	return question(w.AskAfterFailures, pieces)
}
