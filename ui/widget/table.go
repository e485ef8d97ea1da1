package widget

import (
	"path/filepath"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/ui/keymap"
)

// Column is a column of a table with rows of type T.
type Column[T any] struct {
	Title string
	Width int // in cells; the stretching column is wider, or narrower if necessary
	// Rank is the order in which columns are added while there is room. Columns of rank
	// 0 are always included.
	Rank    int
	Stretch bool // takes the remaining width; exactly one column of rank 0
	Cell    func(T) string
	Style   lipgloss.Style // of its cells
	Plain   bool           // its cells keep the style in a selected row
	Drawn   bool           // Cell returns styled text, which is safe to draw
}

// columnGap is the number of cells between columns.
const columnGap = 2

// FitColumns returns the columns that fit into width, in their order. A wider table
// includes every column of a narrower one.
func FitColumns[T any](all []Column[T], width int) []Column[T] {
	limit, ranks := 0, 0
	for _, c := range all {
		ranks = max(ranks, c.Rank)
	}
	for limit < ranks && tableWidth(all, limit+1) <= width {
		limit++
	}
	var chosen []Column[T]
	spare := width - tableWidth(all, limit)
	for _, c := range all {
		if c.Rank > limit {
			continue
		}
		if c.Stretch {
			c.Width = max(c.Width+spare, 1)
		}
		chosen = append(chosen, c)
	}
	return chosen
}

// tableWidth returns the width of the columns up to a rank.
func tableWidth[T any](all []Column[T], limit int) int {
	width := -columnGap
	for _, c := range all {
		if c.Rank <= limit {
			width += columnGap + c.Width
		}
	}
	return width
}

// Row joins cells, each padded or truncated to the width of its column. Cells may be
// styled.
func Row[T any](columns []Column[T], cell func(Column[T]) string) string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = PadTrunc(cell(c), c.Width)
	}
	return strings.Join(cells, strings.Repeat(" ", columnGap))
}

// Head returns the line of the titles.
func Head[T any](t *Theme, columns []Column[T]) string {
	return t.PointerColumn(false) + t.Label.Render(Row(columns, func(c Column[T]) string { return c.Title }))
}

// Line returns the line of a row. faded draws it without emphasis.
func Line[T any](t *Theme, columns []Column[T], row T, selected, faded bool) string {
	return t.PointerColumn(selected) + Row(columns, func(c Column[T]) string {
		switch {
		case c.Drawn:
			return c.Cell(row)
		case faded:
			c.Style = t.Dim
		case selected && !c.Plain:
			c.Style = t.Selected
		}
		return c.Style.Render(PadTrunc(juhe.Sanitize(c.Cell(row)), c.Width))
	})
}

// ScrollIntoView returns the first visible line, changed only as far as needed for
// line at to be visible.
func ScrollIntoView(top, at, count, height int) int {
	top = max(min(top, at), at-height+1)
	return max(0, min(top, count-height))
}

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

// ShortTime formats a time briefly, depending on whether it is of today, of this year,
// or older. today is the word for today.
func ShortTime(now, at time.Time, today string) string {
	at = at.In(now.Location())
	switch {
	case at.Year() == now.Year() && at.YearDay() == now.YearDay():
		return today + at.Format(" 15:04")
	case at.Year() == now.Year():
		return at.Format("01-02 15:04")
	}
	return at.Format(time.DateOnly)
}

// ShortPath returns a path with ~ for the home directory, which may be "".
func ShortPath(path, home string) string {
	separator := string(filepath.Separator)
	if rest, ok := strings.CutPrefix(path, home+separator); ok && home != "" {
		return "~" + separator + rest
	}
	return path
}
