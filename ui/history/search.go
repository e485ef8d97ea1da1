package history

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// searchLine is the search field with the filter.
type searchLine struct {
	*Options
	field  widget.Prompt
	typing bool
	filter juhe.Outcome
}

// value returns the search that the field and the filter describe.
func (l *searchLine) value() lookup.Search {
	return lookup.Search{Text: strings.TrimSpace(l.field.Value()), Outcome: l.filter}
}

func (l *searchLine) isActive() bool { return l.value() != lookup.Search{} }

func (l *searchLine) setTyping(on bool) {
	l.typing = on
	if l.field.Blur(); on {
		l.field.Focus()
	}
}

// press handles a key in the search field. Enter and ↓ move the focus to the list.
func (l *searchLine) press(msg tea.KeyMsg) {
	k, text := l.Keys, widget.IsText(msg)
	switch {
	case !text && k.Matches(msg, keymap.Back):
		l.setTyping(l.field.Value() != "")
		l.field.SetValue("")
	case !text && (k.Matches(msg, keymap.Accept) || k.Matches(msg, keymap.Down)):
		l.setTyping(false)
	default:
		l.field.Update(msg)
	}
}

// nextFilter selects the next outcome as the filter, or none after the last one.
func (l *searchLine) nextFilter() {
	all := append(juhe.Outcomes(), "")
	l.filter = all[(slices.Index(all, l.filter)+1)%len(all)]
}

// keys returns the keys of the search field.
func (l *searchLine) keys() widget.KeyMap {
	w, back := l.Messages.History, l.Messages.History.ClearText
	if l.field.Value() == "" {
		back = w.LeaveSearch
	}
	return widget.KeyList(l.Keys.Pair(keymap.Accept, keymap.Down, w.ToList), widget.Relabel(l.Keys[keymap.Back], back))
}

// line draws the search field and the filter.
func (l *searchLine) line(width int) string {
	w := l.Messages.History
	label, text := l.Theme.Label, l.Theme.Text.Render(l.field.Field.View())
	switch {
	case l.typing:
		label = l.Theme.Selected
	case l.field.Value() == "":
		text = l.Theme.Dim.Render(fmt.Sprintf(w.SearchHint, l.Keys.Name(keymap.Search)))
	}
	line := strings.Repeat(" ", widget.Gutter) + label.Render(w.Search) + strings.Repeat(" ", widget.Gap) + text
	return widget.Justify(line, l.filterChip(), width)
}

// filterChip returns the filter, or "".
func (l *searchLine) filterChip() string {
	if l.filter == "" {
		return ""
	}
	return " [" + l.Theme.OutcomeLabel(l.Messages, l.filter) + "]" + strings.Repeat(" ", widget.Right)
}
