package detect

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/table"
)

// Row is a row below a header that is not blank, with the factors that it has.
type Row struct {
	table.Row
	Factors    juhe.Factors                // as written, without a spreadsheet's wrapper
	Corruption [juhe.NumFactors]Corruption // of the factors
	// Problem is the reason why the row as a whole is not data, or "". Column is the one
	// to look at, and Excess the number of cells that are too many or too few.
	Problem        Corruption
	Column, Excess int
	Wrapped        int  // factors with a spreadsheet's wrapper
	Formulas       int  // factors from a formula
	Merged         bool // the company comes from a merged cell
}

// Rows iterates over the rows below the header that are not blank, with the factors from
// these columns. Dates of birth after today are in the future. The cells of a row are
// valid until the next one.
func (h Header) Rows(ctx context.Context, in *table.Input, columns Mapping, today time.Time) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		p := rowParser{h, columns, today, cellCounts{}}
		if in.IsDelimited() {
			p.want = h.expectedCells(columns)
		}
		leading := h.Number > 0
		for cells, err := range in.Rows(ctx) {
			if err != nil {
				yield(Row{}, err)
				return
			}
			if cells.Number <= h.Number || cells.IsBlank() {
				continue
			}
			row := p.parse(cells)
			if leading {
				kind := row.leadingKind()
				if leading = kind != ""; leading && row.Problem == "" {
					row.Problem, row.Column = kind, columns[juhe.Entmark]
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// rowParser finds the factors in the rows of a table.
type rowParser struct {
	header  Header
	columns Mapping
	today   time.Time
	want    cellCounts // zero if the table is not delimited
}

func (p rowParser) parse(cells table.Row) Row {
	row := Row{Row: cells}
	p.findShift(&row)
	p.copyMerged(&row)
	for f := range juhe.NumFactors {
		column := p.columns[f]
		if column < 0 || column >= len(row.Cells) {
			continue
		}
		text, wrapped, corruption := factorText(f, row.Cells[column], p.today)
		if row.Corruption[f] == "" {
			row.Corruption[f] = corruption
		}
		if wrapped {
			row.Wrapped++
		}
		if text != "" && row.Corruption[f] == "" && row.Cells[column].Formula {
			row.Formulas++
		}
		row.Factors[f] = text
	}
	return row
}

// cellCounts are the expected cells of a row in a delimited file.
type cellCounts struct {
	total  int // including trailing columns without a header
	headed int // up to the last column with a header
}

// expectedCells returns the cell counts of the header, or the most common count of the
// first rows if the header is missing or only a title.
func (h Header) expectedCells(columns Mapping) cellCounts {
	counts, headed := cellCounts{total: len(h.Texts)}, 0
	for i, text := range h.Texts {
		if strings.TrimSpace(text) != "" {
			counts.headed = i + 1
			headed++
		}
	}
	if headed < 2 {
		lengths := map[int]int{}
		for _, row := range h.Sample {
			n := len(row)
			if lengths[n]++; lengths[n] > lengths[counts.total] || lengths[n] == lengths[counts.total] && n > counts.total {
				counts = cellCounts{n, n}
			}
		}
	}
	least := slices.Max(columns[:]) + 1
	return cellCounts{max(counts.total, least), max(counts.headed, least)}
}

// findShift finds rows of a delimited file in which it is unknown which cell belongs to
// which column: those with more cells than the header, and those with fewer and another
// delimiter in a factor. Empty cells at the end do not count, and missing cells alone are
// not a fault: many programs omit empty cells.
func (p rowParser) findShift(row *Row) {
	cells, want := row.Cells, p.want
	if len(cells) < want.total {
		for _, column := range p.columns {
			if column < len(cells) && strings.ContainsAny(cells[column].Text, "，；｜|;\t") {
				row.Problem, row.Column, row.Excess = CorruptionMissingCells, len(cells)-1, want.total-len(cells)
				return
			}
		}
		return
	}
	n := len(cells)
	for n > want.headed && strings.TrimSpace(cells[n-1].Text) == "" {
		n--
	}
	if want.total > 0 && len(cells) != want.total && n > want.headed {
		row.Problem, row.Column, row.Excess = CorruptionExtraCells, want.headed, n-want.headed
	}
}

// copyMerged copies a company from a merged cell to each row that the cell spans. It
// never copies a person, because two people must not share a number. If the name and
// the number span different rows, both are marked as corrupted.
func (p rowParser) copyMerged(row *Row) {
	var spans [juhe.NumFactors][2]int // first and last row
	for f, column := range p.columns {
		v, first, last, ok := row.MergedCell(column)
		if !ok || first <= p.header.Number {
			continue
		}
		spans[f] = [2]int{first, last}
		own := ""
		if column < len(row.Cells) {
			own = strings.TrimSpace(row.Cells[column].Text)
		}
		switch below := row.Number > first; {
		case !below:
		case juhe.Factor(f) == juhe.Realname || juhe.Factor(f) == juhe.Idcard, own != "" && own != strings.TrimSpace(v.Text):
			row.Corruption[f] = CorruptionMerged
		case own == "" && v != table.Value{}:
			for len(row.Cells) <= column {
				row.Cells = append(row.Cells, table.Value{})
			}
			row.Cells[column] = v
			row.Merged = true
		}
	}
	if spans[juhe.Realname] != spans[juhe.Idcard] {
		for _, f := range []juhe.Factor{juhe.Realname, juhe.Idcard} {
			if spans[f] != [2]int{} {
				row.Corruption[f] = CorruptionMerged
			}
		}
	}
}
