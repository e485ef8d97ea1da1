package batch

import (
	"slices"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
)

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
