// Package widget is what the screens share: their contract, messages, theme,
// keys, widths, the text field and the caret.
package widget

import (
	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"
)

// Screen is what the root model routes to. Screens are used by pointer and
// are no tea.Model: the root draws the frame around them.
type Screen interface {
	Init() tea.Cmd
	Update(tea.Msg) tea.Cmd
	// View draws the body: at most the lines and cells of SetSize.
	View() string
	SetSize(width, height int)
	// Keys are the keys that work now, for the footer and for help.
	Keys() help.KeyMap
	// Typing tells whether printable keys are text.
	Typing() bool
	// Caret is where the terminal's cursor belongs, in the body's cells.
	Caret() (x, y int, ok bool)
}

// RecordGoneMsg tells that the ledger does not have a lookup any more which was to be
// revealed, copied or filled in: another process has deleted it. The root has the
// screens forget it.
type RecordGoneMsg struct{ ID string }

// Severity is how loud a Status is.
type Severity string

// The severities.
const (
	Note  Severity = "note"
	Warn  Severity = "warn"
	Error Severity = "error"
)

// StatusMsg asks the root to say something on the status line, until the next
// key.
type StatusMsg struct {
	Severity Severity
	Text     string
}

// Notify makes the command that says it.
func Notify(severity Severity, text string) tea.Cmd {
	return func() tea.Msg { return StatusMsg{severity, text} }
}

// KeyMap is a help.KeyMap of what a screen lists.
type KeyMap struct {
	Short []Binding
	Full  [][]Binding
}

// ShortHelp is the footer's.
func (k KeyMap) ShortHelp() []Binding { return k.Short }

// FullHelp is the help screen's, a group of keys a list.
func (k KeyMap) FullHelp() [][]Binding { return k.Full }
