package widget

import "strings"

// Column is a column of a table.
type Column struct {
	Name  string // what it shows, to whoever fills the cells
	Title string
	Width int // in cells; the one that stretches has more, or less if it must
	// Rank is the order in which columns are taken while there is room. Those
	// of rank 0 are always there.
	Rank    int
	Stretch bool // takes the room that is left; one column does, of rank 0
}

// columnGap stands between columns, in cells.
const columnGap = 2

// FitColumns chooses those that fit into width, in the order in which they are
// given. A wider table never lacks a column that a narrower one has.
func FitColumns(all []Column, width int) []Column {
	limit, ranks := 0, 0
	for _, c := range all {
		ranks = max(ranks, c.Rank)
	}
	for limit < ranks && tableWidth(all, limit+1) <= width {
		limit++
	}
	var chosen []Column
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

// tableWidth is that of the columns up to a rank.
func tableWidth(all []Column, limit int) int {
	width := -columnGap
	for _, c := range all {
		if c.Rank <= limit {
			width += columnGap + c.Width
		}
	}
	return width
}

// Row puts cells side by side, each exactly as wide as its column, so that a
// table stays aligned whatever it shows. Cells may be styled.
func Row(columns []Column, cell func(Column) string) string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = PadTrunc(cell(c), c.Width)
	}
	return strings.Join(cells, strings.Repeat(" ", columnGap))
}

// ScrollIntoView moves the first line that is shown, of count, just so far that the
// line at is among the height that are.
func ScrollIntoView(top, at, count, height int) int {
	top = max(min(top, at), at-height+1)
	return max(0, min(top, count-height))
}
