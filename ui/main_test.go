package ui_test

import (
	"os"
	"testing"

	"github.com/mattn/go-runewidth"
)

// TestMain measures as main.go does: bubbles asks go-runewidth, and under
// zh_CN that counts · and … as two.
func TestMain(m *testing.M) {
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}
