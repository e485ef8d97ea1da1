package cli

import (
	"fmt"

	"fourfactor/juhe"
)

// prepareRestart prepares the console after the setup, and gives its first words.
func (a *App) prepareRestart(next Restart) (said string) {
	a.restart = next
	a.flags.demo = next.Demo
	a.loadGlobals()
	if next.Demo || a.config == nil {
		return ""
	}
	if next.KeyReplaced {
		return a.words.Setup.Replaced
	}
	said = fmt.Sprintf(a.words.Setup.Stored, juhe.Harmless(a.config.Juhe.Key.Origin()))
	if next.configUnchanged && next.Language+next.Theme != "" {
		said += " " + fmt.Sprintf(a.words.Setup.KeptAsIs, juhe.Harmless(a.configFile))
	}
	return said
}
