package ui

import (
	"fmt"
	"strings"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// frameLines is the number of lines around a screen: header and rule above, status and
// footer below.
const frameLines = 4

// headerLines is the number of lines above the screen.
const headerLines = 2

// View returns a frame of the window's size and sets the caret.
func (m *Model) View() string {
	defer m.crash.catch()
	if m.width == 0 {
		return ""
	}
	if m.width < widget.MinWidth || m.height < widget.MinHeight {
		m.placeCaret(0, 0, false)
		return m.Theme.ReplaceGlyphs(widget.Frame(widget.Wrap(fmt.Sprintf(m.Messages.App.TooSmall,
			widget.MinWidth, widget.MinHeight, m.width, m.height), m.width), m.width, m.height))
	}
	front := m.active
	if m.helpOpen {
		front = m.help
	}
	lines := make([]string, 0, m.height)
	lines = append(lines, m.header(front.Title()), m.Theme.Dim.Render(strings.Repeat(m.Theme.Glyphs.Rule, m.width)))
	status := m.statusLines()
	body := widget.Frame(strings.Split(front.View(), "\n"), m.width, m.height-frameLines+1-len(status))
	lines = append(lines, strings.Split(body, "\n")...)
	lines = append(append(lines, status...), m.footer(front))
	x, y, ok := front.Caret()
	if y += headerLines; ok {
		lines[y] = m.withCaret(lines[y], x, y)
	}
	m.placeCaret(x, y, ok)
	return m.Theme.ReplaceGlyphs(widget.Frame(lines, m.width, m.height))
}

// withCaret returns the line that contains the caret.
func (m *Model) withCaret(line string, x, y int) string {
	if m.Terminal == nil {
		return widget.Highlight(line, x, m.width, m.Theme.Caret)
	}
	return widget.CursorNudge(x, y) + line
}

func (m *Model) placeCaret(x, y int, show bool) {
	if m.Terminal != nil {
		m.Terminal.SetCaret(x, y, show)
	}
}

func (m *Model) header(title string) string {
	left := "  " + m.Theme.Title.Render("fourfactor") + "  " + m.Theme.Text.Render(title)
	if badge, loud := m.Batch.Badge(); badge != "" && (m.active != m.Batch || m.helpOpen) {
		style := m.Theme.Accent
		if loud {
			style = m.Theme.Warn
		}
		left += "  " + style.Render(badge)
	}
	right := m.Theme.Dim.Render(m.Messages.App.Title) + "  "
	if m.Demo {
		badge := m.Theme.Warn.Bold(true).Render(m.Messages.App.Demo)
		right = badge + m.Theme.Dim.Render("  "+m.Messages.App.DemoNote) + "  "
		if widget.Width(left)+widget.Width(right) > m.width {
			right = badge + "  "
		}
	}
	return widget.Justify(left, right, m.width)
}

// statusLimit limits the lines of a status message. Those after the first cover the
// end of the screen until the next key.
const statusLimit = 3

func (m *Model) statusLines() []string {
	const margin = 2
	status := m.status
	if status.Text == "" && m.active == m.Batch { // what the next Ctrl+C would lose
		status = widget.StatusMsg{Severity: widget.Warn, Text: m.Batch.StopWarning()}
	}
	if status.Text == "" {
		return []string{strings.Repeat(" ", margin) + m.todayText()}
	}
	lines := widget.WrapTrunc(status.Text, m.width-2*margin, statusLimit)
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", margin) + m.Theme.SeverityStyle(status.Severity).Render(line)
	}
	return lines
}

// footer returns as many of the screen's keys as fit, and always help and quit.
func (m *Model) footer(front widget.Screen) string {
	quit := m.Keys[keymap.Quit]
	if b, found := widget.FindKey(front.Keys().ShortHelp(), quit); found { // the screen redefines it
		quit = b
	}
	last := m.hint(m.Keys[keymap.Help]) + "  " + m.hint(quit) + " "
	room := m.width - widget.Width(last) - 1
	line := "  "
	for _, b := range front.Keys().ShortHelp() {
		if !b.Enabled() || b.Keys()[0] == quit.Keys()[0] {
			continue
		}
		hint := m.hint(b)
		if widget.Width(line)+widget.Width(hint)+2 > room {
			break
		}
		line += hint + "  "
	}
	return widget.Justify(line, last, m.width)
}

// hint returns a binding's first key and its description.
func (m *Model) hint(b widget.Binding) string {
	name, _, _ := strings.Cut(b.Help().Key, widget.KeySeparator)
	return m.Theme.Key.Render(name) + " " + m.Theme.Dim.Render(b.Help().Desc)
}
