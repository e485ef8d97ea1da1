package juhe_test

import (
	"strings"
	"testing"

	"fourfactor/juhe"
)

// TestPanic: a panic that is recovered twice keeps its value and its stack.
func TestPanic(t *testing.T) {
	t.Parallel()
	recovered := func(value any) (p *juhe.Panic) {
		defer func() { p = juhe.NewPanic(recover()) }()
		panic(value)
	}
	first := recovered("a defect")
	if first.Value != "a defect" || !strings.Contains(string(first.Stack), "TestPanic") {
		t.Errorf("got %v with the stack %s", first.Value, first.Stack)
	}
	if again := recovered(first); again != first {
		t.Errorf("got %v, want the first panic", again)
	}
}
