package widget

import "fourfactor/ui/keymap"

// List is the selection of a list, and which rows are visible.
type List struct {
	Selected int
	top      int // the first visible row
}

// Select selects a row of count, or the nearest one.
func (l *List) Select(at, count int) { l.Selected = max(0, min(at, count-1)) }

// Move moves the selection in a list of count rows, height of them visible.
func (l *List) Move(move keymap.Action, count, height int) {
	l.Selected = MoveCursor(move, l.Selected, count, height)
}

// Rows draws the visible rows, which it scrolls only as far as needed for the selected one
// to be among them.
func (l *List) Rows(count, height int, draw func(at int, selected bool) string) []string {
	var lines []string
	l.top = ScrollIntoView(l.top, l.Selected, count, height)
	for i := l.top; i < min(l.top+height, count); i++ {
		lines = append(lines, draw(i, i == l.Selected))
	}
	return lines
}
