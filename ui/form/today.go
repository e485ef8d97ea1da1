package form

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// todayMsg brings how many lookups were sent today.
type todayMsg struct {
	count int
	err   error
}

// CountToday counts again what was sent today: other processes send too.
func (s *Screen) CountToday() tea.Cmd {
	ledger := s.Ledger
	return func() tea.Msg {
		count, err := ledger.SentToday(context.Background())
		return todayMsg{count, err}
	}
}

// setToday takes the count. That there is none is said once, not each time.
func (s *Screen) setToday(msg todayMsg) tea.Cmd {
	if msg.err != nil {
		told := s.ledgerErrShown
		s.todayKnown, s.ledgerErrShown = false, true
		if told {
			return nil
		}
		return widget.Notify(widget.Error, lookup.ErrorText(s.Words, msg.err))
	}
	s.today, s.todayKnown, s.ledgerErrShown = msg.count, true, false
	return nil
}

// TodayText says what was sent today, the limit and what it may have cost, as far
// as that is known. near tells that the limit is.
func (s *Screen) TodayText() (text string, near bool) {
	if !s.todayKnown {
		return "", false
	}
	w := s.Words.Form
	text = fmt.Sprintf(w.Today, s.today)
	if s.DailyLimit > 0 {
		text = fmt.Sprintf(w.TodayOf, s.today, s.DailyLimit)
	}
	if yuan, known := lookup.Estimate(s.today, s.Price); known {
		text += "  " + fmt.Sprintf(w.Estimate, yuan)
	}
	const tenths = 9
	return text, s.DailyLimit > 0 && s.today*10 >= s.DailyLimit*tenths
}
