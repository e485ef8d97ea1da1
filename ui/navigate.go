package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/form"
	"fourfactor/ui/history"
	"fourfactor/ui/result"
	"fourfactor/ui/setup"
	"fourfactor/ui/widget"
)

// navigate handles messages by which one screen opens another.
func (m *Model) navigate(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case form.ShowResultMsg:
		return tea.Batch(m.open(m.Result), m.Result.Show(msg.Record)), true
	case history.OpenMsg:
		return m.Result.Load(msg.ID), true
	case result.LoadedMsg:
		if failed := m.Result.LoadError(msg); failed != nil {
			return failed, true
		}
		return tea.Batch(m.open(m.Result), m.Result.Show(msg.Record)), true
	case result.EditMsg:
		return m.fillForm(m.Form.Edit(msg.Record)), true
	case result.NewMsg:
		m.Form.Clear()
		return m.open(m.Form), true
	case result.RecallMsg:
		return m.fillForm(m.Form.Recall(msg.Record)), true
	case history.RecallMsg:
		return m.fillForm(m.Form.Recall(msg.Record)), true
	case result.SendAgainMsg:
		m.Form.AskResend(msg.Record)
		return m.open(m.Form), true
	case widget.CountMsg:
		return m.countSentToday(), true
	case form.SetupMsg:
		return m.open(m.Setup), true
	case setup.DoneMsg:
		m.restart = &msg
		return tea.Quit, true
	case form.PastedRowsMsg:
		return tea.Batch(m.open(m.Batch), m.Batch.Paste(msg.Rows)), true
	}
	return nil, false
}

// fillForm opens the form and fills in an earlier lookup. It sends nothing.
func (m *Model) fillForm(fill tea.Cmd) tea.Cmd { return tea.Batch(m.open(m.Form), fill) }

// open activates a screen and clears the status line.
func (m *Model) open(s widget.Screen) tea.Cmd {
	if s == m.Result && m.active != s {
		m.behindResult = m.active
	}
	before := m.active
	m.active, m.helpOpen, m.status = s, false, widget.StatusMsg{}
	if s != m.Batch {
		m.Batch.Leave()
	}
	switch s {
	case m.Form:
		if before == m.Setup {
			return tea.Batch(m.countSentToday(), m.Form.Open(), m.Form.Init())
		}
		return tea.Batch(m.countSentToday(), m.Form.Open())
	case m.History:
		return tea.Batch(m.countSentToday(), m.History.Open())
	case m.Batch:
		return m.Batch.Open()
	}
	return nil
}

// forget removes a deleted lookup from the screens.
func (m *Model) forget(id string) {
	m.Form.Forget(id)
	m.Result.Forget(id)
}

// replaceKey opens the setup to replace key and openid. The console restarts
// afterwards, so it refuses while a run is in progress.
func (m *Model) replaceKey() tea.Cmd {
	text := m.Setup.ReadOnlyReason()
	switch {
	case m.Demo:
		text = m.Messages.Setup.InDemo
	case m.Batch.IsRunning():
		text = m.Messages.Setup.RunInProgress
	}
	if text != "" {
		m.status = widget.StatusMsg{Severity: widget.Warn, Text: text}
		return nil
	}
	return m.open(m.Setup)
}
