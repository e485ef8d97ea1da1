// Package historycmd has the commands about recorded lookups. They need neither a key
// nor the service.
package historycmd

import (
	"github.com/spf13/cobra"

	"fourfactor/ui/cli"
)

// NewCommand returns the group of commands.
func NewCommand(f *cli.Factory) *cobra.Command {
	return f.NewGroup("history", f.Messages.Records.Short,
		newList(f), newShow(f), newDelete(f), newPurge(f), newVerify(f), newAudit(f), newExport(f), newImport(f))
}
