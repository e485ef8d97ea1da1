package ident_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"fourfactor/juhe/ident"
)

// names gives the names of a file: the field, what is to be found, and the name.
func names(t *testing.T, file string, each func(f ident.Field, want, name string)) {
	t.Helper()
	count := 0
	for _, line := range vectors(t, file) {
		want, all := "", line[len(line)-1]
		if len(line) > 2 {
			want = line[1]
		}
		all = strings.ReplaceAll(all, `"`, `\"`)
		for _, name := range strings.Split(all, "|") {
			text, err := strconv.Unquote(`"` + name + `"`)
			if err != nil {
				t.Fatalf("%s: %s", name, err)
			}
			each(ident.Field(line[0]), want, text)
			count++
		}
	}
	if count < 200 {
		t.Errorf("%s has %d names", file, count)
	}
}

// TestGoodNames: names as they are registered have no remark, and stay as they are.
func TestGoodNames(t *testing.T) {
	t.Parallel()
	names(t, "names_good.txt", func(f ident.Field, _, name string) {
		value, changes := ident.Normalize(f, name)
		if absence := ident.AbsenceOf(f, name); value != name || len(changes) > 0 || absence != ident.AbsentNot {
			t.Errorf("%s %s becomes %q, %v, %s", f, name, value, changes, absence)
		}
		if remarks := ident.Check(f, value, nil, today); len(remarks) > 0 {
			t.Errorf("%s %s: %v", f, name, remarks)
		}
	})
}

// TestBadNames: each kind of what no register has is found, and nothing else.
func TestBadNames(t *testing.T) {
	t.Parallel()
	seen := map[ident.Finding]bool{}
	names(t, "names_bad.txt", func(f ident.Field, want, name string) {
		value, _ := ident.Normalize(f, name)
		var found []string
		for _, r := range ident.Check(f, value, nil, today) {
			if r.Rule != ident.RuleLookalike && r.Rule != ident.RuleName && r.Rule != ident.RuleLength {
				t.Errorf("%s %+q: %v", f, name, r)
			}
			for _, finding := range r.Findings {
				found = append(found, string(finding))
				seen[finding] = true
			}
			if !r.Warns() {
				t.Errorf("%s %+q: no warning", f, name)
			}
		}
		slices.Sort(found)
		if got := strings.Join(found, " "); got != want {
			t.Errorf("%s %s (%+q): %q, want %q", f, name, name, got, want)
		}
	})
	for _, finding := range ident.Findings() {
		if !seen[finding] {
			t.Errorf("no name has %s", finding)
		}
	}
}
