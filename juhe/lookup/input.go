package lookup

import (
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Problem is what is wrong with an input.
type Problem string

// The problems of an input, for which nothing is sent. Everything else is a
// remark, never a wall.
const (
	ProblemEmpty       Problem = "empty"
	ProblemUTF8        Problem = "utf8"
	ProblemPlaceholder Problem = "placeholder" // it says that there is no value: NULL, 无, a lone 0
	ProblemMasked      Problem = "masked"      // a part of it is hidden: 张*, 1101****002X
)

// Problems returns every problem.
func Problems() []Problem {
	return []Problem{ProblemEmpty, ProblemUTF8, ProblemPlaceholder, ProblemMasked}
}

// InputError names the first field that cannot be sent.
type InputError struct {
	Field   ident.Field
	Problem Problem
}

func (e *InputError) Error() string { return string(e.Field) + ": " + string(e.Problem) }

// ProblemOf tells why a factor, as it was typed, cannot be sent. It is empty for
// one that can. Form, commands, pasted rows and batches all decide by this.
func ProblemOf(f ident.Field, typed string) Problem {
	absence := ident.AbsenceOf(f, typed)
	normal, _ := ident.Normalize(f, typed)
	switch {
	case absence == ident.AbsentMasked:
		return ProblemMasked
	case absence == ident.AbsentNone:
		return ProblemPlaceholder
	case normal == "":
		return ProblemEmpty
	case !utf8.ValidString(normal):
		return ProblemUTF8
	}
	return ""
}

// FirstProblem is that of the first factor that cannot be sent, or nil.
func FirstProblem(typed juhe.Factors) *InputError {
	for _, f := range ident.Fields() {
		if problem := ProblemOf(f, Value(typed, f)); problem != "" {
			return &InputError{f, problem}
		}
	}
	return nil
}

func valid(typed juhe.Query) error {
	if problem := FirstProblem(typed.Factors); problem != nil {
		return problem
	}
	return nil
}
