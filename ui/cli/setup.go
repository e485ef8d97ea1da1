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
	said = fmt.Sprintf(a.words.Setup.Stored, juhe.Sanitize(a.config.Juhe.Key.Origin()))
	if next.configUnchanged && next.Language+next.Theme != "" {
		said += " " + fmt.Sprintf(a.words.Setup.KeptAsIs, juhe.Sanitize(a.configFile))
	}
	return said
}
