package batch

import (
	"slices"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/sheet"
)

// GuessColumns finds the factors that the header does not tell by what the cells look
// like. Nothing is to be sent by it before a person has seen it, and where several
// columns could be meant, or a heading names somebody else, there is none.
func (r *Run) GuessColumns() sheet.Mapping { return r.guessColumns(ident.ScorePossible) }

// LikelyColumns are the columns of which an example may say that they are factors.
func (r *Run) LikelyColumns() sheet.Mapping { return r.guessColumns(ident.ScoreLikely) }

func (r *Run) guessColumns(least int) sheet.Mapping {
	columns, today := r.Record().Columns, r.batch.Now()
	for sure := ident.ScoreCertain; sure >= least; sure-- {
		for f := range juhe.NumFactors {
			if columns[f] >= 0 || r.columnProblems[f] == sheet.MatchAmbiguous {
				continue
			}
			var fit []int
			for column := range r.ColumnCount() {
				if !slices.Contains(columns[:], column) && !r.isOtherPerson(column) && columnScore(f, r.SampleRows(), column, today) >= sure {
					fit = append(fit, column)
				}
			}
			if len(fit) == 1 {
				columns[f] = fit[0]
			}
		}
	}
	return columns
}

// isOtherPerson tells whether a column is headed as that of somebody whom no factor is
// about.
func (r *Run) isOtherPerson(column int) bool {
	return column < len(r.header) && sheet.IsOtherPerson(r.header[column])
}

// columnScore is how much a column looks like a factor: that of the cell that does
// the least, 0 if there is none.
func columnScore(f juhe.Factor, sample [][]string, column int, today time.Time) int {
	least := 0
	for _, cells := range sample {
		if column >= len(cells) || strings.TrimSpace(cells[column]) == "" {
			continue
		}
		like := ident.Score(f, cells[column], today)
		if like == 0 {
			return 0
		}
		if least == 0 || like < least {
			least = like
		}
	}
	return least
}

// MaskCell is a cell as it may be seen in the place of a factor, before it is known
// that it is one: it may be the column of another.
func MaskCell(f juhe.Factor, value string, today time.Time) string {
	switch f {
	case juhe.Realname:
		return ident.MaskName(value)
	case juhe.Idcard:
		return ident.MaskNumber(value)
	}
	normal, _ := ident.Normalize(juhe.Idcard, value)
	switch {
	case ident.Score(juhe.Entmark, value, today) == ident.ScoreCertain:
		return value
	case ident.KindOf(juhe.Idcard, normal) != ident.KindNone:
		return ident.MaskNumber(value)
	case ident.Score(juhe.Realname, value, today) > ident.ScoreNone:
		return ident.MaskName(value)
	}
	return value
}
