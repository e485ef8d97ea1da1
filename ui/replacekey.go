package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/widget"
)

// replaceKey opens the setup, where key and openid can be replaced. Then another
// console begins, which a run must not be stopped for unasked.
func (m *Model) replaceKey() tea.Cmd {
	text := m.Setup.ReadOnlyReason()
	switch {
	case m.Demo:
		text = m.Words.Setup.InDemo
	case m.Batch.UnderWay():
		text = m.Words.Setup.InRun
	}
	if text != "" {
		m.status = widget.StatusMsg{Severity: widget.Warn, Text: text}
		return nil
	}
	return m.open(m.Setup)
}
