package detect

import (
	"fmt"
	"slices"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/table"
)

// Mapping holds the column, from 0, of each of the four factors, or Missing or Ambiguous.
type Mapping [juhe.NumFactors]int

// The reasons why a header does not determine the column of a factor.
const (
	Missing   = -1 // no column matches
	Ambiguous = -2 // several columns match equally well
)

// NoColumns returns a Mapping in which every factor is Missing.
func NoColumns() Mapping { return Mapping{Missing, Missing, Missing, Missing} }

// IsComplete reports whether every factor has a column.
func (m Mapping) IsComplete() bool { return slices.Min(m[:]) >= 0 }

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
