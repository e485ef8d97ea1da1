package keys_test

import (
	"testing"

	"fourfactor/ui/keys"
)

// TestNoClash: in one place no two actions have the same key, and what works
// anywhere works everywhere.
func TestNoClash(t *testing.T) {
	t.Parallel()
	for _, place := range []keys.Where{keys.Form, keys.Result, keys.History, keys.Batch, keys.Question} {
		taken := map[string]keys.Action{}
		for _, line := range keys.Lines() {
			if line.Where != place && line.Where != keys.Anywhere {
				continue
			}
			for _, k := range line.Keys {
				if other, twice := taken[k]; twice {
					t.Errorf("%s: %s is %s and %s", place, k, other, line.Action)
				}
				taken[k] = line.Action
			}
		}
	}
}

// TestTable: each action stands there once, with a key.
func TestTable(t *testing.T) {
	t.Parallel()
	seen := map[keys.Action]bool{}
	for _, line := range keys.Lines() {
		if seen[line.Action] || len(line.Keys) == 0 {
			t.Errorf("%s with %v", line.Action, line.Keys)
		}
		seen[line.Action] = true
	}
}

// TestNoFunctionKeyAlone: what is on an F-key has a second key, for terminals
// that keep the F-keys for themselves.
func TestNoFunctionKeyAlone(t *testing.T) {
	t.Parallel()
	for _, line := range keys.Lines() {
		if k := line.Keys[0]; len(k) == 2 && k[0] == 'f' && len(line.Keys) < 2 {
			t.Errorf("%s has %s alone", line.Action, k)
		}
	}
}

// TestText: no key of a place where text is always typed is a character, but
// help's.
func TestText(t *testing.T) {
	t.Parallel()
	for _, line := range keys.Lines() {
		for _, k := range line.Keys {
			if len(k) == 1 && (line.Where == keys.Anywhere || line.Where == keys.Form) && line.Action != keys.Help {
				t.Errorf("%s is on %q, which the form takes as text", line.Action, k)
			}
		}
	}
}
