package sheet

import (
	"fmt"
	"slices"
	"strings"

	"fourfactor/juhe"
)

// MappingProblem is what is wrong with a part of a mapping that a person wrote.
type MappingProblem string

// The problems of a written mapping.
const (
	MappingSyntax    MappingProblem = "form"   // not factor=column
	MappingFactor    MappingProblem = "factor" // no such factor; Allowed are those there are
	MappingColumn    MappingProblem = "column" // no such column; Allowed are the heads
	MappingDuplicate MappingProblem = "twice"  // a factor, a head or a column that comes twice
)

// MappingProblems lists every problem.
func MappingProblems() []MappingProblem {
	return []MappingProblem{MappingSyntax, MappingFactor, MappingColumn, MappingDuplicate}
}

// MappingError is the error of ParseMapping.
type MappingError struct {
	Problem MappingProblem
	Part    string   // as it was written
	Allowed []string // what could stand there, if that can be said
}

func (e *MappingError) Error() string { return fmt.Sprintf("mapping %q: %s", e.Part, e.Problem) }

// ParseMapping reads a mapping such as "entname=B,idcard=证件号", by column or by
// head, over what is known already, which may be what Match found. A head goes
// before a column of that name. A column that is given to one factor is taken
// from another. An error is a *MappingError.
func ParseMapping(text string, head []string, over Mapping) (Mapping, error) {
	var said [juhe.NumFactors]bool
	m := over
	for part := range strings.SplitSeq(text, ",") {
		name, column, found := strings.Cut(part, "=")
		if !found || strings.TrimSpace(column) == "" {
			return over, &MappingError{Problem: MappingSyntax, Part: part}
		}
		factor, ok := juhe.ParseFactor(strings.ToLower(strings.TrimSpace(name)))
		if !ok {
			return over, &MappingError{MappingFactor, part, juhe.FactorNames()}
		}
		to, problem := findColumn(strings.TrimSpace(column), head)
		if problem != "" {
			return over, &MappingError{problem, part, nonEmpty(head)}
		}
		for i, taken := range m {
			if said[factor] || said[i] && taken == to {
				return over, &MappingError{Problem: MappingDuplicate, Part: part}
			}
			if taken == to {
				m[i] = -1
			}
		}
		said[factor], m[factor] = true, to
	}
	return m, nil
}

// findColumn is the column with a head, as it is or folded, or of a name. Where
// there is a head, a column beyond it is none: "id" would be one, the 238th.
func findColumn(text string, head []string) (int, MappingProblem) {
	for _, same := range []func(string) bool{
		func(h string) bool { return h == text || unwrap(h) == text },
		func(h string) bool { return fold(h).key() != "" && fold(h).key() == fold(text).key() },
	} {
		if i := slices.IndexFunc(head, same); i >= 0 {
			if slices.ContainsFunc(head[i+1:], same) {
				return 0, MappingDuplicate
			}
			return i, ""
		}
	}
	if i := ColumnIndex(text); i >= 0 && (len(head) == 0 || i < len(head)) {
		return i, ""
	}
	return 0, MappingColumn
}

// nonEmpty are the heads that are not empty.
func nonEmpty(head []string) []string {
	return slices.DeleteFunc(slices.Clone(head), func(h string) bool { return strings.TrimSpace(h) == "" })
}
