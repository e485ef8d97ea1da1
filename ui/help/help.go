// Package help shows the keys of the screen that it covers.
package help

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Screen is the help overlay.
type Screen struct {
	widget.Common
	target widget.Screen
	top    int
	height int
}

// New returns the overlay.
func New(c widget.Common) *Screen { return &Screen{Common: c} }

// Open shows the keys of a screen, from the top.
func (s *Screen) Open(below widget.Screen) { s.target, s.top = below, 0 }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// SetSize sets the size in cells.
func (s *Screen) SetSize(_, height int) { s.height = height }

// Typing returns false: the overlay takes no text.
func (s *Screen) Typing() bool { return false }

// Title returns the title of the frame.
func (s *Screen) Title() string { return s.Messages.App.HelpTitle }

// HandlesBack returns false: the root closes the help.
func (s *Screen) HandlesBack() bool { return false }

// Caret returns false: the overlay takes no text.
func (s *Screen) Caret() (x, y int, ok bool) { return 0, 0, false }

// Keys returns the overlay's own keys for the footer.
func (s *Screen) Keys() help.KeyMap {
	short := s.Common.Keys.Group(keymap.Back)
	if s.target != nil && len(s.lines()) > s.height {
		short = append(short, s.Common.Keys.Pair(keymap.Up, keymap.Down, s.Messages.App.Move))
	}
	if stop, ok := s.quitOverride(); ok {
		short = append(short, stop)
	}
	return widget.KeyMap{Short: short}
}

// quitOverride returns the binding of the quit key if it has another meaning on the
// covered screen.
func (s *Screen) quitOverride() (widget.Binding, bool) {
	if s.target == nil {
		return widget.Binding{}, false
	}
	return widget.FindKey(s.target.Keys().ShortHelp(), s.Common.Keys[keymap.Quit])
}

// Update scrolls.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyMsg); ok {
		s.top = widget.MoveCursor(s.Common.Keys.MoveKey(press), s.top, len(s.lines()), s.height)
	}
	return nil
}

// View returns the visible part of the key list.
func (s *Screen) View() string {
	return strings.Join(widget.Viewport(s.lines(), &s.top, s.height, s.Theme, s.Messages.App.More), "\n")
}

// lines lists the keys of the covered screen, then the global ones.
func (s *Screen) lines() []string {
	anywhere := []keymap.Action{keymap.Help, keymap.OpenForm, keymap.OpenHistory, keymap.OpenBatch, keymap.OpenLast, keymap.ReplaceKey, keymap.Back, keymap.Suspend}
	if _, ok := s.quitOverride(); !ok {
		anywhere = append(anywhere, keymap.Quit)
	}
	groups := s.target.Keys().FullHelp()
	own := slices.Concat(groups...)
	groups = append(groups, slices.DeleteFunc(s.Common.Keys.Group(anywhere...), func(b widget.Binding) bool {
		_, found := widget.FindKey(own, b)
		return found
	}))
	column := 0
	for i, group := range groups {
		groups[i] = slices.DeleteFunc(slices.Clone(group), func(b widget.Binding) bool { return !b.Enabled() })
		for _, b := range groups[i] {
			column = max(column, widget.Width(b.Help().Key))
		}
	}
	var lines []string
	for _, group := range groups {
		if len(lines) > 0 && len(group) > 0 {
			lines = append(lines, "")
		}
		for _, b := range group {
			lines = append(lines, "  "+s.Theme.Key.Render(widget.PadTrunc(b.Help().Key, column+3))+b.Help().Desc)
		}
	}
	return lines
}
