package detect

import (
	"slices"
	"time"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Limits of a pasted row: the number of cells that are considered, and the length in
// characters above which a cell is taken for a note.
const (
	maxCells     = 64
	maxCellRunes = 100
)

// findFactors finds the four factors among different cells of one row of a table, in any
// order, by what the cells look like. It chooses the assignment of cells to factors
// with the highest total score. A factor for which several cells score the same stays
// empty and is listed in ambiguous. If the row has four cells and three factors are
// found, the remaining cell is taken for the missing factor if ident.CouldBe allows it.
func findFactors(cells []string, api juhe.API, today time.Time) (factors juhe.Factors, ambiguous []juhe.Factor) {
	g := newScoreGrid(cells, api, today)
	unassigned := slices.Clone(cells)
	var missing []juhe.Factor
	for f := range juhe.NumFactors {
		cell, unique, found := g.cellOf(f)
		switch {
		case unique:
			factors[f] = cells[cell]
			unassigned = slices.DeleteFunc(unassigned, func(c string) bool { return c == cells[cell] })
			continue
		case found:
			ambiguous = append(ambiguous, f)
		}
		missing = append(missing, f)
	}
	if len(cells) == 4 && len(missing) == 1 && ident.CouldBe(missing[0], unassigned[0], today) {
		factors[missing[0]] = unassigned[0]
		ambiguous = nil
	}
	return factors, ambiguous
}

// scoreGrid holds how much each cell looks like each of the four factors.
type scoreGrid struct {
	weights [][juhe.NumFactors]int // by cell and factor
	total   int                    // of the best assignment
}

func newScoreGrid(cells []string, api juhe.API, today time.Time) scoreGrid {
	g := scoreGrid{weights: make([][juhe.NumFactors]int, len(cells))}
	for c, cell := range cells {
		if utf8.RuneCountInString(cell) > maxCellRunes {
			continue
		}
		for f := range juhe.NumFactors {
			g.weights[c][f] = scoreWeight(f, cell, today)
		}
	}
	g.keepPreferredEntmarks(cells, api, today)
	g.total = g.bestTotal(-1, -1)
	return g
}

// scoreWeight returns the weight of a cell's score. A score weighs more than four times
// the next lower one, so one higher score outweighs lower scores for all four factors
// together.
func scoreWeight(f juhe.Factor, cell string, today time.Time) int {
	weight := 0
	for range ident.Score(f, cell, today) {
		weight = weight*5 + 1
	}
	return weight
}

// keepPreferredEntmarks drops valid company IDs of kinds that the endpoint prefers less
// than the best one present.
func (g scoreGrid) keepPreferredEntmarks(cells []string, api juhe.API, today time.Time) {
	ranks, best := make([]int, len(cells)), -1
	for c, cell := range cells {
		ranks[c] = entmarkRank(cell, api, today)
		best = max(best, ranks[c])
	}
	for c, rank := range ranks {
		if rank >= 0 && rank < best {
			g.weights[c][juhe.Entmark] = 0
		}
	}
}

// entmarkRank returns how much the endpoint prefers the kind of a valid company ID, or -1
// for any other cell. A batch chooses its company-ID column in the same order.
func entmarkRank(cell string, api juhe.API, today time.Time) int {
	value, _ := ident.Normalize(juhe.Entmark, cell)
	if ident.Score(juhe.Entmark, cell, today) < ident.ScoreLikely || len(ident.Check(juhe.Entmark, value, nil, today)) > 0 {
		return -1
	}
	order := []ident.Kind{ident.KindOrgcode, ident.KindRegno, ident.KindUSCC}
	if api == juhe.APIQueryV2 {
		order = []ident.Kind{ident.KindRegno, ident.KindUSCC, ident.KindOrgcode}
	}
	return slices.Index(order, ident.KindOf(juhe.Entmark, value))
}

// cellOf returns the cell that a best assignment gives to f. unique reports whether
// every best assignment gives it that cell, and found whether any gives it a cell.
func (g scoreGrid) cellOf(f juhe.Factor) (cell int, unique, found bool) {
	cell, unique = -1, g.bestTotal(f, -1) < g.total
	for c, weights := range g.weights {
		if weights[f] == 0 || weights[f]+g.bestTotal(f, c) < g.total {
			continue
		}
		unique = unique && cell < 0
		cell, found = c, true
	}
	return cell, unique && cell >= 0, found
}

// bestTotal returns the highest total weight of any assignment of at most one cell to
// each factor, without one factor and one cell; -1 stands for none.
func (g scoreGrid) bestTotal(withoutFactor juhe.Factor, withoutCell int) int {
	var best [1 << juhe.NumFactors]int // by the set of factors that may have a cell
	for c, weights := range g.weights {
		if c == withoutCell {
			continue
		}
		for assigned := len(best) - 1; assigned > 0; assigned-- {
			for f, weight := range weights {
				if bit := 1 << f; juhe.Factor(f) != withoutFactor && assigned&bit != 0 {
					best[assigned] = max(best[assigned], best[assigned&^bit]+weight)
				}
			}
		}
	}
	return best[len(best)-1]
}
