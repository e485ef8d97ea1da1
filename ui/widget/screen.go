// Package widget contains what the screens share: their interface, messages, theme,
// keys, layout, text field and caret.
package widget

import (
	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
)

// Screen is a screen of the console. Screens have pointer receivers and are not
// tea.Models: the root model draws the frame around them.
type Screen interface {
	Init() tea.Cmd
	Update(tea.Msg) tea.Cmd
	// View returns the body, within the size of SetSize.
	View() string
	SetSize(width, height int)
	// Title returns the title of the frame.
	Title() string
	// Keys returns the current keys for the footer and for help.
	Keys() help.KeyMap
	// Typing reports whether printable keys are text.
	Typing() bool
	// HandlesBack reports whether the screen handles the back key itself. Otherwise the
	// root leaves the screen.
	HandlesBack() bool
	// Caret returns the position of the terminal's cursor within the body.
	Caret() (x, y int, ok bool)
}

// Common has the texts, the styles and the keys that every screen uses.
type Common struct {
	Messages *i18n.Messages
	Theme    *Theme
	Keys     Keys
}

// Hint returns the first key of an action and what it does.
func (c Common) Hint(a keymap.Action, text string) string {
	return c.Theme.Key.Render(c.Keys.Name(a)) + " " + text
}

// CountMsg asks the root model to count today's lookups again.
type CountMsg struct{}

// RecordGoneMsg reports that another process has deleted a lookup that was about to be
// revealed, copied or filled in. The root makes all screens forget it.
type RecordGoneMsg struct{ ID string }

// Severity is the severity of a status message.
type Severity string

// The severities.
const (
	Note  Severity = "note"
	Warn  Severity = "warn"
	Error Severity = "error"
)

// StatusMsg is shown on the status line until the next key.
type StatusMsg struct {
	Severity Severity
	Text     string
}

// Notify returns a command that shows text on the status line.
func Notify(severity Severity, text string) tea.Cmd { return Send(StatusMsg{severity, text}) }

// Send returns a command that delivers a message.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// KeyMap implements help.KeyMap.
type KeyMap struct {
	Short []Binding
	Full  [][]Binding
}

// KeyList returns a KeyMap with the same bindings for the footer and for help.
func KeyList(bindings ...Binding) KeyMap { return KeyMap{bindings, [][]Binding{bindings}} }

// ShortHelp returns the keys for the footer.
func (k KeyMap) ShortHelp() []Binding { return k.Short }

// FullHelp returns the keys for the help screen, in groups.
func (k KeyMap) FullHelp() [][]Binding { return k.Full }
