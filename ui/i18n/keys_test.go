package i18n_test

import (
	"testing"

	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
)

// TestKeysDiffer: no two actions of one context have the same name.
func TestKeysDiffer(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, place := range []keymap.Context{keymap.Form, keymap.Result, keymap.History, keymap.Batch, keymap.Setup, keymap.Question} {
			taken := map[string]keymap.Action{}
			for _, line := range keymap.Defaults() {
				if line.Context != place && line.Context != keymap.Anywhere {
					continue
				}
				text := w.Keys[line.Action]
				if other, twice := taken[text]; twice {
					t.Errorf("%s, %s: %s and %s are both %q", w.Lang, place, other, line.Action, text)
				}
				taken[text] = line.Action
			}
		}
	}
}
