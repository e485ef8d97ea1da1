package batch

import (
	"strings"

	"fourfactor/juhe/sheet"
)

// cellCounts is how many columns the rows of a file of lines have.
type cellCounts struct {
	total  int // with those at the end without a heading
	headed int // up to the last heading
}

// expectedCells finds out how many columns there should be: as many as the header has,
// or, if there is none but a title at most, as most of the first rows.
func (r *Run) expectedCells() cellCounts {
	l, headed := cellCounts{total: len(r.header)}, 0
	for i, text := range r.header {
		if strings.TrimSpace(text) != "" {
			l.headed = i + 1
			headed++
		}
	}
	if headed < 2 {
		often := map[int]int{}
		for _, row := range r.sample {
			n := len(row)
			if often[n]++; often[n] > often[l.total] || often[n] == often[l.total] && n > l.total {
				l = cellCounts{n, n}
			}
		}
	}
	for _, column := range r.record.Columns {
		l = cellCounts{max(l.total, column+1), max(l.headed, column+1)}
	}
	return l
}

// extraCells is how many cells a row of a file of lines has too many, or, negative,
// too few where a factor has another character in it that separates cells. Then
// it is not known what stands where. Empty cells at the end are not counted, and
// a short row alone means nothing: many programs leave empty cells out.
func (r *Run) extraCells(cells []sheet.Value, want cellCounts) int {
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
