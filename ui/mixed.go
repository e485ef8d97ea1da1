package ui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
)

// unmix says that a key is not taken which came together with others, if it could
// agree to something. The form looks after its own keys.
func (m *Model) unmix(msg tea.KeyMsg) (said tea.Cmd) {
	mixed := m.mixed
	m.mixed = false
	switch {
	case !mixed:
	case !m.helping && m.agrees(msg):
		return kit.Say(kit.Warn, fmt.Sprintf(m.Words.Paste.Just, kit.Label([]string{msg.String()})))
	default:
		m.front.Update(kit.MixedMsg{})
	}
	return nil
}

// agrees reports whether a key can agree to what is asked in front, or begin what is
// named there.
func (m *Model) agrees(msg tea.KeyMsg) bool {
	if m.front.Typing() && kit.Text(msg) {
		return false
	}
	may := []keys.Action{keys.Yes}
	if m.front != kit.Screen(m.Form) {
		may = append(may, keys.Accept, keys.Save, keys.SetupAdvance)
	}
	return slices.ContainsFunc(may, func(a keys.Action) bool { return m.Keys.Is(msg, a) })
}
