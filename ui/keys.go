package ui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// press routes a key to the global keys or the active screen. Where no text is typed
// it splits the message into single keys.
func (m *Model) press(msg tea.KeyMsg) tea.Cmd {
	msg = m.Keys.FromMacOption(msg)
	if !m.Keys.Matches(msg, keymap.Quit) { // quit compares the status with its warning
		m.status = widget.StatusMsg{}
	}
	if rejected := m.rejectPasted(msg); rejected != nil {
		return rejected
	}
	if m.active.Typing() && !m.helpOpen {
		return m.pressOne(msg)
	}
	all := widget.SplitKeys(msg)
	if len(all) > 1 { // several keys at once never confirm a question
		all = slices.DeleteFunc(all, func(press tea.KeyMsg) bool { return m.Keys.Matches(press, keymap.Yes) })
	}
	return m.pressAll(all)
}

func (m *Model) pressAll(all []tea.KeyMsg) tea.Cmd {
	var cmds []tea.Cmd
	for _, press := range all {
		cmds = append(cmds, m.pressOne(press))
	}
	return tea.Batch(cmds...)
}

func (m *Model) pressOne(msg tea.KeyMsg) tea.Cmd {
	text := widget.IsText(msg) && m.active.Typing() && !m.helpOpen // text is never a global key
	if !text && m.Keys.Matches(msg, keymap.Quit) {
		return m.quit()
	}
	m.quitWarned = false
	switch {
	case text:
	case m.Keys.Matches(msg, keymap.Help):
		m.help.Open(m.active)
		m.helpOpen = !m.helpOpen
		return nil
	case m.Keys.Matches(msg, keymap.OpenForm):
		return m.open(m.Form)
	case m.Keys.Matches(msg, keymap.OpenHistory):
		return m.open(m.History)
	case m.Keys.Matches(msg, keymap.OpenBatch):
		return m.open(m.Batch)
	case m.Keys.Matches(msg, keymap.OpenLast):
		return m.Form.OpenLast()
	case m.Keys.Matches(msg, keymap.ReplaceKey):
		return m.replaceKey()
	case m.Keys.Matches(msg, keymap.Suspend) && (m.helpOpen || m.active != m.Form): // on the form this key undoes
		return m.Suspend
	case m.helpOpen && m.Keys.Matches(msg, keymap.Back):
		m.helpOpen = false
		return nil
	case m.helpOpen:
		return m.help.Update(msg)
	case m.Keys.Matches(msg, keymap.Back) && !m.active.HandlesBack():
		if m.active == m.Result {
			return m.open(m.behindResult)
		}
		return m.open(m.Form)
	}
	return m.active.Update(msg)
}

// rejectPasted rejects a key that may be part of a paste if it could confirm
// something. The form handles its own keys.
func (m *Model) rejectPasted(msg tea.KeyMsg) tea.Cmd {
	maybePasted := m.maybePasted
	m.maybePasted = false
	switch {
	case !maybePasted:
	case !m.helpOpen && m.canConfirm(msg):
		return widget.Notify(widget.Warn, fmt.Sprintf(m.Messages.Paste.JustPasted, widget.JoinKeyLabels([]string{msg.String()})))
	default:
		m.active.Update(widget.MaybePastedMsg{})
	}
	return nil
}

// canConfirm reports whether a key could confirm a question or start an operation.
func (m *Model) canConfirm(msg tea.KeyMsg) bool {
	if m.active.Typing() && widget.IsText(msg) {
		return false
	}
	confirming := []keymap.Action{keymap.Yes}
	if m.active != m.Form {
		confirming = append(confirming, keymap.Accept, keymap.Save, keymap.SetupAdvance)
	}
	return slices.ContainsFunc(confirming, func(a keymap.Action) bool { return m.Keys.Matches(msg, a) })
}
