package batch

import (
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/table"
)

// copyMerged copies a company from a merged cell to each row that the cell spans. It
// never copies a person, because two people must not share a number. If the name and
// the number span different rows, both are marked as corrupted.
func (r *Run) copyMerged(row *inputRow, cells *table.Row) {
	var spans [juhe.NumFactors][2]int // first and last row
	for f := range juhe.NumFactors {
		column := r.record.Columns[f]
		v, first, last, ok := cells.MergedCell(column)
		if !ok || first <= r.record.HeaderRow {
			continue
		}
		spans[f] = [2]int{first, last}
		own := ""
		if column < len(cells.Cells) {
			own = strings.TrimSpace(cells.Cells[column].Text)
		}
		switch below := cells.Number > first; {
		case !below:
		case f == juhe.Realname || f == juhe.Idcard, own != "" && own != strings.TrimSpace(v.Text):
			row.corruption[f] = detect.CorruptionMerged
		case own == "" && v != table.Value{}:
			for len(cells.Cells) <= column {
				cells.Cells = append(cells.Cells, table.Value{})
			}
			cells.Cells[column] = v
			row.merged = true
		}
	}
	if spans[juhe.Realname] != spans[juhe.Idcard] {
		for _, f := range []juhe.Factor{juhe.Realname, juhe.Idcard} {
			if spans[f] != [2]int{} {
				row.corruption[f] = detect.CorruptionMerged
			}
		}
	}
}
