package batch

import (
	"strings"

	"fourfactor/juhe/sheet"
)

// layout is how many columns the rows of a file of lines have.
type layout struct {
	all    int // with those at the end without a heading
	filled int // up to the last heading
}

// layout finds out how many columns there should be: as many as the header has,
// or, if there is none but a title at most, as most of the first rows.
func (r *Run) layout() layout {
	l, headed := layout{all: len(r.head)}, 0
	for i, text := range r.head {
		if strings.TrimSpace(text) != "" {
			l.filled = i + 1
			headed++
		}
	}
	if headed < 2 {
		often := map[int]int{}
		for _, row := range r.sample {
			n := len(row)
			if often[n]++; often[n] > often[l.all] || often[n] == often[l.all] && n > l.all {
				l = layout{n, n}
			}
		}
	}
	for _, column := range r.kept.Columns {
		l = layout{max(l.all, column+1), max(l.filled, column+1)}
	}
	return l
}

// shifted is how many cells a row of a file of lines has too many, or, negative,
// too few where a factor has another character in it that separates cells. Then
// it is not known what stands where. Empty cells at the end are not counted, and
// a short row alone means nothing: many programs leave empty cells out.
func (r *Run) shifted(cells []sheet.Value, want layout) int {
	if !r.input.Delimited() {
		return 0
	}
	if len(cells) < want.all {
		for _, column := range r.kept.Columns {
			if column < len(cells) && strings.ContainsAny(cells[column].Text, "，；｜|;\t") {
				return len(cells) - want.all
			}
		}
		return 0
	}
	n := len(cells)
	for n > want.filled && strings.TrimSpace(cells[n-1].Text) == "" {
		n--
	}
	if len(cells) == want.all || n <= want.filled {
		return 0
	}
	return n - want.filled
}
