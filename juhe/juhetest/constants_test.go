package juhetest_test

import (
	"slices"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/juhetest"
)

// assertConstants checks that a list has all constants of its type and no other.
func assertConstants[T ~string](t *testing.T, list []T) {
	t.Helper()
	if got, want := slices.Sorted(slices.Values(juhetest.Constants[T](t))), slices.Sorted(slices.Values(list)); !slices.Equal(got, want) {
		t.Errorf("%T: got constants %q, want %q", list, got, want)
	}
}

// TestConstants: the constants are those of the lists that the program uses.
func TestConstants(t *testing.T) {
	t.Parallel()
	assertConstants(t, juhe.Outcomes())
	assertConstants(t, juhe.APIs())
	assertConstants(t, ident.Rules())
	assertConstants(t, ident.Changes())
	assertConstants(t, ident.Findings())
}

type unused string

// TestNoConstants: a type without constants fails the test, because its name may have
// changed.
func TestNoConstants(t *testing.T) {
	t.Parallel()
	recorder := &failures{TB: t}
	func() {
		defer func() { recover() }()
		juhetest.Constants[unused](recorder)
	}()
	if !recorder.failed {
		t.Error("got no failure")
	}
}

// failures records that a test failed instead of failing it.
type failures struct {
	testing.TB
	failed bool
}

func (f *failures) Fatalf(string, ...any) {
	f.failed = true
	panic("failed")
}
