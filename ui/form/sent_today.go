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

// sentToday is the number of lookups that all processes have sent today.
type sentToday struct {
	*Options
	count    int
	known    bool
	errShown bool // the error of Ledger.SentToday has been shown
}

// CountSentToday returns a command that counts the lookups sent today by all processes.
func (t *sentToday) CountSentToday() tea.Cmd {
	ledger := t.Ledger
	return func() tea.Msg {
		count, err := ledger.SentToday(context.Background())
		return sentTodayMsg{count, err}
	}
}

// setSentToday stores the count. It reports only the first of several consecutive errors.
func (t *sentToday) setSentToday(msg sentTodayMsg) tea.Cmd {
	if msg.err != nil {
		shown := t.errShown
		t.known, t.errShown = false, true
		if shown {
			return nil
		}
		return widget.Notify(widget.Error, t.Messages.ErrorText(msg.err))
	}
	t.count, t.known, t.errShown = msg.count, true, false
	return nil
}

// SentTodayText returns the number of lookups sent today, with the daily limit and the
// estimated cost if they are known. nearLimit reports whether the number has reached
// 90 % of the limit.
func (t *sentToday) SentTodayText() (text string, nearLimit bool) {
	if !t.known {
		return "", false
	}
	w := t.Messages.Form
	text = fmt.Sprintf(w.Today, t.count)
	if t.DailyLimit > 0 {
		text = fmt.Sprintf(w.TodayOf, t.count, t.DailyLimit)
	}
	if yuan, known := lookup.Estimate(t.count, t.Price); known {
		text += "  " + fmt.Sprintf(w.Estimate, yuan)
	}
	const nearPercent = 90
	return text, t.DailyLimit > 0 && t.count*100 >= t.DailyLimit*nearPercent
}
