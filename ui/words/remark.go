package words

import "strings"

// Input says why a factor, called label, cannot be sent, and the cure.
func (t *Text) Input(problem, label string) string {
	return strings.ReplaceAll(t.Inputs[problem], "{field}", label)
}
