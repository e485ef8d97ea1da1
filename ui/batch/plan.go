package batch

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// notice is since when a question is there. It has to be there for a while
// before it can be agreed to: a letter that was meant for something else is no
// consent.
type notice struct{ since time.Time }

const noticeTime = 400 * time.Millisecond

func (s *Screen) noticed(n notice) bool { return s.Now().Sub(n.since) >= noticeTime }

// manyCalls is from how many calls on their number has to be typed.
const manyCalls = 100

type plannedMsg struct {
	id   int
	plan engine.Plan
	err  error
}

// startPlan finds out what the draft would cost.
func (s *Screen) startPlan() tea.Cmd {
	run := s.draft.run
	return s.begin(s.Words.Batch.Planning, func(ctx context.Context, id int) tea.Msg {
		plan, err := run.Plan(ctx)
		return plannedMsg{id, plan, err}
	})
}

// planned asks whether to do it.
func (s *Screen) planned(msg plannedMsg) tea.Cmd {
	if !s.finish(msg.id) {
		return nil
	}
	d := s.draft
	if msg.err != nil {
		cancelled := s.job.cancelled && errors.Is(msg.err, context.Canceled)
		var drop tea.Cmd
		if d.id != 0 {
			drop = s.drop()
		}
		if cancelled {
			return drop
		}
		return tea.Batch(widget.Notify(widget.Error, s.errorText(msg.err)), drop)
	}
	d.plan, d.notice, d.faults = msg.plan, notice{s.Now()}, faultText{}
	d.whole = false
	d.number.SetValue("")
	d.number.Focus()
	s.page, s.scroll = pagePlan, 0
	s.layout()
	return nil
}

// sendable tells whether the plan has anything to do.
func (d *draft) sendable() bool {
	return d.id != 0 || d.plan.Calls+d.plan.Repeated+d.plan.Unsettled > 0
}

// payable is how many calls the run can send now.
func (s *Screen) payable() int { return s.draft.plan.Sendable() }

// mayStart tells whether the question can be agreed to.
func (s *Screen) mayStart() bool {
	return s.draft.sendable() && (s.draft.plan.Calls == 0 || s.payable() > 0)
}

// typesNumber tells whether the number of calls has to be typed.
func (s *Screen) typesNumber() bool {
	return s.draft != nil && !s.asksWhole() && s.payable() > manyCalls
}

// asksWhole tells whether it is asked first, by itself, whether to send a table
// that has a fault as a whole.
func (s *Screen) asksWhole() bool {
	return len(s.draft.plan.Whole) > 0 && s.payable() > 0 && !s.draft.whole
}

func (s *Screen) pressPlan(msg tea.KeyMsg) tea.Cmd {
	k, d := s.Options.Keys, s.draft
	switch {
	case k.Matches(msg, keymap.Back), k.Matches(msg, keymap.No):
		return s.leavePlan()
	case s.typesNumber() && (k.Matches(msg, keymap.Top) || k.Matches(msg, keymap.Bottom)): // of the number
	case k.MoveKey(msg) != "":
		s.scroll = widget.MoveCursor(k.MoveKey(msg), s.scroll, max(s.planLines()-s.planHeight()+1, 1), s.planHeight())
		return nil
	case k.Matches(msg, keymap.HoldWarned) && d.plan.Warned > 0 && !msg.Paste:
		d.run.Hold(!d.run.Kept().HoldWarned)
		return s.startPlan()
	case !s.mayStart() || msg.Paste:
		return nil
	case !s.typesNumber():
		if !k.Matches(msg, keymap.Yes) || !s.noticed(d.notice) {
			return nil
		}
		if s.asksWhole() {
			d.whole, d.notice = true, notice{s.Now()}
			return nil
		}
		return s.start()
	case k.Matches(msg, keymap.Accept):
		return s.takeNumber()
	case msg.Type == tea.KeyRunes && !msg.Alt:
		msg.Runes = digits(msg.Runes)
		if len(msg.Runes) == 0 {
			return nil
		}
	}
	return s.edit(&d.number, msg)
}

// digits are those among what was typed: an input method may have been on.
func digits(typed []rune) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			r -= '０' - '0'
		}
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, string(typed)))
}

// takeNumber starts the run if the number is the right one.
func (s *Screen) takeNumber() tea.Cmd {
	d := s.draft
	switch typed := d.number.Value(); {
	case typed == "":
		return nil
	case typed == strconv.Itoa(s.payable()) && s.noticed(d.notice):
		return s.start()
	}
	d.number.SetValue("")
	return widget.Notify(widget.Error, s.Words.Batch.WrongNumber)
}

// leavePlan goes back to where the plan was asked for. Nothing was sent.
func (s *Screen) leavePlan() tea.Cmd {
	said := widget.Notify(widget.Note, s.Words.Batch.NothingSent)
	if s.draft.id != 0 {
		s.page = pageRun
		return tea.Batch(said, s.drop())
	}
	s.page = pageColumns
	s.focusRow(s.rowAt())
	return said
}
