package ident_test

import (
	"slices"
	"testing"

	"fourfactor/juhe/ident"
)

// TestLists: each list has its length and no repetitions, and each call returns a new
// one.
func TestLists(t *testing.T) {
	t.Parallel()
	testList(t, ident.Rules, 11)
	testList(t, ident.Changes, 6)
	testList(t, ident.Findings, 18)
}

func testList[T ~string](t *testing.T, list func() []T, n int) {
	t.Helper()
	first := list()
	first[0] = "-"
	all := list()
	slices.Sort(all)
	if all = slices.Compact(all); len(all) != n || slices.Contains(all, "-") {
		t.Errorf("%v: want %d of them", all, n)
	}
}
