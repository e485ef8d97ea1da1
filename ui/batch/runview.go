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

// runBody is how the run stands, and below it the rows that need attention.
func (s *Screen) runBody(height int) []string {
	lines := s.runHead()
	count := s.troubled()
	r := s.troubleRoom(height, len(lines), count)
	if count == 0 || r.list < 1 {
		return lines
	}
	lines = append(lines, "", s.pad(s.Theme.Label.Render(fmt.Sprintf(s.Words.Batch.Troubles, count))))
	if r.head {
		lines = append(lines, s.troubleHead())
	}
	l := &s.troubles
	l.top = widget.ScrollIntoView(l.top, l.at, count, r.list)
	end := min(l.top+r.list, count)
	if r.marks {
		lines = append(lines, s.more(s.Words.Batch.Above, l.top))
	}
	for i := l.top; i < end; i++ {
		lines = append(lines, s.trouble(l.there(i), i == l.at))
	}
	if r.marks {
		lines = append(lines, s.more(s.Words.Batch.Below, count-end))
	}
	if t := l.there(l.at); t != nil && r.reason > 0 {
		text := strings.Join(strings.Fields(fmt.Sprintf("%d %s", t.Row, s.company(*t))), "  ") + "  " + juhe.Harmless(t.Why(s.Words))
		for _, line := range widget.WrapTrunc(text, s.width-2*gutter, r.reason) {
			lines = append(lines, s.pad(s.Theme.Text.Render(line)))
		}
	}
	return lines
}

// more says how many rows there are beyond those in sight.
func (s *Screen) more(text string, count int) string {
	if count == 0 {
		return ""
	}
	return s.pad(s.Theme.Dim.Render(fmt.Sprintf(text, count)))
}

// room is how the lines below the head of a run are shared out.
type room struct {
	list   int // rows in sight
	reason int // lines for why the selected one is there
	head   bool
	marks  bool // lines that say how many are out of sight
}

// troubleRoom shares out what is left below the head, with a title above.
func (s *Screen) troubleRoom(height, head, rows int) room {
	const most, some, title = 7, 3, 2
	r := room{list: height - head - title}
	switch {
	case r.list >= most:
		r.head, r.reason, r.list = true, 2, r.list-3
	case r.list >= some:
		r.reason, r.list = 1, r.list-1
	}
	if rows > r.list && r.head {
		r.marks, r.list = true, r.list-2
	}
	return r
}

// troubleHeight is how many of those rows are seen at once.
func (s *Screen) troubleHeight() int {
	return max(s.troubleRoom(s.height-len(s.panel()), len(s.runHead()), s.troubled()).list, 1)
}

func (s *Screen) runHead() []string {
	if s.watching() {
		return s.liveHead()
	}
	return s.shownHead()
}

// title is the file and the number of the run, and at the right how it stands.
func (s *Screen) runTitle(run lookup.Run, state string) string {
	title := s.Theme.Text.Bold(true).Render(s.inputName(run.InputPath))
	if run.ID != 0 {
		title += s.Theme.Dim.Render("  " + fmt.Sprintf(s.Words.Batch.Number, run.ID))
	}
	return widget.Justify(s.pad(title), state+strings.Repeat(" ", right), s.width)
}

// liveHead is the run that is driven here.
func (s *Screen) liveHead() []string {
	w, p := s.Words.Batch, s.live.progress
	state, style := s.Words.Runs.States[string(p.State)], s.Theme.Accent
	if p.State != engine.Running && p.State != engine.Preparing {
		style = s.Theme.Warn
	}
	said := ""
	switch {
	case p.State == engine.Paused && p.Reason == "":
		said = fmt.Sprintf(w.PausedNow, s.key(keymap.Pause))
	case p.Rest > 0:
		said = fmt.Sprintf(w.Resting, s.span(p.Rest))
	}
	lines := slices.Concat(
		[]string{s.runTitle(s.shown.Run, style.Render(state))}, s.space(), []string{s.progressLine()}, s.space(),
		s.flow(s.speed(), s.Theme.Dim.Render(" "+s.Theme.Glyphs.Dot+" ")), s.space(), s.flow(s.counts(p.Outcome, 0), "   "),
	)
	if said != "" {
		lines = slices.Concat(lines, s.space(), s.text(s.Theme.Warn, said))
	}
	return lines
}

// space is an empty line where there is room for one.
func (s *Screen) space() []string {
	const roomy = 18
	if s.height < roomy {
		return nil
	}
	return []string{""}
}

// progressLine is the bar, how much is done, and of how many rows.
func (s *Screen) progressLine() string {
	p := s.live.progress
	text := fmt.Sprintf("  %3d%%  %d / %d", s.percent(), p.Done, p.Rows)
	cells := max(s.width-2*gutter-widget.Width(text), 1)
	part := 0.0
	if p.Rows > 0 {
		part = float64(p.Done) / float64(p.Rows)
	}
	if p.State == engine.Writing {
		part = p.Read
	}
	return s.pad(s.Theme.Bar(part, cells) + s.Theme.Text.Render(text))
}

// speed says how fast it goes, how long it takes, and what it may have cost.
func (s *Screen) speed() []string {
	w, p := s.Words.Batch, s.live.progress
	var all []string
	if p.State == engine.Running {
		all = append(all, fmt.Sprintf(w.Rate, p.Rate))
		if p.Left > 0 {
			all = append(all, fmt.Sprintf(w.Left2, s.span(p.Left)))
		}
	}
	all = append(all, fmt.Sprintf(w.UnderWay, p.UnderWay), s.sentText(p.Sent))
	for i, text := range all {
		all[i] = s.Theme.Text.Render(text)
	}
	return all
}

// sentText is how many were sent, with the estimate.
func (s *Screen) sentText(sent int) string {
	text := fmt.Sprintf(s.Words.Batch.Sent, sent)
	if price := s.billed(sent); price != "" {
		text += "  " + price
	}
	return text
}

// shownHead is a run that nobody drives here.
func (s *Screen) shownHead() []string {
	sum, w := s.shown, s.Words.Batch
	style := s.Theme.Warn
	if done(sum) {
		style = s.Theme.OutcomeStyle["match"]
	}
	lines := append([]string{s.runTitle(sum.Run, style.Render(s.stateText(sum)))}, s.space()...)
	waiting := sum.Outcome[juhe.Unsent]
	lines = append(lines, s.flow(s.counts(sum.Outcome, waiting), "   ")...)
	more := []string{fmt.Sprintf(w.RowsOf, sum.Run.Rows)}
	if n := sum.Run.Duplicate; n > 0 {
		more = append(more, fmt.Sprintf(w.DuplicateOf, n))
	}
	if n := sum.Run.Invalid; n > 0 {
		more = append(more, fmt.Sprintf(w.InvalidOf, n))
	}
	lines = append(lines, s.flow(append(more, s.sentText(sum.Sent)), s.Theme.Dim.Render(" "+s.Theme.Glyphs.Dot+" "))...)
	return slices.Concat(lines, s.space(), s.shownFacts(sum), s.space(), s.why(sum))
}

// shownFacts are where everything is and when it was.
func (s *Screen) shownFacts(sum engine.Summary) []string {
	w, run := s.Words.Batch, sum.Run
	out := s.path(run.OutputPath)
	if run.OutputHash == "" {
		out = w.NotWritten
		if !sum.Finished() {
			out = fmt.Sprintf(w.NotYetWritten, s.key(keymap.ExportRun))
		}
	}
	began := s.when(run.StartedAt)
	if run.Elapsed > 0 {
		began += "  " + fmt.Sprintf(w.Took, s.span(run.Elapsed))
	}
	facts := [][2]string{{w.Out, out}, {w.Input, s.inputPath(run.InputPath)}, {w.When, began}, {s.Words.Form.Endpoint, string(run.Query.API)}}
	label := 0
	for _, f := range facts {
		label = max(label, widget.Width(f[0]))
	}
	var lines []string
	for _, f := range facts {
		for i, line := range widget.Wrap(f[1], s.width-2*gutter-label-gap) {
			title := ""
			if i == 0 {
				title = f[0]
			}
			lines = append(lines, s.pad(s.Theme.Label.Render(widget.PadTrunc(title, label+gap))+s.Theme.Text.Render(line)))
		}
	}
	return lines
}

// why says why a run is not finished, and how to go on with it.
func (s *Screen) why(sum engine.Summary) []string {
	w := s.Words.Batch
	var lines []string
	if l := s.live; l != nil && l.ended && l.run.Kept().ID == sum.Run.ID {
		if l.unsaved > 0 {
			lines = append(lines, s.text(s.Theme.Error, fmt.Sprintf(w.Unsaved, l.unsaved))...)
		}
		if l.err != nil {
			lines = append(lines, s.text(s.Theme.Error, s.errorText(l.err))...)
		}
	}
	if code := sum.StopCode(); code != 0 {
		lines = append(lines, s.text(s.Theme.Warn, s.Words.Stopped(string(sum.Run.StopReason), code)+s.Words.Semicolon+s.Words.NextStep("", "", code))...)
	}
	switch {
	case !sum.Finished():
		lines = append(lines, s.text(s.Theme.Text, fmt.Sprintf(w.HowToResume, s.key(keymap.ResumeRun)))...)
	case sum.Run.OutputHash == "":
		lines = append(lines, s.text(s.Theme.Text, fmt.Sprintf(w.HowToWrite, s.key(keymap.ResumeRun), s.key(keymap.ExportRun)))...)
	}
	if n := sum.Outcome[juhe.Lost]; n > 0 {
		lines = append(lines, s.text(s.Theme.Warn, fmt.Sprintf(w.HowToResend, n, s.key(keymap.ResendLost)))...)
	}
	return lines
}

// unwellLines ask whether to go on although the service is unwell.
func (s *Screen) unwellLines() []string {
	w := s.Words.Batch
	answers := s.pad(s.hint(keymap.Yes, w.GoOn) + "    " + s.hint(keymap.No, w.Stop))
	if is := s.live.progress.Alike; is != (engine.Answer{}) {
		what := s.Words.Meaning(string(is.Outcome), "", "", is.Code)
		return slices.Concat(s.text(s.Theme.Warn.Bold(true), s.Theme.Glyphs.Warning+" "+w.Alike),
			s.flow([]string{s.outcome(is.Outcome), s.Theme.Text.Render(what)}, "   "), []string{answers})
	}
	rows := s.live.progress.Trouble
	rows = rows[max(len(rows)-unwellRows, 0):]
	of := map[juhe.Outcome]int{}
	for _, t := range rows {
		of[t.Record.RowOutcome()]++
	}
	var ends []string
	for _, o := range juhe.Outcomes() {
		if of[o] > 0 {
			ends = append(ends, s.outcome(o)+" "+fmt.Sprint(of[o]))
		}
	}
	return slices.Concat(s.text(s.Theme.Warn.Bold(true), s.Theme.Glyphs.Warning+" "+w.Unwell),
		s.flow(slices.Concat([]string{s.Theme.Label.Render(fmt.Sprintf(w.LastRows, len(rows)))}, ends), "   "),
		[]string{answers})
}

// unwellRows is how many rows in succession end badly before a run asks.
const unwellRows = 10

// troubleColumns are those of the rows that need attention.
func (s *Screen) troubleColumns() []widget.Column {
	w, outcome := s.Words.Batch, 0
	for _, word := range s.Words.Outcomes {
		outcome = max(outcome, widget.Width(word)+2)
	}
	return widget.FitColumns([]widget.Column{
		{Name: colRun, Title: w.RowNumber, Width: 7},
		{Name: colFile, Title: s.Words.Fields[string(ident.Entname)].Label, Width: min(max(s.width/4, 14), 36)},
		{Name: colState, Title: w.ResultHead, Width: outcome},
		{Name: colWhy, Title: w.Reason, Width: 8, Stretch: true},
	}, s.width-gutter-right)
}

func (s *Screen) troubleHead() string {
	return s.pad(s.Theme.Label.Render(widget.Row(s.troubleColumns(), func(c widget.Column) string { return aligned(c, c.Title) })))
}

func (s *Screen) company(t engine.Trouble) string {
	return juhe.Harmless(ident.MaskEmbeddedIDs(ident.Entname, t.Entname))
}

// trouble is a row that needs attention: which, and why. One that has not been read
// yet is empty.
func (s *Screen) trouble(t *engine.Trouble, selected bool) string {
	if t == nil {
		return ""
	}
	styles := map[string]lipgloss.Style{colRun: s.Theme.Dim, colFile: s.Theme.Text, colWhy: s.Theme.Dim}
	if selected {
		styles[colRun], styles[colFile] = s.Theme.Selected, s.Theme.Selected
	}
	return s.Theme.PointerColumn(selected) + widget.Row(s.troubleColumns(), func(c widget.Column) string {
		text := ""
		switch c.Name {
		case colState:
			return s.outcome(t.Outcome)
		case colRun:
			text = aligned(c, fmt.Sprint(t.Row))
		case colFile:
			text = s.company(*t)
		case colWhy:
			text = juhe.Harmless(t.Why(s.Words))
		}
		return styles[c.Name].Render(widget.PadTrunc(text, c.Width))
	})
}
