package ui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// rejectPasted says that a key is not taken which came together with others, if it could
// agree to something. The form looks after its own keys.
func (m *Model) rejectPasted(msg tea.KeyMsg) (said tea.Cmd) {
	mixed := m.maybePasted
	m.maybePasted = false
	switch {
	case !mixed:
	case !m.helpOpen && m.canConfirm(msg):
		return widget.Notify(widget.Warn, fmt.Sprintf(m.Words.Paste.Just, widget.JoinKeyLabels([]string{msg.String()})))
	default:
		m.active.Update(widget.MaybePastedMsg{})
	}
	return nil
}

// canConfirm reports whether a key can agree to what is asked in front, or begin what is
// named there.
func (m *Model) canConfirm(msg tea.KeyMsg) bool {
	if m.active.Typing() && widget.IsText(msg) {
		return false
	}
	may := []keymap.Action{keymap.Yes}
	if m.active != widget.Screen(m.Form) {
		may = append(may, keymap.Accept, keymap.Save, keymap.SetupAdvance)
	}
	return slices.ContainsFunc(may, func(a keymap.Action) bool { return m.Keys.Matches(msg, a) })
}
