package batch

import (
	"strings"

	"fourfactor/juhe/table"
)

// cellCounts are the expected cells of a row in a delimited file.
type cellCounts struct {
	total  int // including trailing columns without a header
	headed int // up to the last column with a header
}

// expectedCells returns the cell counts of the header, or the most common count of the
// first rows if the header is missing or only a title.
func (r *Run) expectedCells() cellCounts {
	counts, headed := cellCounts{total: len(r.header)}, 0
	for i, text := range r.header {
		if strings.TrimSpace(text) != "" {
			counts.headed = i + 1
			headed++
		}
	}
	if headed < 2 {
		lengths := map[int]int{}
		for _, row := range r.sample {
			n := len(row)
			if lengths[n]++; lengths[n] > lengths[counts.total] || lengths[n] == lengths[counts.total] && n > counts.total {
				counts = cellCounts{n, n}
			}
		}
	}
	for _, column := range r.record.Columns {
		counts = cellCounts{max(counts.total, column+1), max(counts.headed, column+1)}
	}
	return counts
}

// extraCells returns the number of excess cells in a row of a delimited file. It returns a
// negative number if cells are missing and a factor contains another delimiter. In both
// cases it is unknown which cell belongs to which column. Empty cells at the end do not
// count, and missing cells alone are not a fault: many programs omit empty cells.
func (r *Run) extraCells(cells []table.Value, want cellCounts) int {
	if !r.input.IsDelimited() {
		return 0
	}
	if len(cells) < want.total {
		for _, column := range r.record.Columns {
			if column < len(cells) && strings.ContainsAny(cells[column].Text, "，；｜|;\t") {
				return len(cells) - want.total
			}
		}
		return 0
	}
	n := len(cells)
	for n > want.headed && strings.TrimSpace(cells[n-1].Text) == "" {
		n--
	}
	if len(cells) == want.total || n <= want.headed {
		return 0
	}
	return n - want.headed
}
