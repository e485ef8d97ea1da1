package cli

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// table aligns rows of text in columns, each as wide as what it has held so
// far.
type table struct {
	right  []int // these columns are aligned to the right
	widths []int
}

// columnGap is between columns, in cells.
const columnGap = "  "

// render gives the rows as lines.
func (t *table) render(rows [][]string) string {
	for _, row := range rows {
		for i, cell := range row {
			if i == len(t.widths) {
				t.widths = append(t.widths, 0)
			}
			t.widths[i] = max(t.widths[i], ansi.StringWidth(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", t.widths[i]-ansi.StringWidth(cell))
			if slices.Contains(t.right, i) {
				cell, pad = pad+cell, ""
			}
			line.WriteString(cell + pad + columnGap)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}
