package batch

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

type plannedMsg struct {
	id   int
	plan engine.Plan
	err  error
}

// startPlan plans the draft.
func (s *Screen) startPlan() tea.Cmd {
	run := s.draft.run
	return s.startTask(s.Messages.Batch.Planning, func(ctx context.Context, id int) tea.Msg {
		plan, err := run.Plan(ctx)
		return plannedMsg{id, plan, err}
	})
}

// onPlanned shows the plan.
func (s *Screen) onPlanned(msg plannedMsg) tea.Cmd {
	if !s.finishTask(msg.id) {
		return nil
	}
	d := s.draft
	if msg.err != nil {
		cancelled := s.task.cancelled && errors.Is(msg.err, context.Canceled)
		if d.id != 0 {
			s.dropDraft()
		}
		if cancelled {
			return nil
		}
		return widget.Notify(widget.Error, s.errorText(msg.err))
	}
	d.plan = consent.Plan{Plan: msg.plan, Messages: s.Messages, Run: d.run}
	d.askedAt, d.issueLines = s.Now(), issueLines{}
	d.tableFaultConfirmed = false
	d.number.SetValue("")
	d.number.Focus()
	s.page, s.scroll = pagePlan, 0
	s.layout()
	return nil
}

// hasWork reports whether the run has any row to answer.
func (d *draft) hasWork() bool {
	return d.id != 0 || d.plan.Calls+d.plan.Repeated+d.plan.Unsettled > 0
}

// billableCalls returns how many calls the run can send now.
func (s *Screen) billableCalls() int { return s.draft.plan.Sendable() }

// canStart reports whether the plan can be confirmed.
func (s *Screen) canStart() bool {
	return s.draft.hasWork() && (s.draft.plan.Calls == 0 || s.billableCalls() > 0)
}

// needsNumber reports whether the number of calls must be typed.
func (s *Screen) needsNumber() bool {
	return s.draft != nil && !s.asksTableFault() && consent.NeedsNumber(s.billableCalls())
}

// asksTableFault reports whether a table fault must be confirmed first.
func (s *Screen) asksTableFault() bool {
	return len(s.draft.plan.TableFaults) > 0 && s.billableCalls() > 0 && !s.draft.tableFaultConfirmed
}

func (s *Screen) pressPlan(msg tea.KeyMsg) tea.Cmd {
	k, d := s.Options.Keys, s.draft
	switch {
	case k.Matches(msg, keymap.Back), k.Matches(msg, keymap.No):
		return s.leavePlan()
	case s.needsNumber() && (k.Matches(msg, keymap.Top) || k.Matches(msg, keymap.Bottom)): // of the number
	case k.MoveKey(msg) != "":
		s.scroll = widget.MoveCursor(k.MoveKey(msg), s.scroll, max(s.planLines()-s.planHeight()+1, 1), s.planHeight())
		return nil
	case k.Matches(msg, keymap.HoldWarned) && d.plan.Warned > 0 && !msg.Paste:
		d.run.SetHoldWarned(!d.run.Record().HoldWarned)
		return s.startPlan()
	case !s.canStart() || msg.Paste:
		return nil
	case !s.needsNumber():
		if !k.Matches(msg, keymap.Yes) || consent.TooSoon(d.askedAt, s.Now()) {
			return nil
		}
		if s.asksTableFault() {
			d.tableFaultConfirmed, d.askedAt = true, s.Now()
			return nil
		}
		return s.startRun()
	case k.Matches(msg, keymap.Accept):
		return s.confirmNumber()
	case msg.Type == tea.KeyRunes && !msg.Alt:
		msg.Runes = digits(msg.Runes)
		if len(msg.Runes) == 0 {
			return nil
		}
	}
	return s.editField(&d.number, msg)
}

// digits returns the digits of a text. An input method may produce full-width ones.
func digits(typed []rune) []rune {
	half := []rune(strings.Map(ident.HalfWidth, string(typed)))
	return slices.DeleteFunc(half, func(r rune) bool { return r < '0' || r > '9' })
}

// confirmNumber starts the run if the typed number is right.
func (s *Screen) confirmNumber() tea.Cmd {
	d := s.draft
	switch typed := d.number.Value(); {
	case typed == "":
		return nil
	case consent.IsNumber(typed, s.billableCalls()) && !consent.TooSoon(d.askedAt, s.Now()):
		return s.startRun()
	}
	d.number.SetValue("")
	return widget.Notify(widget.Error, s.Messages.Batch.WrongNumber)
}

// leavePlan returns to the page before the plan. Nothing was sent.
func (s *Screen) leavePlan() tea.Cmd {
	if s.draft.id != 0 {
		s.page = pageRun
		s.dropDraft()
	} else {
		s.page = pageColumns
		s.focusSetting(s.focusedSetting())
	}
	return widget.Notify(widget.Note, s.Messages.Batch.NothingSent)
}
