package lookup

import (
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// InputProblem is the reason why a factor cannot be sent.
type InputProblem string

// The problems that prevent sending. Anything else is a warning: see Check.
const (
	InputEmpty       InputProblem = "empty"
	InputInvalidUTF8 InputProblem = "utf8"
	InputPlaceholder InputProblem = "placeholder" // stands for no value: NULL, 无, a lone 0
	InputMasked      InputProblem = "masked"      // partly hidden: 张*, 1101****002X
)

// InputError is the error of the first factor that cannot be sent.
type InputError struct {
	Factor  juhe.Factor
	Problem InputProblem
}

func (e *InputError) Error() string { return e.Factor.String() + ": " + string(e.Problem) }

// CheckInput returns the reason why a typed factor cannot be sent, or "" if it can.
func CheckInput(f juhe.Factor, typed string) InputProblem {
	placeholder := ident.PlaceholderOf(f, typed)
	normal, _ := ident.Normalize(f, typed)
	switch {
	case placeholder == ident.PlaceholderMasked:
		return InputMasked
	case placeholder == ident.PlaceholderNoValue:
		return InputPlaceholder
	case normal == "":
		return InputEmpty
	case !utf8.ValidString(normal):
		return InputInvalidUTF8
	}
	return ""
}

// CheckInputs returns the error of the first factor that cannot be sent, or nil.
func CheckInputs(typed juhe.Factors) *InputError {
	for f := range juhe.NumFactors {
		if problem := CheckInput(f, typed[f]); problem != "" {
			return &InputError{f, problem}
		}
	}
	return nil
}
