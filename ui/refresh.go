package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/widget"
)

// forget drops a look-up that was deleted.
func (m *Model) forget(id string) {
	m.Form.Forget(id)
	m.Result.Forget(id)
}

// refresh reads again what is shown of the ledger.
func (m *Model) refresh() tea.Cmd {
	if m.active == widget.Screen(m.History) {
		return tea.Batch(m.Form.CountToday(), m.History.Open())
	}
	return m.Form.CountToday()
}
