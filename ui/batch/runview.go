package batch

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// runBody returns the state of the run and the rows that need attention.
func (s *Screen) runBody(height int) []string {
	lines := s.runHead()
	count := s.issueCount()
	r := s.issueLayout(height, len(lines), count)
	if count == 0 || r.rows < 1 {
		return lines
	}
	lines = append(lines, "", s.pad(s.Theme.Label.Render(fmt.Sprintf(s.Messages.Batch.RowIssues, count))))
	if r.head {
		lines = append(lines, s.issueHead())
	}
	l := &s.issues
	l.top = widget.ScrollIntoView(l.top, l.selected, count, r.rows)
	end := min(l.top+r.rows, count)
	if r.marks {
		lines = append(lines, s.moreLine(s.Messages.Batch.Above, l.top))
	}
	for i := l.top; i < end; i++ {
		lines = append(lines, s.issueLine(l.rowAt(i), i == l.selected))
	}
	if r.marks {
		lines = append(lines, s.moreLine(s.Messages.Batch.Below, count-end))
	}
	if t := l.rowAt(l.selected); t != nil && r.reason > 0 {
		text := strings.Join(strings.Fields(fmt.Sprintf("%d %s", t.Row, s.companyName(*t))), "  ") + "  " + juhe.Sanitize(t.Reason(s.Messages))
		lines = append(lines, widget.Indent(s.Theme.Text, widget.WrapTrunc(text, s.width-2*gutter, r.reason))...)
	}
	return lines
}

// moreLine returns text saying how many rows are out of sight.
func (c *common) moreLine(text string, count int) string {
	if count == 0 {
		return ""
	}
	return c.pad(c.Theme.Dim.Render(fmt.Sprintf(text, count)))
}

// issueLayout divides the lines below the head of a run.
type issueLayout struct {
	rows   int
	reason int // lines for the reason of the selected row
	head   bool
	marks  bool // lines that count the rows out of sight
}

// issueLayout divides the lines that head and title leave.
func (s *Screen) issueLayout(height, head, rows int) issueLayout {
	const most, some, title = 7, 3, 2
	r := issueLayout{rows: height - head - title}
	switch {
	case r.rows >= most:
		r.head, r.reason, r.rows = true, 2, r.rows-3
	case r.rows >= some:
		r.reason, r.rows = 1, r.rows-1
	}
	if rows > r.rows && r.head {
		r.marks, r.rows = true, r.rows-2
	}
	return r
}

// issueHeight returns the number of visible rows.
func (s *Screen) issueHeight() int {
	return max(s.issueLayout(s.height-len(s.panel()), len(s.runHead()), s.issueCount()).rows, 1)
}

func (s *Screen) runHead() []string {
	if s.showsActive() {
		return s.activeHead()
	}
	return s.summaryHead()
}

// runTitle returns the file and the ID of the run, with a text at the right.
func (c *common) runTitle(run lookup.Run, text string) string {
	return widget.Justify(c.runName(run), text+strings.Repeat(" ", right), c.width)
}

// runName returns the file and the ID of a run.
func (c *common) runName(run lookup.Run) string {
	name := c.Theme.Text.Bold(true).Render(c.inputName(run.InputPath))
	if run.ID != 0 {
		name += c.Theme.Dim.Render("  " + fmt.Sprintf(c.Messages.Batch.Number, run.ID))
	}
	return c.pad(name)
}

// activeHead describes the run in progress.
func (s *Screen) activeHead() []string {
	w, p := s.Messages.Batch, s.active.progress
	state, style := s.Messages.Runs.States[p.State], s.Theme.Accent
	if p.State != engine.Running && p.State != engine.Preparing {
		style = s.Theme.Warn
	}
	notice := ""
	switch {
	case p.State == engine.Paused && p.Reason == "":
		notice = fmt.Sprintf(w.PausedNow, s.Options.Keys.Name(keymap.Pause))
	case p.Backoff > 0:
		notice = fmt.Sprintf(w.BackingOff, s.durationText(p.Backoff))
	}
	lines := slices.Concat(
		[]string{s.runTitle(s.selectedSummary.Run, style.Render(state))}, s.spacer(), []string{s.progressLine()}, s.spacer(),
		s.flow(s.speedTexts(), s.Theme.Dim.Render(" "+s.Theme.Glyphs.Dot+" ")), s.spacer(), s.flow(s.counts(p.ByOutcome, 0), "   "),
	)
	if notice != "" {
		lines = slices.Concat(lines, s.spacer(), s.textLines(s.Theme.Warn, notice))
	}
	return lines
}

// spacer returns an empty line if there is room for one.
func (c *common) spacer() []string {
	const roomy = 18
	if c.height < roomy {
		return nil
	}
	return []string{""}
}

// progressLine returns the bar, the percentage and the rows.
func (s *Screen) progressLine() string {
	p := s.active.progress
	text := fmt.Sprintf("  %3d%%  %d / %d", s.percent(), p.Done, p.Rows)
	cells := max(s.width-2*gutter-widget.Width(text), 1)
	part := 0.0
	if p.Rows > 0 {
		part = float64(p.Done) / float64(p.Rows)
	}
	if p.State == engine.Writing {
		part = p.ReadFraction
	}
	return s.pad(s.Theme.Bar(part, cells) + s.Theme.Text.Render(text))
}

// speedTexts returns the rate, the time left, the calls in flight and the calls sent.
func (s *Screen) speedTexts() []string {
	w, p := s.Messages.Batch, s.active.progress
	var all []string
	if p.State == engine.Running {
		all = append(all, fmt.Sprintf(s.Messages.Runs.Progress.Rate, p.Rate))
		if p.Remaining > 0 {
			all = append(all, fmt.Sprintf(s.Messages.Runs.Progress.Remaining, s.durationText(p.Remaining)))
		}
	}
	all = append(all, fmt.Sprintf(w.InProgress, p.InFlight), s.sentText(p.Sent))
	for i, text := range all {
		all[i] = s.Theme.Text.Render(text)
	}
	return all
}

// sentText returns the number of calls sent with the estimate.
func (c *common) sentText(sent int) string {
	text := fmt.Sprintf(c.Messages.Batch.Sent, sent)
	if price := c.estimateText(sent); price != "" {
		text += "  " + price
	}
	return text
}

// summaryHead describes a run that is not in progress here.
func (s *Screen) summaryHead() []string {
	sum, w := s.selectedSummary, s.Messages.Batch
	style := s.Theme.Warn
	if isComplete(sum) {
		style = s.Theme.OutcomeStyle[juhe.Match]
	}
	lines := append([]string{s.runTitle(sum.Run, style.Render(s.stateText(sum)))}, s.spacer()...)
	waiting := sum.ByOutcome[juhe.Unsent]
	lines = append(lines, s.flow(s.counts(sum.ByOutcome, waiting), "   ")...)
	more := []string{fmt.Sprintf(w.RowsOf, sum.Run.Rows)}
	if n := sum.Run.Duplicate; n > 0 {
		more = append(more, fmt.Sprintf(w.DuplicateOf, n))
	}
	if n := sum.Run.Invalid; n > 0 {
		more = append(more, fmt.Sprintf(w.InvalidOf, n))
	}
	lines = append(lines, s.flow(append(more, s.sentText(sum.Sent)), s.Theme.Dim.Render(" "+s.Theme.Glyphs.Dot+" "))...)
	return slices.Concat(lines, s.spacer(), s.summaryFacts(sum), s.spacer(), s.stopLines(sum))
}

// summaryFacts returns the files, the time and the endpoint of a run.
func (s *Screen) summaryFacts(sum engine.Summary) []string {
	w, run := s.Messages.Batch, sum.Run
	out := s.displayPath(run.OutputPath)
	if run.OutputHash == "" {
		out = w.NotWritten
		if !sum.IsFinished() {
			out = fmt.Sprintf(w.NotYetWritten, s.Options.Keys.Name(keymap.ExportRun))
		}
	}
	began := s.timeText(run.StartedAt)
	if run.Elapsed > 0 {
		began += "  " + fmt.Sprintf(w.Took, s.durationText(run.Elapsed))
	}
	facts := [][2]string{{w.Output, out}, {w.Input, s.inputPath(run.InputPath)}, {w.When, began}, {s.Messages.Form.Endpoint, string(run.Query.API)}}
	label := 0
	for _, f := range facts {
		label = max(label, widget.Width(f[0]))
	}
	var lines []string
	for _, f := range facts {
		lines = append(lines, s.labelled(f[0], f[1], label)...)
	}
	return lines
}

// stopLines returns text saying why a run is unfinished and how to continue.
func (s *Screen) stopLines(sum engine.Summary) []string {
	w := s.Messages.Batch
	var lines []string
	if l := s.active; l != nil && l.ended && l.run.Record().ID == sum.Run.ID {
		if l.unrecorded > 0 {
			lines = append(lines, s.textLines(s.Theme.Error, fmt.Sprintf(w.Unsaved, l.unrecorded))...)
		}
		if l.err != nil {
			lines = append(lines, s.textLines(s.Theme.Error, s.errorText(l.err))...)
		}
	}
	if code := sum.StopCode(); code != 0 {
		lines = append(lines, s.textLines(s.Theme.Warn, s.Messages.Stopped(sum.Run.StopReason)+s.Messages.Semicolon+s.Messages.CodeNextStep(code))...)
	}
	switch {
	case !sum.IsFinished():
		lines = append(lines, s.textLines(s.Theme.Text, fmt.Sprintf(w.HowToResume, s.Options.Keys.Name(keymap.ResumeRun)))...)
	case sum.Run.OutputHash == "":
		lines = append(lines, s.textLines(s.Theme.Text, fmt.Sprintf(w.HowToWrite, s.Options.Keys.Name(keymap.ResumeRun), s.Options.Keys.Name(keymap.ExportRun)))...)
	}
	if n := sum.ByOutcome[juhe.Lost]; n > 0 {
		lines = append(lines, s.textLines(s.Theme.Warn, fmt.Sprintf(w.HowToResend, n, s.Options.Keys.Name(keymap.ResendLost)))...)
	}
	return lines
}

// breakerLines asks whether to continue after repeated failures.
func (s *Screen) breakerLines() []string {
	w := s.Messages.Batch
	answers := s.yesNoHints(w.Continue, w.Stop)
	if is := s.active.progress.SameAnswer; is != (engine.Answer{}) {
		what := s.Messages.AnswerMeaning(is)
		return slices.Concat(s.textLines(s.Theme.Warn.Bold(true), s.Theme.Glyphs.Warning+" "+w.AskAfterIdentical),
			s.flow([]string{s.outcome(is.Outcome), s.Theme.Text.Render(what)}, "   "), []string{answers})
	}
	rows := s.active.progress.LatestIssues
	rows = rows[max(len(rows)-breakerRows, 0):]
	of := map[juhe.Outcome]int{}
	for _, t := range rows {
		of[t.Record.RowOutcome()]++
	}
	counts := []string{s.Theme.Label.Render(fmt.Sprintf(w.LastRows, len(rows)))}
	for _, o := range juhe.Outcomes() {
		if of[o] > 0 {
			counts = append(counts, s.outcome(o)+" "+fmt.Sprint(of[o]))
		}
	}
	return slices.Concat(s.textLines(s.Theme.Warn.Bold(true), s.Theme.Glyphs.Warning+" "+w.AskAfterFailures),
		s.flow(counts, "   "), []string{answers})
}

// breakerRows is the number of consecutive failures that pauses a run.
const breakerRows = 10

func (s *Screen) issueColumns() []widget.Column[*engine.RowIssue] {
	w := s.Messages.Batch
	return widget.FitColumns([]widget.Column[*engine.RowIssue]{
		{Name: colRun, Title: w.RowNumber, Width: 7},
		{Name: colFile, Title: s.Messages.Fields[juhe.Entname].Label, Width: min(max(s.width/4, 14), 36)},
		{Name: colState, Title: w.ResultHead, Width: s.Theme.OutcomeWidth(s.Messages)},
		{Name: colWhy, Title: w.Reason, Width: 8, Stretch: true},
	}, s.width-gutter-right)
}

func (s *Screen) issueHead() string {
	return s.pad(s.Theme.Label.Render(widget.Row(s.issueColumns(), func(c widget.Column[*engine.RowIssue]) string { return aligned(c, c.Title) })))
}

func (c *common) companyName(t engine.RowIssue) string {
	return juhe.Sanitize(ident.MaskEmbeddedIDs(juhe.Entname, t.Entname))
}

// issueLine returns the line of a row that needs attention. It is empty until the row
// has been read.
func (s *Screen) issueLine(t *engine.RowIssue, selected bool) string {
	if t == nil {
		return ""
	}
	styles := map[string]lipgloss.Style{colRun: s.Theme.Dim, colFile: s.Theme.Text, colWhy: s.Theme.Dim}
	if selected {
		styles[colRun], styles[colFile] = s.Theme.Selected, s.Theme.Selected
	}
	return s.Theme.PointerColumn(selected) + widget.Row(s.issueColumns(), func(c widget.Column[*engine.RowIssue]) string {
		text := ""
		switch c.Name {
		case colState:
			return s.outcome(t.Outcome)
		case colRun:
			text = aligned(c, fmt.Sprint(t.Row))
		case colFile:
			text = s.companyName(*t)
		case colWhy:
			text = juhe.Sanitize(t.Reason(s.Messages))
		}
		return styles[c.Name].Render(widget.PadTrunc(text, c.Width))
	})
}
