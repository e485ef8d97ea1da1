package widget

import "strings"

// Column is a column of a table.
type Column struct {
	Name  string // identifies the column
	Title string
	Width int // in cells; the stretching column is wider, or narrower if necessary
	// Rank is the order in which columns are added while there is room. Columns of rank
	// 0 are always included.
	Rank    int
	Stretch bool // takes the remaining width; exactly one column of rank 0
}

// columnGap is the number of cells between columns.
const columnGap = 2

// FitColumns returns the columns that fit into width, in their order. A wider table
// includes every column of a narrower one.
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

// tableWidth returns the width of the columns up to a rank.
func tableWidth(all []Column, limit int) int {
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
func Row(columns []Column, cell func(Column) string) string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = PadTrunc(cell(c), c.Width)
	}
	return strings.Join(cells, strings.Repeat(" ", columnGap))
}

// ScrollIntoView returns the first visible line, changed only as far as needed for
// line at to be visible.
func ScrollIntoView(top, at, count, height int) int {
	top = max(min(top, at), at-height+1)
	return max(0, min(top, count-height))
}
