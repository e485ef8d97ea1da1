package cli

import (
	"fmt"

	"fourfactor/juhe"
)

// goOn prepares the console after the setup, and gives its first words.
func (a *App) goOn(next Next) (said string) {
	a.next = next
	a.flags.demo = next.Demo
	a.early()
	if next.Demo || a.config == nil {
		return ""
	}
	if next.Replaced {
		return a.words.Setup.Replaced
	}
	said = fmt.Sprintf(a.words.Setup.Stored, juhe.Harmless(a.config.Juhe.Key.Origin()))
	if next.asItWas && next.Language+next.Theme != "" {
		said += " " + fmt.Sprintf(a.words.Setup.KeptAsIs, juhe.Harmless(a.path))
	}
	return said
}
