package detect

import (
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/table"
)

// SplitRows splits pasted text into rows of cells.
func SplitRows(text string) [][]string { return splitRows(text) }

// FactorText returns the factor in a cell.
func FactorText(f juhe.Factor, cell table.Value, today time.Time) (text string, wrapped bool, corruption Corruption) {
	return factorText(f, cell, today)
}

// FindHeader returns the number of the row with the most factors.
func FindHeader(rows []table.Row, org bool) (number, found int) { return findHeader(rows, org) }

// MatchHeader finds the columns of the factors by their headers.
func MatchHeader(header []string, org bool) Mapping { return matchHeader(header, org) }
