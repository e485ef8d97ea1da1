package batch

import (
	"slices"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
)

// ColumnName returns the name of a column, counted from 0. See table.ColumnName.
func ColumnName(i int) string { return table.ColumnName(i) }

// ColumnIndex returns the column, counted from 0, of a name. See table.ColumnIndex.
func ColumnIndex(name string) int { return table.ColumnIndex(name) }

// GuessColumns returns the columns of the factors. It guesses those that the header does
// not name from the cells; the operator must confirm them before anything is sent. A
// column is -1 if several columns fit, or if the header names another person.
func (r *Run) GuessColumns() detect.Mapping { return r.guessColumns(ident.ScorePossible) }

// LikelyColumns returns the columns that an error message may suggest.
func (r *Run) LikelyColumns() detect.Mapping { return r.guessColumns(ident.ScoreLikely) }

func (r *Run) guessColumns(minScore int) detect.Mapping {
	columns, today := r.Record().Columns, r.runner.Now()
	for score := ident.ScoreCertain; score >= minScore; score-- {
		for f := range juhe.NumFactors {
			if columns[f] >= 0 || r.columnProblems[f] == detect.MatchAmbiguous {
				continue
			}
			var fit []int
			for column := range r.ColumnCount() {
				if !slices.Contains(columns[:], column) && !r.isOtherPerson(column) && columnScore(f, r.SampleRows(), column, today) >= score {
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

// isOtherPerson reports whether a header names a person who is no factor.
func (r *Run) isOtherPerson(column int) bool {
	return column < len(r.header) && detect.IsOtherPerson(r.header[column])
}

// columnScore returns the lowest score of the cells of a column for a factor, or 0 if one
// does not fit.
func columnScore(f juhe.Factor, sample [][]string, column int, today time.Time) int {
	lowest := 0
	for _, cells := range sample {
		if column >= len(cells) || strings.TrimSpace(cells[column]) == "" {
			continue
		}
		score := ident.Score(f, cells[column], today)
		if score == 0 {
			return 0
		}
		if lowest == 0 || score < lowest {
			lowest = score
		}
	}
	return lowest
}

// MaskCell returns a cell for display in the column of a factor. It masks persons in
// any column, because the column may be the wrong one.
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
