package lookup

import (
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// InputProblem is what is wrong with an input.
type InputProblem string

// The problems of an input, for which nothing is sent. Everything else is a
// remark, never a wall.
const (
	InputEmpty       InputProblem = "empty"
	InputUTF8        InputProblem = "utf8"
	InputPlaceholder InputProblem = "placeholder" // it says that there is no value: NULL, 无, a lone 0
	InputMasked      InputProblem = "masked"      // a part of it is hidden: 张*, 1101****002X
)

// InputProblems returns every problem.
func InputProblems() []InputProblem {
	return []InputProblem{InputEmpty, InputUTF8, InputPlaceholder, InputMasked}
}

// InputError names the first field that cannot be sent.
type InputError struct {
	Field   ident.Field
	Problem InputProblem
}

func (e *InputError) Error() string { return string(e.Field) + ": " + string(e.Problem) }

// CheckInput tells why a factor, as it was typed, cannot be sent. It is empty for
// one that can. Form, commands, pasted rows and batches all decide by this.
func CheckInput(f ident.Field, typed string) InputProblem {
	absence := ident.AbsenceOf(f, typed)
	normal, _ := ident.Normalize(f, typed)
	switch {
	case absence == ident.AbsentMasked:
		return InputMasked
	case absence == ident.AbsentNone:
		return InputPlaceholder
	case normal == "":
		return InputEmpty
	case !utf8.ValidString(normal):
		return InputUTF8
	}
	return ""
}

// CheckInputs is that of the first factor that cannot be sent, or nil.
func CheckInputs(typed juhe.Factors) *InputError {
	for _, f := range ident.Fields() {
		if problem := CheckInput(f, Value(typed, f)); problem != "" {
			return &InputError{f, problem}
		}
	}
	return nil
}

func valid(typed juhe.Query) error {
	if problem := CheckInputs(typed.Factors); problem != nil {
		return problem
	}
	return nil
}
