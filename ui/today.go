package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/widget"
)

// sentTodayMsg is the number of lookups sent today.
type sentTodayMsg struct {
	count int
	err   error
}

// sentToday is the number of lookups that all processes have sent today.
type sentToday struct {
	count    int
	known    bool
	errShown bool // the error of Options.SentToday has been shown
}

// countSentToday returns a command that counts the lookups sent today by all processes.
func (m *Model) countSentToday() tea.Cmd {
	count := m.SentToday
	return func() tea.Msg {
		n, err := count(context.Background())
		return sentTodayMsg{n, err}
	}
}

// setSentToday stores the count. It reports only the first of several consecutive errors.
func (m *Model) setSentToday(msg sentTodayMsg) tea.Cmd {
	shown := m.today.errShown
	m.today = sentToday{msg.count, msg.err == nil, msg.err != nil}
	if msg.err == nil || shown {
		return nil
	}
	return widget.Notify(widget.Error, m.Messages.ErrorText(msg.err))
}

// todayText returns the default status: how many lookups were sent today, with the daily
// limit and the estimated cost if they are known. It is a warning from 90 % of the limit.
func (m *Model) todayText() string {
	const nearPercent = 90
	text, style := "", m.Theme.Dim
	if m.today.known {
		text = m.Messages.SentToday(m.today.count, m.DailyLimit, m.Price, "  ")
		if m.DailyLimit > 0 && m.today.count*100 >= m.DailyLimit*nearPercent {
			style = m.Theme.Warn
		}
	}
	return style.Render(text)
}
