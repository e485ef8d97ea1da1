package widget_test

import (
	"os"
	"testing"

	"github.com/mattn/go-runewidth"
)

// TestMain measures as main.go does.
func TestMain(m *testing.M) {
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}
