package lookup

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Bounds of what Row looks at: the cells of a row, and the characters of a cell
// that may be a factor. What is longer is a remark of many words.
const (
	rowCells  = 64
	cellRunes = 100
)

// FindFactors finds the four factors among the cells of one row of a table by what each
// looks like, whatever their order: those with which all together look most like
// factors. Where the same is as likely of several cells nothing is chosen: the
// factor stays empty, and unsure names it. Of four cells the last one is what is
// left over, if it can be.
func FindFactors(cells []string, api juhe.API, today time.Time) (factors juhe.Factors, unsure []ident.Field) {
	cells = distinct(cells)
	g := newGrid(cells, api, today)
	left := slices.Clone(cells)
	var open []ident.Field
	for i, f := range ident.Fields() {
		cell, sure, any := g.cell(i)
		switch {
		case sure:
			SetValue(&factors, f, cells[cell])
			left = slices.DeleteFunc(left, func(c string) bool { return c == cells[cell] })
			continue
		case any:
			unsure = append(unsure, f)
		}
		open = append(open, f)
	}
	if len(cells) == 4 && len(open) == 1 && ident.CouldBe(open[0], left[0], today) {
		SetValue(&factors, open[0], left[0])
		unsure = nil
	}
	return factors, unsure
}

// distinct are the cells with something in them, each once.
func distinct(cells []string) (all []string) {
	for _, cell := range cells {
		if len(all) == rowCells {
			break
		}
		if strings.TrimSpace(cell) != "" && !slices.Contains(all, cell) {
			all = append(all, cell)
		}
	}
	return all
}

// grid is how much each cell looks like each of the four factors.
type grid struct {
	weights [][4]int
	most    int
}

func newGrid(cells []string, api juhe.API, today time.Time) grid {
	g := grid{weights: make([][4]int, len(cells))}
	for c, cell := range cells {
		if utf8.RuneCountInString(cell) > cellRunes {
			continue
		}
		for i, f := range ident.Fields() {
			g.weights[c][i] = weigh(f, cell, today)
		}
	}
	g.prefer(cells, api, today)
	g.most = g.best(-1, -1)
	return g
}

// weigh makes a number of a likeness: one is more than four of the likeness below
// it.
func weigh(f ident.Field, cell string, today time.Time) int {
	weight := 0
	for range ident.Score(f, cell, today) {
		weight = weight*5 + 1
	}
	return weight
}

// prefer leaves of several right marks of a company those of the kind that the
// endpoint wants most.
func (g grid) prefer(cells []string, api juhe.API, today time.Time) {
	const mark = 1
	ranks, best := make([]int, len(cells)), -1
	for c, cell := range cells {
		ranks[c] = markRank(cell, api, today)
		best = max(best, ranks[c])
	}
	for c, rank := range ranks {
		if rank >= 0 && rank < best {
			g.weights[c][mark] = 0
		}
	}
}

// markRank orders right marks of a company as the columns of a batch are chosen.
// It is -1 for everything else.
func markRank(cell string, api juhe.API, today time.Time) int {
	value, _ := ident.Normalize(ident.Entmark, cell)
	if ident.Score(ident.Entmark, cell, today) < ident.ScoreLikely || len(ident.Check(ident.Entmark, value, nil, today)) > 0 {
		return -1
	}
	order := []ident.Kind{ident.KindOrgcode, ident.KindRegno, ident.KindUSCC}
	if api == juhe.APIQueryV2 {
		order = []ident.Kind{ident.KindRegno, ident.KindUSCC, ident.KindOrgcode}
	}
	return slices.Index(order, ident.KindOf(ident.Entmark, value))
}

// cell is the one of a field. It is sure if nothing else would look as much like
// factors; any tells that some cell at all may be it.
func (g grid) cell(field int) (cell int, sure, any bool) {
	cell, sure = -1, g.best(field, -1) < g.most
	for c, weights := range g.weights {
		if weights[field] == 0 || weights[field]+g.best(field, c) < g.most {
			continue
		}
		sure = sure && cell < 0
		cell, any = c, true
	}
	return cell, sure && cell >= 0, any
}

// best is the greatest weight of all ways to give cells to fields, a field one
// cell at the most and a cell to one field, but for a field and a cell that are
// not given (-1: none).
func (g grid) best(field, cell int) int {
	const fields = 4
	var best [1 << fields]int // by the fields that are taken; what is not better than none stays 0
	for c, weights := range g.weights {
		if c == cell {
			continue
		}
		for taken := len(best) - 1; taken > 0; taken-- {
			for f, weight := range weights {
				if bit := 1 << f; f != field && taken&bit != 0 {
					best[taken] = max(best[taken], best[taken&^bit]+weight)
				}
			}
		}
	}
	return best[len(best)-1]
}
