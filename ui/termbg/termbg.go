// Package termbg sets the terminal's background before Bubble Tea queries it.
// Importing Bubble Tea queries the terminal in an init function, and every command,
// even --version, would wait 5 s for a terminal that does not answer.
//
// It works because Go initialises independent packages in the order of their import
// paths, and fourfactor/… sorts before github.com/charmbracelet/bubbletea. No colour
// of this program depends on the background.
package termbg

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
