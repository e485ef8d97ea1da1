package batch

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
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
		{w.Calls, p.Calls, s.billed(p.Calls), t.Text.Bold(true), true},
	}
}

// planTop is the plan above the list of rows that cannot be sent.
func (s *Screen) planTop() []string {
	kept := s.draft.run.Kept()
	what := string(kept.Query.API)
	if kept.Query.Regstatus {
		what += "  " + s.Words.Form.On
	}
	title := s.Theme.Text.Bold(true).Render(name(kept.Path))
	if kept.ID != 0 {
		title += s.Theme.Dim.Render("  " + fmt.Sprintf(s.Words.Batch.Number, kept.ID))
	}
	lines := []string{kit.Sides(s.pad(title), s.Theme.Dim.Render(what)+strings.Repeat(" ", right), s.width)}
	label := 0
	facts := s.planFacts()
	for _, f := range facts {
		label = max(label, kit.Width(f.label))
	}
	for _, f := range facts {
		if f.count > 0 || f.must {
			lines = append(lines, s.pad(s.Theme.Label.Render(kit.Fit(f.label, label))+f.style.Render(fmt.Sprintf("%9d", f.count))+
				s.Theme.Dim.Render("  "+f.note)))
		}
	}
	return slices.Concat(lines, s.planNotes(), s.planFaultsTitle())
}

// planNotes are what is worth knowing before paying.
func (s *Screen) planNotes() []string {
	w, p := s.Words.Batch, s.draft.plan
	var lines []string
	add := func(style lipgloss.Style, text string) {
		lines = append(lines, s.text(style, text)...)
	}
	mark := s.Theme.Glyphs.Remark + " "
	if s.NoKey && p.Calls > 0 {
		add(s.Theme.Error, mark+s.Words.Form.NoKey)
	}
	if p.Hidden > 0 {
		add(s.Theme.Warn, mark+fmt.Sprintf(s.Words.Runs.Plan.Hidden, p.Hidden))
	}
	if p.Forgotten {
		add(s.Theme.Warn, mark+w.Forgotten)
	}
	if left := s.DailyLimit - p.Today; s.DailyLimit > 0 && p.Calls > left {
		add(s.Theme.Warn, mark+fmt.Sprintf(w.Limit, p.Today, s.DailyLimit, max(left, 0)))
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
	return len(s.planTop()) + len(s.draft.plan.Faults)*faultLines + len(s.planEnd())
}

func (s *Screen) planHeight() int { return max(s.height-len(s.panel()), 1) }

// planEnd says that there are more rows than are listed.
func (s *Screen) planEnd() []string {
	p := s.draft.plan
	if more := p.Invalid - len(p.Faults); more > 0 {
		return []string{s.pad(s.Theme.Dim.Render(fmt.Sprintf(s.Words.Batch.MoreFaults, more)))}
	}
	return nil
}

// faultLines is how many lines a row takes that cannot be sent.
const faultLines = 2

// planBody draws the lines that are seen, and no others.
func (s *Screen) planBody(height int) []string {
	top, end := s.planTop(), s.planEnd()
	faults := s.draft.plan.Faults
	count := len(top) + len(faults)*faultLines + len(end)
	s.scroll = max(0, min(s.scroll, count-height))
	var lines []string
	for i := s.scroll; i < min(s.scroll+height, count); i++ {
		at := i - len(top)
		switch {
		case at < 0:
			lines = append(lines, top[i])
		case at < len(faults)*faultLines:
			lines = append(lines, s.fault(faults[at/faultLines])[at%faultLines])
		default:
			lines = append(lines, end[at-len(faults)*faultLines])
		}
	}
	if s.scroll+height < count && len(lines) > 0 {
		lines[len(lines)-1] = s.pad(s.Theme.Dim.Render(fmt.Sprintf(s.Words.Result.More, count-s.scroll-height+1)))
	}
	return lines
}

// fault says why a row cannot be sent, and on a second line the cure.
func (s *Screen) fault(t engine.Trouble) [faultLines]string {
	w := s.Words
	why := strings.ReplaceAll(w.Runs.Faults[t.Fault.Problem], "{field}", w.Fields[t.Fault.Field].Label)
	where := fmt.Sprintf(w.Batch.Cell, t.Row, columnName(max(t.Fault.Column, 0)))
	company := juhe.Harmless(ident.MaskMisplaced(ident.Entname, t.Entname))
	room := s.width - gutter - right
	return [faultLines]string{
		s.pad(kit.Fit(s.Theme.Warn.Render(where)+"  "+s.Theme.Text.Render(why), room)),
		s.pad(s.Theme.Dim.Render(kit.Fit("    "+company+"  "+w.Runs.Cures[t.Fault.Problem], room))),
	}
}

// questionLines ask whether to send.
func (s *Screen) questionLines() []string {
	w, d := s.Words.Batch, s.draft
	var lines []string
	switch {
	case !d.sendable():
		return append(s.text(s.Theme.Warn, w.NothingToDo), s.pad(s.hint(keys.No, w.DoNot)))
	case d.plan.Calls == 0:
		lines = s.text(s.Theme.Text, w.AskFree)
	case d.resend:
		lines = s.text(s.Theme.Warn.Bold(true), fmt.Sprintf(w.AskResend, d.plan.Calls))
	default:
		lines = s.text(s.Theme.Warn.Bold(true), fmt.Sprintf(w.Ask, d.plan.Calls))
	}
	if s.typesNumber() {
		return append(lines, s.pad(s.Theme.Text.Render(fmt.Sprintf(w.TypeNumber, d.plan.Calls))+" "+d.number.View()))
	}
	return append(lines, s.pad(s.hint(keys.Yes, w.Go)+"    "+s.hint(keys.No, w.DoNot)))
}

func (s *Screen) numberLeft() int {
	return gutter + kit.Width(fmt.Sprintf(s.Words.Batch.TypeNumber, s.draft.plan.Calls)) + 1
}
