// Package detect decides which cell of a table is which of the four factors: by the
// header, by the operator's mapping, or by what the cells look like. It also recognizes
// cells and rows that are no data: numbers that a spreadsheet has changed, headers,
// totals, instructions and examples.
//
// A wrong column costs a call for each row and sends one person's number with another
// one's name, so nothing is chosen where two cells may be meant.
package detect

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
)

// Header is the header of a table and the first rows below it.
type Header struct {
	Number  int        // of its row, from 1; 0 if there is none
	Texts   []string   // nil without a header
	Columns Mapping    // that the texts name
	Sample  [][]string // the first rows of data
	Width   int        // columns of the header and of the sample
}

// ReadHeader reads the header in a row, 0 for none, and the first rows below it. If
// number is negative, it finds the row. org means that the endpoint takes 组织机构代码 as
// entmark (queryV2).
func ReadHeader(ctx context.Context, in *table.Input, number int, org bool) (Header, error) {
	const maxRead, maxSample = 10, 5
	h, names := Header{Number: number}, newHeaderParser(org)
	if number < 0 {
		top, _ := in.FirstRows(ctx, headerRows) // an error comes again below
		number, _ := findHeader(top, org)
		h.Number = max(number, 1)
	}
	var above []string
	for row, err := range in.Rows(ctx) {
		switch {
		case err != nil:
			return h, err
		case row.Number == h.Number-1:
			above = row.Texts()
		case row.Number == h.Number:
			h.Texts = names.joinHeaders(above, row.Texts())
		case row.Number > h.Number && !row.IsBlank():
			h.Sample = append(h.Sample, row.Texts())
		}
		if len(h.Sample) == maxRead {
			break
		}
	}
	// Instructions below the header say nothing about the columns.
	if at := slices.IndexFunc(h.Sample, IsDataRow); at > 0 {
		h.Sample = h.Sample[at:]
	}
	h.Sample = h.Sample[:min(maxSample, len(h.Sample))]
	h.Width = len(h.Texts)
	for _, row := range h.Sample {
		h.Width = max(h.Width, len(row))
	}
	h.Columns = names.match(h.Texts)
	return h, nil
}

// Guess returns the columns of the factors. It guesses those that are not known from the
// cells, of which each must have at least the score; the operator must confirm them before
// anything is sent. A column is Missing if several fit, or if its header names another person.
func (h Header) Guess(columns Mapping, minScore int, today time.Time) Mapping {
	for score := ident.ScoreCertain; score >= minScore; score-- {
		for f := range juhe.NumFactors {
			if columns[f] >= 0 || h.Columns[f] == Ambiguous {
				continue
			}
			var fit []int
			for column := range h.Width {
				other := column < len(h.Texts) && newHeaderParser(false).containsWord(otherPersons, foldText(h.Texts[column]))
				if !other && !slices.Contains(columns[:], column) && columnScore(f, h.Sample, column, today) >= score {
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

// nonEmpty returns the texts that are not blank.
func nonEmpty(texts []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return strings.TrimSpace(text) == "" })
}

// IsGarbled reports whether half of the headers were decoded with a wrong encoding.
func (h Header) IsGarbled() bool {
	filled, garbled := 0, 0
	for _, text := range nonEmpty(h.Texts) {
		filled++
		value, _ := ident.Normalize(juhe.Entname, text)
		if strings.ContainsRune(value, unicode.ReplacementChar) || ident.IsGarbled(value) {
			garbled++
		}
	}
	return filled > 1 && garbled*2 >= filled
}

// Separator returns the character that occurs equally often in the header and in each
// row of the sample, at least three times, or "".
func (h Header) Separator() string {
	const minCount = 3 // between four factors
	first, best, bestCount := strings.Join(h.Texts, ""), "", minCount-1
	for _, r := range first {
		if !unicode.IsPunct(r) && !unicode.IsSymbol(r) && r != ' ' && r != '\u3000' {
			continue
		}
		n := strings.Count(first, string(r))
		if n > bestCount && !slices.ContainsFunc(h.Sample, func(row []string) bool { return strings.Count(strings.Join(row, ""), string(r)) != n }) {
			best, bestCount = string(r), n
		}
	}
	return best
}
