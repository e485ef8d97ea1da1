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

// View draws the visible part of the plan.
func (p *planPage) View(height int) []string {
	return widget.Viewport(p.lines(max(height, 1)), &p.scroll, height, p.Theme, p.Messages.Batch.Below)
}

// lines returns the whole plan. The settings are those that fit into a height.
func (p *planPage) lines(height int) []string {
	w, record := p.Messages.Runs, p.run.Record()
	head := append([]string{p.runName(record)}, p.countLines()...)
	notes, rows := p.notes(), p.issues()
	var title, end []string
	if len(p.plan.InvalidRows) > 0 {
		title = []string{"", p.pad(p.Theme.Label.Render(w.Plan.Faults))}
	}
	if more := p.plan.Warned - len(p.plan.WarnedRows); more > 0 {
		end = []string{p.dimLine(w.RowWarnings.More, more)}
	}
	const faults = 4 // lines of them that are worth more than settings
	settings, whole := p.settings(height - len(head) - len(notes) - len(title) - min(len(rows), faults) - len(end))
	if !whole { // the endpoint must be visible
		what := string(record.Query.API)
		if record.Query.Regstatus {
			what += "  " + p.Messages.Form.Regstatus
		}
		head[0] = p.runTitle(record, p.Theme.Dim.Render(what))
	}
	return slices.Concat(head, settings, notes, title, rows, end)
}

// countLines returns the numbers of rows.
func (p *planPage) countLines() (lines []string) {
	plan, t := p.plan, p.Theme
	calls := consent.Count{Label: p.Messages.Runs.Plan.Calls, Rows: plan.Calls, Note: p.Messages.Estimate(plan.Sendable(), p.Price)}
	counts := append(plan.Counts(p.Messages.Batch.InvalidNote), calls)
	label := 0
	for _, c := range counts {
		label = max(label, widget.Width(c.Label))
	}
	for _, c := range counts {
		style := t.Text
		switch {
		case c == calls:
			style = style.Bold(true)
		case c.Rows == 0:
			continue
		case c.Warn:
			style = t.Warn
		}
		lines = append(lines, p.pad(t.Label.Render(widget.PadTrunc(c.Label, label))+style.Render(fmt.Sprintf("%9d", c.Rows))+t.Dim.Render("  "+c.Note)))
	}
	return lines
}

// settings returns the settings of the run, the most important ones that fit. asked
// reports whether the endpoint is among them.
func (p *planPage) settings(room int) (lines []string, asked bool) {
	w, f, record := p.Messages.Batch, p.Messages.Form, p.run.Record()
	regstatus := f.Off
	if record.Query.Regstatus {
		regstatus = f.On
	}
	all := [][2]string{
		{f.Endpoint, string(record.Query.API) + "  " + p.Messages.Endpoints[record.Query.API]},
		{f.Regstatus, regstatus},
		{p.Messages.Form.Service, p.Service},
		{p.Messages.Runs.Plan.Out, juhe.Sanitize(record.OutputPath)},
		{w.Duration, p.duration()},
		{w.Sheet, p.otherSheets()},
	}
	facts := p.facts(all)
	drawn := make([][]string, len(all))
	room--                                         // for an empty line
	for _, i := range [...]int{3, 0, 1, 4, 2, 5} { // the most important first
		if all[i][1] == "" {
			continue
		}
		if room -= len(facts[i]); room >= 0 {
			drawn[i] = facts[i]
		}
		asked = asked || i == 1 && room >= 0
	}
	if lines = slices.Concat(drawn...); len(lines) > 0 {
		lines = append([]string{""}, lines...)
	}
	return lines, asked
}

// duration returns how long the calls take at the configured rate, or "" if it is
// unknown.
func (p *planPage) duration() string {
	calls := p.plan.Sendable()
	if p.Rate <= 0 || calls == 0 {
		return ""
	}
	seconds := max(float64(calls)/p.Rate, 1)
	return p.durationText(time.Duration(seconds*float64(time.Second))) + "  (" + fmt.Sprintf(p.Messages.Runs.Progress.Rate, p.Rate) + ")"
}

// otherSheets names the sheets that are not read if the operator chose none, or says
// that the sheet is hidden.
func (p *planPage) otherSheets() string {
	others, name := p.run.OtherSheets(), p.run.Record().Sheet
	switch {
	case p.run.Input().IsSheetHidden():
		return juhe.Sanitize(fmt.Sprintf(p.Messages.Runs.Plan.HiddenSheet, name))
	case len(others) == 0:
		return ""
	}
	return juhe.Sanitize(fmt.Sprintf(p.Messages.Batch.OtherSheets, name, strings.Join(others, p.Messages.Semicolon)))
}

// notes returns what the operator must know before paying.
func (p *planPage) notes() (lines []string) {
	w, plan, t := p.Messages.Runs.Plan, p.plan, p.Theme
	mark := t.Glyphs.Warning + " "
	add := func(style lipgloss.Style, text string) {
		if len(lines) == 0 {
			lines = []string{""}
		}
		lines = append(lines, p.textLines(style, text)...)
	}
	for _, fault := range plan.TableFaults {
		add(t.Error, mark+p.Messages.TableFault(fault))
	}
	if p.NoKey && plan.Calls > 0 {
		add(t.Error, mark+p.Messages.Form.NoKey)
	}
	if p.Insecure && plan.Calls > 0 {
		add(t.Warn, mark+p.Messages.App.Plain+p.Messages.Colon+juhe.Sanitize(p.Service))
	}
	if left := plan.Sendable(); left < plan.Calls && left > 0 { // otherwise the question says so
		add(t.Warn, mark+fmt.Sprintf(p.Messages.Batch.Limit, plan.SentToday, plan.DailyLimit, left))
	}
	if text := plan.WarningCounts(); text != "" {
		add(t.Warn, mark+w.Warnings+p.Messages.Colon+text)
	}
	for _, n := range plan.Notes(p.Now()) {
		if n.Minor {
			add(t.Note, t.Glyphs.Changed+" "+n.Text)
		} else {
			add(t.Warn, mark+n.Text)
		}
	}
	return lines
}

// issues returns the rows that are invalid or have warnings. There may be many, so the
// lines are cached.
func (p *planPage) issues() []string {
	if p.issueWidth == p.width {
		return p.issueLines
	}
	w := p.Messages.Runs
	var lines []string
	for _, row := range p.plan.InvalidRows {
		where := fmt.Sprintf(w.Plan.FaultAt, row.Row, table.ColumnName(max(row.Fault.Column, 0)))
		lines = append(lines, p.withPlace(where, p.Messages.RowReason(row.Fault))...)
		lines = append(lines, p.company(row, "  "+p.Messages.RowCure(row.Fault))...)
	}
	if more := p.plan.Invalid - len(p.plan.InvalidRows); more > 0 {
		lines = append(lines, p.dimLine(w.Plan.More, more))
	}
	if p.plan.Warned > 0 {
		lines = append(lines, "", p.pad(p.Theme.Label.Render(w.RowWarnings.Heading(p.run.Record().HoldWarned))))
	}
	for _, row := range p.plan.WarnedRows {
		for _, warning := range p.plan.Warnings(row) {
			lines = append(lines, p.withPlace(warning[0], warning[1])...)
		}
		lines = append(lines, p.company(row, "")...)
	}
	p.issueWidth, p.issueLines = p.width, lines
	return lines
}

// withPlace returns a text behind the cell that it is about.
func (p *planPage) withPlace(where, text string) []string {
	var lines []string
	for i, line := range widget.Wrap(where+"  "+text, p.width-widget.Gutter-widget.Right) {
		if rest, ok := strings.CutPrefix(line, where); ok && i == 0 {
			line = p.Theme.Warn.Render(where) + p.Theme.Text.Render(rest)
		} else {
			line = p.Theme.Text.Render(line)
		}
		lines = append(lines, p.pad(line))
	}
	return lines
}

// company returns the company of a row and what to do about it.
func (p *planPage) company(row engine.RowIssue, cure string) []string {
	const indent = "    "
	return widget.Hang(p.pad(indent), p.Theme.Dim, widget.Wrap(lookup.MaskCompany(row.Entname)+cure, p.width-widget.Gutter-widget.Right-len(indent)))
}

// Panel asks whether to send.
func (p *planPage) Panel() []string {
	w, t, calls := p.Messages.Batch, p.Theme, p.plan.Sendable()
	ask := w.Ask
	switch {
	case !p.hasWork():
		return append(p.textLines(t.Warn, w.NothingToDo), p.backHint())
	case !p.canStart():
		return append(p.textLines(t.Warn, w.LimitReached), p.backHint())
	case p.plan.Calls == 0:
		return append(p.textLines(t.Text, w.AskFree), p.yesNoHints(w.Write, w.DoNotWrite))
	case p.asksTableFault():
		faults := p.Messages.Runs.TableFaults
		return append(p.textLines(t.Error.Bold(true), faults.Ask), p.yesNoHints(faults.Send, p.Messages.Form.DoNotSend))
	case p.resend:
		ask = w.AskResend
	}
	lines := p.textLines(t.Warn.Bold(true), fmt.Sprintf(ask, calls, p.costSuffix(calls)))
	if calls < p.plan.Calls {
		lines = append(lines, p.textLines(t.Warn, fmt.Sprintf(w.Limited, calls, p.plan.Calls-calls))...)
	}
	if p.Typing() {
		return append(lines, p.pad(t.Text.Render(p.numberLabel())+" "+p.number.View()))
	}
	return append(lines, p.yesNoHints(w.Start, p.Messages.Form.DoNotSend))
}

func (p *planPage) numberLabel() string {
	return fmt.Sprintf(p.Messages.Batch.TypeNumber, p.plan.Sendable(), p.Options.Keys.Name(keymap.Accept))
}

// backHint names the keys that leave the plan.
func (p *planPage) backHint() string {
	k := p.Options.Keys
	return p.pad(p.Theme.Key.Render(k.Name(keymap.No)+"/"+k.Name(keymap.Back)) + " " + k[keymap.Back].Help().Desc)
}

// costSuffix returns the estimate for a question, or that the demo is free.
func (p *planPage) costSuffix(calls int) string {
	yuan, known := lookup.Estimate(calls, p.Price)
	switch {
	case p.Demo:
		return p.Messages.Batch.DemoIsFree
	case !known:
		return ""
	}
	return fmt.Sprintf(p.Messages.Batch.Estimate, yuan)
}
