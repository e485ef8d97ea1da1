package form

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// sentTodayMsg is the number of lookups sent today.
type sentTodayMsg struct {
	count int
	err   error
}

// CountSentToday returns a command that counts the lookups sent today by all processes.
func (s *Screen) CountSentToday() tea.Cmd {
	ledger := s.Ledger
	return func() tea.Msg {
		count, err := ledger.SentToday(context.Background())
		return sentTodayMsg{count, err}
	}
}

// setSentToday stores the count. It reports only the first of several consecutive errors.
func (s *Screen) setSentToday(msg sentTodayMsg) tea.Cmd {
	if msg.err != nil {
		shown := s.ledgerErrShown
		s.sentTodayKnown, s.ledgerErrShown = false, true
		if shown {
			return nil
		}
		return widget.Notify(widget.Error, lookup.ErrorText(s.Messages, msg.err))
	}
	s.sentToday, s.sentTodayKnown, s.ledgerErrShown = msg.count, true, false
	return nil
}

// SentTodayText returns the number of lookups sent today, with the daily limit and the
// estimated cost if they are known. nearLimit reports whether the number has reached
// 90 % of the limit.
func (s *Screen) SentTodayText() (text string, nearLimit bool) {
	if !s.sentTodayKnown {
		return "", false
	}
	w := s.Messages.Form
	text = fmt.Sprintf(w.Today, s.sentToday)
	if s.DailyLimit > 0 {
		text = fmt.Sprintf(w.TodayOf, s.sentToday, s.DailyLimit)
	}
	if yuan, known := lookup.Estimate(s.sentToday, s.Price); known {
		text += "  " + fmt.Sprintf(w.Estimate, yuan)
	}
	const nearPercent = 90
	return text, s.DailyLimit > 0 && s.sentToday*100 >= s.DailyLimit*nearPercent
}
