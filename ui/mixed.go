package ui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// unmix says that a key is not taken which came together with others, if it could
// agree to something. The form looks after its own keys.
func (m *Model) unmix(msg tea.KeyMsg) (said tea.Cmd) {
	mixed := m.mixed
	m.mixed = false
	switch {
	case !mixed:
	case !m.helping && m.agrees(msg):
		return widget.Notify(widget.Warn, fmt.Sprintf(m.Words.Paste.Just, widget.Label([]string{msg.String()})))
	default:
		m.front.Update(widget.MaybePastedMsg{})
	}
	return nil
}

// agrees reports whether a key can agree to what is asked in front, or begin what is
// named there.
func (m *Model) agrees(msg tea.KeyMsg) bool {
	if m.front.Typing() && widget.IsText(msg) {
		return false
	}
	may := []keymap.Action{keymap.Yes}
	if m.front != widget.Screen(m.Form) {
		may = append(may, keymap.Accept, keymap.Save, keymap.SetupAdvance)
	}
	return slices.ContainsFunc(may, func(a keymap.Action) bool { return m.Keys.Matches(msg, a) })
}
