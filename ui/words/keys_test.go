package words_test

import (
	"testing"

	"fourfactor/ui/keys"
	"fourfactor/ui/words"
)

// TestKeysDiffer: no two actions of one place are called the same.
func TestKeysDiffer(t *testing.T) {
	t.Parallel()
	for _, w := range words.Languages() {
		for _, place := range []keys.Where{keys.Form, keys.Result, keys.History, keys.Batch, keys.Setup, keys.Question} {
			taken := map[string]keys.Action{}
			for _, line := range keys.Lines() {
				if line.Where != place && line.Where != keys.Anywhere {
					continue
				}
				text := w.Keys[string(line.Action)]
				if other, twice := taken[text]; twice {
					t.Errorf("%s, %s: %s and %s are both %q", w.Lang, place, other, line.Action, text)
				}
				taken[text] = line.Action
			}
		}
	}
}
