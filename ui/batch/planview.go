package batch

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// numberWidth is the room for a number of calls, in cells.
const numberWidth = 12

// fact is a line of the plan: how many rows, and what that means.
type fact struct {
	label string
	count int
	note  string
	style lipgloss.Style
	must  bool // it stands there even if there are none
}

func (s *Screen) planFacts() []fact {
	w, p, t := s.Words.Batch, s.draft.plan, s.Theme
	return []fact{
		{w.Rows, p.Rows, "", t.Text, true},
		{w.Invalid, p.Invalid, w.InvalidNote, t.Warn, false},
		{w.Duplicate, p.Duplicate, w.DuplicateNote, t.Text, false},
		{w.Before, p.Ended, w.BeforeNote, t.Text, false},
		{w.Repeated, p.Repeated, w.RepeatedNote, t.Text, false},
		{w.Unsettled, p.Unsettled, w.UnsettledNote, t.Warn, false},
		{s.Words.Runs.Warned.Label, p.Warned, s.warnedNote(), t.Warn, false},
		{w.Calls, p.Calls, s.billed(s.payable()), t.Text.Bold(true), true},
	}
}

// warnedNote says what becomes of rows with warnings.
func (s *Screen) warnedNote() string {
	if s.draft.run.Kept().HoldWarned {
		return s.Words.Runs.Warned.Held
	}
	return s.Words.Runs.Warned.Sent
}

// planTop is the plan above the list of rows that cannot be sent.
func (s *Screen) planTop() []string {
	kept := s.draft.run.Kept()
	title := s.Theme.Text.Bold(true).Render(s.inputName(kept.InputPath))
	if kept.ID != 0 {
		title += s.Theme.Dim.Render("  " + fmt.Sprintf(s.Words.Batch.Number, kept.ID))
	}
	lines := []string{s.pad(title)}
	label := 0
	facts := s.planFacts()
	for _, f := range facts {
		label = max(label, widget.Width(f.label))
	}
	for _, f := range facts {
		if f.count > 0 || f.must {
			lines = append(lines, s.pad(s.Theme.Label.Render(widget.PadTrunc(f.label, label))+f.style.Render(fmt.Sprintf("%9d", f.count))+
				s.Theme.Dim.Render("  "+f.note)))
		}
	}
	notes, above := s.planNotes(), s.planFaultsTitle()
	const faults = 4 // lines of them that are worth more
	room := s.planHeight() - len(lines) - len(notes) - len(above) - min(len(s.planFaults()), faults) - len(s.planEnd())
	where, whole := s.planWhere(room)
	if !whole { // what is asked has to stand somewhere
		what := string(kept.Query.API)
		if kept.Query.Regstatus {
			what += "  " + s.Words.Form.Regstatus
		}
		lines[0] = widget.Justify(s.pad(title), s.Theme.Dim.Render(what)+strings.Repeat(" ", right), s.width)
	}
	return slices.Concat(lines, where, notes, above)
}

// planNotes are what is worth knowing before paying.
func (s *Screen) planNotes() []string {
	w, p := s.Words.Batch, s.draft.plan
	var lines []string
	add := func(style lipgloss.Style, text string) {
		lines = append(lines, s.text(style, text)...)
	}
	mark := s.Theme.Glyphs.Warning + " "
	for _, whole := range p.Whole {
		add(s.Theme.Error, mark+whole.Text(s.Words))
	}
	if s.NoKey && p.Calls > 0 {
		add(s.Theme.Error, mark+s.Words.Form.NoKey)
	}
	if s.Plain && p.Calls > 0 {
		add(s.Theme.Warn, mark+s.Words.App.Plain+s.Words.Colon+juhe.Harmless(s.Service))
	}
	if p.Hidden > 0 {
		add(s.Theme.Warn, mark+fmt.Sprintf(s.Words.Runs.Plan.Hidden, p.Hidden))
	}
	if p.Formulas > 0 {
		add(s.Theme.Warn, mark+fmt.Sprintf(s.Words.Runs.Plan.Formulas, p.Formulas))
	}
	if p.Merged > 0 {
		add(s.Theme.Note, s.Theme.Glyphs.Changed+" "+fmt.Sprintf(s.Words.Runs.Plan.Merged, p.Merged))
	}
	if p.Forgotten {
		add(s.Theme.Warn, mark+w.Forgotten)
	}
	if p.Concluded > 0 {
		add(s.Theme.Warn, mark+fmt.Sprintf(s.Words.Runs.Plan.Concluded, p.Concluded))
	}
	if p.Clock != "" {
		add(s.Theme.Warn, mark+fmt.Sprintf(s.Words.Runs.Plan.Clock, s.Now().Format(lookup.TimeZoned), p.Clock))
	}
	if left := s.payable(); left < p.Calls && left > 0 { // else the question says it
		add(s.Theme.Warn, mark+fmt.Sprintf(w.Limit, p.Today, p.Limit, left))
	}
	var remarks []string
	for _, rule := range ident.Rules() {
		if n := p.Remarks[rule]; n > 0 {
			remarks = append(remarks, fmt.Sprintf(w.Remark, w.Remarks[string(rule)], n))
		}
	}
	if len(remarks) > 0 {
		add(s.Theme.Warn, mark+w.RemarksTitle+s.Words.Colon+strings.Join(remarks, s.Words.Semicolon))
	}
	if p.Tidied > 0 {
		add(s.Theme.Note, s.Theme.Glyphs.Changed+" "+fmt.Sprintf(w.Tidied, p.Tidied))
	}
	if p.Wrapped > 0 {
		add(s.Theme.Note, s.Theme.Glyphs.Changed+" "+fmt.Sprintf(w.Wrapped, p.Wrapped))
	}
	if len(lines) > 0 {
		lines = append([]string{""}, lines...)
	}
	return lines
}

func (s *Screen) planFaultsTitle() []string {
	if len(s.draft.plan.Faults) == 0 {
		return nil
	}
	return []string{"", s.pad(s.Theme.Label.Render(s.Words.Batch.FaultsTitle))}
}

// planLines is how many lines the plan has, and planHeight how many are seen.
func (s *Screen) planLines() int {
	return len(s.planTop()) + len(s.planFaults()) + len(s.planEnd())
}

func (s *Screen) planHeight() int { return max(s.height-len(s.panel()), 1) }

// planEnd says that there are more rows with warnings than are listed.
func (s *Screen) planEnd() []string {
	p := s.draft.plan
	return s.moreRows(s.Words.Runs.Warned.More, p.Warned-len(p.Warnings))
}

func (s *Screen) moreRows(text string, more int) []string {
	if more <= 0 {
		return nil
	}
	return []string{s.pad(s.Theme.Dim.Render(fmt.Sprintf(text, more)))}
}

// faultText is why rows cannot be sent, in lines for a width.
type faultText struct {
	width int
	lines []string
}

// planFaults are those lines: there may be many, and they are made once.
func (s *Screen) planFaults() []string {
	f := &s.draft.faults
	if f.width != s.width {
		f.width, f.lines = s.width, nil
		p := s.draft.plan
		for _, t := range p.Faults {
			f.lines = append(f.lines, s.fault(t)...)
		}
		f.lines = append(f.lines, s.moreRows(s.Words.Batch.MoreFaults, p.Invalid-len(p.Faults))...)
		if p.Warned > 0 {
			f.lines = append(f.lines, "", s.pad(s.Theme.Label.Render(s.warnedTitle())))
		}
		for _, t := range p.Warnings {
			f.lines = append(f.lines, s.warning(t)...)
		}
	}
	return f.lines
}

func (s *Screen) warnedTitle() string {
	if s.draft.run.Kept().HoldWarned {
		return s.Words.Runs.Warned.TitleHeld
	}
	return s.Words.Runs.Warned.Title
}

// warning says what is odd about a row, a line for each warning, and of which
// company it is.
func (s *Screen) warning(t engine.Trouble) []string {
	var lines []string
	for _, m := range lookup.NeedingConfirmation(t.Remarks) {
		where := fmt.Sprintf(s.Words.Runs.Warned.At, t.Row, columnName(s.draft.run.Column(m.Field)))
		text := s.Words.Fields[string(m.Field)].Label + s.Words.Colon + lookup.WarningText(s.Words, m)
		lines = append(lines, s.placed(where, text)...)
	}
	return append(lines, s.indented(s.company(t))...)
}

// placed is a text behind the place that it is about.
func (s *Screen) placed(where, text string) []string {
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

// indented is a text below what it belongs to.
func (s *Screen) indented(text string) []string {
	const indent = 4
	var lines []string
	for _, line := range widget.Wrap(text, s.width-gutter-right-indent) {
		lines = append(lines, s.pad(s.Theme.Dim.Render(strings.Repeat(" ", indent)+line)))
	}
	return lines
}

// planBody draws the lines that are seen.
func (s *Screen) planBody(height int) []string {
	all := slices.Concat(s.planTop(), s.planFaults(), s.planEnd())
	s.scroll = max(0, min(s.scroll, len(all)-height))
	end := min(s.scroll+height, len(all))
	lines := slices.Clone(all[s.scroll:end])
	if end < len(all) && len(lines) > 0 {
		lines[len(lines)-1] = s.pad(s.Theme.Dim.Render(fmt.Sprintf(s.Words.Batch.Below, len(all)-end+1)))
	}
	return lines
}

// fault says why a row cannot be sent, and below it the cure.
func (s *Screen) fault(t engine.Trouble) []string {
	w := s.Words
	why := w.RowWrong(t.Fault.Field, t.Fault.Problem, t.Fault.Cells)
	where := fmt.Sprintf(w.Batch.Cell, t.Row, columnName(max(t.Fault.Column, 0)))
	return append(s.placed(where, why), s.indented(s.company(t)+"  "+w.Runs.Cures[t.Fault.Problem])...)
}

// planWhere are the lines that tell what is asked where and how long it takes:
// as many of the most telling ones as fit into a room. asked is so if what is
// asked is among them.
func (s *Screen) planWhere(room int) (lines []string, asked bool) {
	w, kept := s.Words.Batch, s.draft.run.Kept()
	yesNo := s.Words.Form.Off
	if kept.Query.Regstatus {
		yesNo = s.Words.Form.On
	}
	api := string(kept.Query.API)
	all := []struct {
		label, text string
		rank        int
	}{
		{s.Words.Form.Endpoint, api + "  " + s.Words.Endpoints[api], 1},
		{s.Words.Form.Regstatus, yesNo, 2},
		{w.Service, s.Service, 4},
		{w.Out, juhe.Harmless(kept.OutputPath), 0},
		{w.Duration, s.duration(), 3},
		{w.Sheet, s.otherSheets(), 5},
	}
	label := 0
	for _, f := range all {
		label = max(label, widget.Width(f.label))
	}
	drawn := make([][]string, len(all))
	const asks = 2 // the rank of the last line of them
	room--         // for an empty line
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

// labelled is a text behind its label, in as many lines as it needs.
func (s *Screen) labelled(label, text string, width int) []string {
	var lines []string
	for _, line := range widget.Wrap(text, s.width-2*gutter-width-gap) {
		lines = append(lines, s.pad(s.Theme.Label.Render(widget.PadTrunc(label, width+gap))+s.Theme.Text.Render(line)))
		label = ""
	}
	return lines
}

// duration is how long the calls take at the configured rate; empty if that is
// not known.
func (s *Screen) duration() string {
	pay := s.payable()
	if s.Rate <= 0 || pay == 0 {
		return ""
	}
	seconds := max(float64(pay)/s.Rate, 1)
	return s.span(time.Duration(seconds*float64(time.Second))) + "  (" + fmt.Sprintf(s.Words.Batch.Rate, s.Rate) + ")"
}

// otherSheets says which sheets are not read, if nobody has chosen one, and that the
// one that is read is hidden.
func (s *Screen) otherSheets() string {
	others, name := s.draft.run.Others(), s.draft.run.Kept().Sheet
	switch {
	case s.draft.run.Input().SheetHidden():
		return juhe.Harmless(fmt.Sprintf(s.Words.Runs.Plan.HiddenSheet, name))
	case len(others) == 0:
		return ""
	}
	return juhe.Harmless(fmt.Sprintf(s.Words.Batch.OtherSheets, name, strings.Join(others, s.Words.Semicolon)))
}

// questionLines ask whether to send.
func (s *Screen) questionLines() []string {
	w, d, pay := s.Words.Batch, s.draft, s.payable()
	var lines []string
	switch {
	case !d.sendable():
		return append(s.text(s.Theme.Warn, w.NothingToDo), s.backHint())
	case !s.mayStart():
		return append(s.text(s.Theme.Warn, w.LimitReached), s.backHint())
	case d.plan.Calls == 0:
		return append(s.text(s.Theme.Text, w.AskFree), s.answers(w.Write, w.DoNotWrite))
	case s.asksWhole():
		return append(s.text(s.Theme.Error.Bold(true), s.Words.Runs.Whole.Ask), s.answers(s.Words.Runs.Whole.Send, w.DoNot))
	case d.resend:
		lines = s.text(s.Theme.Warn.Bold(true), fmt.Sprintf(w.AskResend, pay, s.costs(pay)))
	default:
		lines = s.text(s.Theme.Warn.Bold(true), fmt.Sprintf(w.Ask, pay, s.costs(pay)))
	}
	if pay < d.plan.Calls {
		lines = append(lines, s.text(s.Theme.Warn, fmt.Sprintf(w.Limited, pay, d.plan.Calls-pay))...)
	}
	if s.typesNumber() {
		return append(lines, s.pad(s.Theme.Text.Render(fmt.Sprintf(w.TypeNumber, pay, s.key(keymap.Accept)))+" "+d.number.View()))
	}
	return append(lines, s.answers(w.Go, w.DoNot))
}

func (s *Screen) answers(yes, no string) string {
	return s.pad(s.hint(keymap.Yes, yes) + "    " + s.hint(keymap.No, no))
}

// backHint is all that is left to do where nothing can be sent.
func (s *Screen) backHint() string {
	back := s.Options.Keys[keymap.Back]
	return s.pad(s.Theme.Key.Render(s.key(keymap.No)+"/"+s.key(keymap.Back)) + " " + back.Help().Desc)
}

// costs is the estimate behind a question, or that it is free.
func (s *Screen) costs(calls int) string {
	yuan, known := lookup.Estimate(calls, s.Price)
	switch {
	case s.Demo:
		return s.Words.Batch.AboutFree
	case !known:
		return ""
	}
	return fmt.Sprintf(s.Words.Batch.About, yuan)
}

func (s *Screen) numberLeft() int {
	return gutter + widget.Width(fmt.Sprintf(s.Words.Batch.TypeNumber, s.payable(), s.key(keymap.Accept))) + 1
}
