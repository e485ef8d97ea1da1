// Package termbg settles the terminal's background before Bubble Tea asks for
// it: importing Bubble Tea asks the terminal in an init function, and on a
// terminal that does not answer every command, --version too, waits 5 s.
//
// It works because Go initialises packages that are ready in the order of
// their import paths, and fourfactor/… sorts before
// github.com/charmbracelet/bubbletea. No colour of ours depends on the answer.
package termbg

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
