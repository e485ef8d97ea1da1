package batch

import (
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// planPage shows the plan of a run and asks whether to start it.
type planPage struct {
	*common
	*draft
	plan                consent.PlanTexts
	askedAt             time.Time // when the question appeared
	tableFaultConfirmed bool
	number              widget.Field // typed number of calls
	scroll              int          // first visible line
	issueLines          []string     // cache for issueWidth
	issueWidth          int
}

func newPlanPage(c *common, d *draft, plan engine.Plan) *planPage {
	p := &planPage{common: c, draft: d, plan: consent.PlanTexts{Plan: plan, Messages: c.Messages, Run: d.run}, askedAt: c.Now(), number: widget.NewField()}
	const cells = 12
	p.number.SetWidth(cells)
	p.number.Focus()
	return p
}

// hasWork reports whether the run has any row to answer.
func (p *planPage) hasWork() bool {
	return p.id != 0 || p.plan.Calls+p.plan.Repeated+p.plan.Unsettled > 0
}

// canStart reports whether the plan can be confirmed.
func (p *planPage) canStart() bool {
	return p.hasWork() && (p.plan.Calls == 0 || p.plan.Sendable() > 0)
}

// Typing reports whether the number of calls must be typed.
func (p *planPage) Typing() bool {
	return !p.asksTableFault() && consent.NeedsNumber(p.plan.Sendable())
}

// asksTableFault reports whether a table fault must be confirmed first.
func (p *planPage) asksTableFault() bool {
	return len(p.plan.TableFaults) > 0 && p.plan.Sendable() > 0 && !p.tableFaultConfirmed
}

// Update handles a key.
func (p *planPage) Update(msg tea.KeyMsg) (choice, tea.Cmd) {
	k := p.Options.Keys
	switch {
	case k.Matches(msg, keymap.Back), k.Matches(msg, keymap.No):
		return leave{}, nil
	case p.Typing() && (k.Matches(msg, keymap.Top) || k.Matches(msg, keymap.Bottom)): // of the number
	case k.MoveKey(msg) != "":
		height := max(p.above(p.Panel()), 1)
		p.scroll = widget.MoveCursor(k.MoveKey(msg), p.scroll, max(len(p.lines(height))-height+1, 1), height)
		return nil, nil
	case k.Matches(msg, keymap.HoldWarned) && p.plan.Warned > 0:
		p.run.SetHoldWarned(!p.run.Record().HoldWarned)
		return makePlan{}, nil
	case !p.canStart() || msg.Paste:
		return nil, nil
	case !p.Typing():
		return p.answer(k.Matches(msg, keymap.Yes)), nil
	case k.Matches(msg, keymap.Accept):
		return p.confirmNumber()
	case msg.Type == tea.KeyRunes && !msg.Alt:
		msg.Runes = digits(msg.Runes)
		if len(msg.Runes) == 0 {
			return nil, nil
		}
	}
	p.number.Update(msg)
	return nil, nil
}

// answer starts the run on a yes, or confirms a table fault, which asks again.
func (p *planPage) answer(yes bool) choice {
	switch {
	case !yes || consent.TooSoon(p.askedAt, p.Now()):
		return nil
	case p.asksTableFault():
		p.tableFaultConfirmed, p.askedAt = true, p.Now()
		return nil
	}
	return start{}
}

// digits returns the digits of a text. An input method may produce full-width ones.
func digits(typed []rune) []rune {
	half := []rune(strings.Map(ident.HalfWidth, string(typed)))
	return slices.DeleteFunc(half, func(r rune) bool { return r < '0' || r > '9' })
}

// confirmNumber starts the run if the typed number is right.
func (p *planPage) confirmNumber() (choice, tea.Cmd) {
	switch typed := p.number.Value(); {
	case typed == "":
		return nil, nil
	case consent.IsNumber(typed, p.plan.Sendable()) && !consent.TooSoon(p.askedAt, p.Now()):
		return start{}, nil
	}
	p.number.SetValue("")
	return nil, widget.Notify(widget.Error, p.Messages.Batch.WrongNumber)
}

// Keys returns the keys of the question.
func (p *planPage) Keys() widget.KeyMap {
	w, k := p.Messages.Batch, p.Options.Keys
	scroll := k.Pair(keymap.Up, keymap.Down, p.Messages.App.Move)
	hold := widget.Relabel(widget.Enable(k[keymap.HoldWarned], p.plan.Warned > 0), p.Messages.Runs.RowWarnings.Hold)
	if p.run.Record().HoldWarned {
		hold = widget.Relabel(hold, p.Messages.Runs.RowWarnings.Send)
	}
	if !p.canStart() {
		return widget.KeyList(k.Pair(keymap.No, keymap.Back, k[keymap.Back].Help().Desc), hold, scroll)
	}
	yes, no := widget.Relabel(k[keymap.Yes], w.Start), widget.Relabel(k[keymap.No], p.Messages.Form.DoNotSend)
	switch {
	case p.plan.Calls == 0:
		yes, no = widget.Relabel(yes, w.Write), widget.Relabel(no, w.DoNotWrite)
	case p.asksTableFault():
		yes = widget.Relabel(yes, p.Messages.Runs.TableFaults.Send)
	case p.Typing():
		yes = widget.Relabel(k[keymap.Accept], w.Start)
	}
	return widget.KeyList(yes, no, hold, k[keymap.Back], scroll)
}

// Caret returns the position of the caret in the number.
func (p *planPage) Caret() (x, y int) {
	return widget.Gutter + widget.Width(p.numberLabel()) + 1 + p.number.Caret(), p.height - 1
}
