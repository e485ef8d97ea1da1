package cli

import (
	"github.com/spf13/cobra"
)

// App has the commands that are methods.
type App struct{ *Factory }

// Commands returns the commands.
func (a *App) Commands() []*cobra.Command {
	return []*cobra.Command{a.batchCommand()}
}
