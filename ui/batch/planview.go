package batch

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// numberWidth is the width of the field for the number of calls, in cells.
const numberWidth = 12

// countLines returns the numbers of rows.
func (s *Screen) countLines() []string {
	p, t := s.draft.plan, s.Theme
	counts := append(p.Counts(s.Messages.Batch.InvalidNote), consent.Count{Label: s.Messages.Runs.Plan.Calls, Rows: p.Calls, Note: s.estimateText(s.billableCalls())})
	label := 0
	for _, c := range counts {
		label = max(label, widget.Width(c.Label))
	}
	var lines []string
	for i, c := range counts {
		isCalls, style := i == len(counts)-1, t.Text
		switch {
		case isCalls:
			style = style.Bold(true)
		case c.Rows == 0:
			continue
		case c.Warn:
			style = t.Warn
		}
		lines = append(lines, s.pad(t.Label.Render(widget.PadTrunc(c.Label, label))+style.Render(fmt.Sprintf("%9d", c.Rows))+t.Dim.Render("  "+c.Note)))
	}
	return lines
}

// planTop returns the plan above the list of rows.
func (s *Screen) planTop() []string {
	kept := s.draft.run.Record()
	lines := append([]string{s.runName(kept)}, s.countLines()...)
	notes, above := s.planNotes(), s.planIssuesTitle()
	const faults = 4 // lines of them that are worth more
	room := s.planHeight() - len(lines) - len(notes) - len(above) - min(len(s.planIssues()), faults) - len(s.planEnd())
	where, whole := s.planSettings(room)
	if !whole { // the endpoint must be visible
		what := string(kept.Query.API)
		if kept.Query.Regstatus {
			what += "  " + s.Messages.Form.Regstatus
		}
		lines[0] = s.runTitle(kept, s.Theme.Dim.Render(what))
	}
	return slices.Concat(lines, where, notes, above)
}

// planNotes returns what the operator must know before paying.
func (s *Screen) planNotes() []string {
	w, p := s.Messages.Batch, s.draft.plan
	var lines []string
	add := func(style lipgloss.Style, text string) {
		lines = append(lines, s.textLines(style, text)...)
	}
	mark, changed := s.Theme.Glyphs.Warning+" ", s.Theme.Glyphs.Changed+" "
	count := func(style lipgloss.Style, format string, n int) {
		if n > 0 {
			add(style, fmt.Sprintf(format, n))
		}
	}
	for _, whole := range p.TableFaults {
		add(s.Theme.Error, mark+s.Messages.TableFault(whole))
	}
	if s.NoKey && p.Calls > 0 {
		add(s.Theme.Error, mark+s.Messages.Form.NoKey)
	}
	if s.Insecure && p.Calls > 0 {
		add(s.Theme.Warn, mark+s.Messages.App.Plain+s.Messages.Colon+juhe.Sanitize(s.Service))
	}
	count(s.Theme.Warn, mark+s.Messages.Runs.Plan.Hidden, p.Hidden)
	count(s.Theme.Warn, mark+s.Messages.Runs.Plan.Formulas, p.Formulas)
	count(s.Theme.Note, changed+s.Messages.Runs.Plan.Merged, p.Merged)
	if p.HistoryLost {
		add(s.Theme.Warn, mark+s.Messages.Runs.Plan.HistoryLost)
	}
	count(s.Theme.Warn, mark+s.Messages.Runs.Plan.UnusableVerdicts, p.VerdictUnusable)
	if p.ClockBehind != "" {
		add(s.Theme.Warn, mark+fmt.Sprintf(s.Messages.Runs.Plan.Clock, s.Now().Format(lookup.ZonedTimeLayout), p.ClockBehind))
	}
	if left := s.billableCalls(); left < p.Calls && left > 0 { // otherwise the question says so
		add(s.Theme.Warn, mark+fmt.Sprintf(w.Limit, p.SentToday, p.DailyLimit, left))
	}
	if text := p.WarningCounts(); text != "" {
		add(s.Theme.Warn, mark+s.Messages.Runs.Plan.Warnings+s.Messages.Colon+text)
	}
	count(s.Theme.Note, changed+s.Messages.Runs.Plan.Normalized, p.Normalized)
	count(s.Theme.Note, changed+s.Messages.Runs.Plan.TextPrefixes, p.Wrapped)
	if len(lines) > 0 {
		lines = append([]string{""}, lines...)
	}
	return lines
}

func (s *Screen) planIssuesTitle() []string {
	if len(s.draft.plan.InvalidRows) == 0 {
		return nil
	}
	return []string{"", s.pad(s.Theme.Label.Render(s.Messages.Runs.Plan.Faults))}
}

// planLines returns the number of lines of the plan.
func (s *Screen) planLines() int {
	return len(s.planTop()) + len(s.planIssues()) + len(s.planEnd())
}

func (s *Screen) planHeight() int { return max(s.height-len(s.panel()), 1) }

// planEnd returns text saying how many rows with warnings are not listed.
func (s *Screen) planEnd() []string {
	p := s.draft.plan
	return s.moreRows(s.Messages.Runs.RowWarnings.More, p.Warned-len(p.WarnedRows))
}

func (s *Screen) moreRows(text string, more int) []string {
	if more <= 0 {
		return nil
	}
	return []string{s.pad(s.Theme.Dim.Render(fmt.Sprintf(text, more)))}
}

// issueLines caches the lines of a list of rows for a width.
type issueLines struct {
	width int
	lines []string
}

// planIssues returns the rows that are invalid or have warnings. There may be many, so
// the lines are cached.
func (s *Screen) planIssues() []string {
	f := &s.draft.issueLines
	if f.width != s.width {
		f.width, f.lines = s.width, nil
		p := s.draft.plan
		for _, t := range p.InvalidRows {
			f.lines = append(f.lines, s.invalidRowLines(t)...)
		}
		f.lines = append(f.lines, s.moreRows(s.Messages.Runs.Plan.More, p.Invalid-len(p.InvalidRows))...)
		if p.Warned > 0 {
			f.lines = append(f.lines, "", s.pad(s.Theme.Label.Render(s.Messages.Runs.RowWarnings.Heading(s.draft.run.Record().HoldWarned))))
		}
		for _, t := range p.WarnedRows {
			f.lines = append(f.lines, s.warnedRowLines(t)...)
		}
	}
	return f.lines
}

// warnedRowLines returns the warnings of a row, one a line, and its company.
func (s *Screen) warnedRowLines(t engine.RowIssue) []string {
	var lines []string
	for _, warning := range s.draft.plan.Warnings(t) {
		lines = append(lines, s.withPlace(warning[0], warning[1])...)
	}
	return append(lines, s.indented(s.companyName(t))...)
}

// withPlace returns a text behind the cell that it is about.
func (s *Screen) withPlace(where, text string) []string {
	var lines []string
	for i, line := range widget.Wrap(where+"  "+text, s.width-gutter-right) {
		if rest, ok := strings.CutPrefix(line, where); ok && i == 0 {
			line = s.Theme.Warn.Render(where) + s.Theme.Text.Render(rest)
		} else {
			line = s.Theme.Text.Render(line)
		}
		lines = append(lines, s.pad(line))
	}
	return lines
}

// indented returns a text in lines with an indent.
func (s *Screen) indented(text string) []string {
	const indent = "    "
	return widget.Hang(s.pad(indent), s.Theme.Dim, widget.Wrap(text, s.width-gutter-right-len(indent)))
}

// planBody returns the visible lines.
func (s *Screen) planBody(height int) []string {
	all := slices.Concat(s.planTop(), s.planIssues(), s.planEnd())
	s.scroll = max(0, min(s.scroll, len(all)-height))
	end := min(s.scroll+height, len(all))
	lines := slices.Clone(all[s.scroll:end])
	if end < len(all) && len(lines) > 0 {
		lines[len(lines)-1] = s.pad(s.Theme.Dim.Render(fmt.Sprintf(s.Messages.Batch.Below, len(all)-end+1)))
	}
	return lines
}

// invalidRowLines returns text saying why a row cannot be sent and how to fix it.
func (s *Screen) invalidRowLines(t engine.RowIssue) []string {
	w := s.Messages
	why := w.RowReason(t.Fault)
	where := fmt.Sprintf(w.Runs.Plan.FaultAt, t.Row, table.ColumnName(max(t.Fault.Column, 0)))
	return append(s.withPlace(where, why), s.indented(s.companyName(t)+"  "+w.RowCure(t.Fault))...)
}

// planSettings returns the settings of the run, the most important ones that fit. asked
// reports whether the endpoint is among them.
func (s *Screen) planSettings(room int) (lines []string, asked bool) {
	w, kept := s.Messages.Batch, s.draft.run.Record()
	yesNo := s.Messages.Form.Off
	if kept.Query.Regstatus {
		yesNo = s.Messages.Form.On
	}
	all := []struct {
		label, text string
		rank        int
	}{
		{s.Messages.Form.Endpoint, string(kept.Query.API) + "  " + s.Messages.Endpoints[kept.Query.API], 1},
		{s.Messages.Form.Regstatus, yesNo, 2},
		{w.Service, s.Service, 4},
		{w.Output, juhe.Sanitize(kept.OutputPath), 0},
		{w.Duration, s.planDuration(), 3},
		{w.Sheet, s.otherSheets(), 5},
	}
	label := 0
	for _, f := range all {
		label = max(label, widget.Width(f.label))
	}
	drawn := make([][]string, len(all))
	const asks = 2
	room-- // for an empty line
	for rank := range all {
		for i, f := range all {
			if f.rank != rank || f.text == "" {
				continue
			}
			lines := s.labelled(f.label, f.text, label)
			if room -= len(lines); room >= 0 {
				drawn[i] = lines
			}
			asked = asked || rank == asks && room >= 0
		}
	}
	if lines = slices.Concat(drawn...); len(lines) > 0 {
		lines = append([]string{""}, lines...)
	}
	return lines, asked
}

// labelled returns a text behind its label, in lines.
func (c *common) labelled(label, text string, width int) []string {
	head := c.pad(c.Theme.Label.Render(widget.PadTrunc(label, width+gap)))
	return widget.Hang(head, c.Theme.Text, widget.Wrap(text, c.width-2*gutter-width-gap))
}

// planDuration returns how long the calls take at the configured rate, or "" if it is
// unknown.
func (s *Screen) planDuration() string {
	pay := s.billableCalls()
	if s.Rate <= 0 || pay == 0 {
		return ""
	}
	seconds := max(float64(pay)/s.Rate, 1)
	return s.durationText(time.Duration(seconds*float64(time.Second))) + "  (" + fmt.Sprintf(s.Messages.Runs.Progress.Rate, s.Rate) + ")"
}

// otherSheets names the sheets that are not read if the operator chose none, or says
// that the sheet is hidden.
func (s *Screen) otherSheets() string {
	others, name := s.draft.run.OtherSheets(), s.draft.run.Record().Sheet
	switch {
	case s.draft.run.Input().IsSheetHidden():
		return juhe.Sanitize(fmt.Sprintf(s.Messages.Runs.Plan.HiddenSheet, name))
	case len(others) == 0:
		return ""
	}
	return juhe.Sanitize(fmt.Sprintf(s.Messages.Batch.OtherSheets, name, strings.Join(others, s.Messages.Semicolon)))
}

// questionLines asks whether to send.
func (s *Screen) questionLines() []string {
	w, d, pay := s.Messages.Batch, s.draft, s.billableCalls()
	var lines []string
	switch {
	case !d.hasWork():
		return append(s.textLines(s.Theme.Warn, w.NothingToDo), s.backHint())
	case !s.canStart():
		return append(s.textLines(s.Theme.Warn, w.LimitReached), s.backHint())
	case d.plan.Calls == 0:
		return append(s.textLines(s.Theme.Text, w.AskFree), s.yesNoHints(w.Write, w.DoNotWrite))
	case s.asksTableFault():
		return append(s.textLines(s.Theme.Error.Bold(true), s.Messages.Runs.TableFaults.Ask), s.yesNoHints(s.Messages.Runs.TableFaults.Send, w.DoNot))
	case d.resend:
		lines = s.textLines(s.Theme.Warn.Bold(true), fmt.Sprintf(w.AskResend, pay, s.costSuffix(pay)))
	default:
		lines = s.textLines(s.Theme.Warn.Bold(true), fmt.Sprintf(w.Ask, pay, s.costSuffix(pay)))
	}
	if pay < d.plan.Calls {
		lines = append(lines, s.textLines(s.Theme.Warn, fmt.Sprintf(w.Limited, pay, d.plan.Calls-pay))...)
	}
	if s.needsNumber() {
		return append(lines, s.pad(s.Theme.Text.Render(fmt.Sprintf(w.TypeNumber, pay, s.Options.Keys.Name(keymap.Accept)))+" "+d.number.View()))
	}
	return append(lines, s.yesNoHints(w.Start, w.DoNot))
}

func (c *common) yesNoHints(yes, no string) string {
	return c.pad(c.Hint(keymap.Yes, yes) + "    " + c.Hint(keymap.No, no))
}

// backHint names the keys that leave the plan.
func (s *Screen) backHint() string {
	back := s.Options.Keys[keymap.Back]
	return s.pad(s.Theme.Key.Render(s.Options.Keys.Name(keymap.No)+"/"+s.Options.Keys.Name(keymap.Back)) + " " + back.Help().Desc)
}

// costSuffix returns the estimate for a question, or that the demo is free.
func (c *common) costSuffix(calls int) string {
	yuan, known := lookup.Estimate(calls, c.Price)
	switch {
	case c.Demo:
		return c.Messages.Batch.DemoIsFree
	case !known:
		return ""
	}
	return fmt.Sprintf(c.Messages.Batch.Estimate, yuan)
}

func (s *Screen) numberLeft() int {
	return gutter + widget.Width(fmt.Sprintf(s.Messages.Batch.TypeNumber, s.billableCalls(), s.Options.Keys.Name(keymap.Accept))) + 1
}
