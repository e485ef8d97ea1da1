package detect

import (
	"context"
	"fmt"
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
// anything is sent. A column is -1 if several fit, or if its header names another person.
func (h Header) Guess(columns Mapping, minScore int, today time.Time) Mapping {
	for score := ident.ScoreCertain; score >= minScore; score-- {
		for f := range juhe.NumFactors {
			if columns[f] >= 0 || h.Columns[f] == Ambiguous {
				continue
			}
			var fit []int
			for column := range h.Width {
				other := column < len(h.Texts) && isOtherPerson(h.Texts[column])
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

// MappingProblem is the problem of a part of a mapping.
type MappingProblem string

// The problems.
const (
	MappingSyntax    MappingProblem = "form"   // not factor=column
	MappingFactor    MappingProblem = "factor" // no such factor; Allowed lists the factors
	MappingColumn    MappingProblem = "column" // no such column; Allowed lists the headers
	MappingDuplicate MappingProblem = "twice"  // a factor, header or column occurs twice
)

// MappingError is the error of ParseMapping.
type MappingError struct {
	Problem MappingProblem
	Part    string   // as written
	Allowed []string // values, or nil
}

func (e *MappingError) Error() string { return fmt.Sprintf("mapping %q: %s", e.Part, e.Problem) }

// ParseMapping parses a mapping such as "entname=B,idcard=证件号", by column or by
// header, and applies it to base, which may come from the header. A header takes
// precedence over a column of that name. A column that is given to a factor is
// taken from any other. The error is a *MappingError.
func ParseMapping(text string, header []string, base Mapping) (Mapping, error) {
	var assigned [juhe.NumFactors]bool
	m := base
	for part := range strings.SplitSeq(text, ",") {
		name, column, found := strings.Cut(part, "=")
		if !found || strings.TrimSpace(column) == "" {
			return base, &MappingError{Problem: MappingSyntax, Part: part}
		}
		factor, ok := juhe.ParseFactor(strings.ToLower(strings.TrimSpace(name)))
		if !ok {
			return base, &MappingError{MappingFactor, part, juhe.FactorNames()}
		}
		to, problem := findColumn(strings.TrimSpace(column), header)
		if problem != "" {
			return base, &MappingError{problem, part, nonEmpty(header)}
		}
		for i, taken := range m {
			if assigned[factor] || assigned[i] && taken == to {
				return base, &MappingError{Problem: MappingDuplicate, Part: part}
			}
			if taken == to {
				m[i] = -1
			}
		}
		assigned[factor], m[factor] = true, to
	}
	return m, nil
}

// findColumn returns the column with a header, unchanged or folded, or with a
// name. Columns beyond the header do not count: "id" would be the 238th.
func findColumn(text string, header []string) (int, MappingProblem) {
	for _, same := range []func(string) bool{
		func(h string) bool { return h == text || table.Unwrap(h) == text },
		func(h string) bool { return fold(h).key() != "" && fold(h).key() == fold(text).key() },
	} {
		if i := slices.IndexFunc(header, same); i >= 0 {
			if slices.ContainsFunc(header[i+1:], same) {
				return 0, MappingDuplicate
			}
			return i, ""
		}
	}
	if i := table.ColumnIndex(text); i >= 0 && (len(header) == 0 || i < len(header)) {
		return i, ""
	}
	return 0, MappingColumn
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
