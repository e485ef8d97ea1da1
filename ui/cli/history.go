package cli

import (
	"github.com/spf13/cobra"
)

// historyCommand has the commands about recorded lookups. They need neither a
// key nor the service.
func (a *App) historyCommand() *cobra.Command {
	return a.NewGroup("history", a.Messages.Records.Short,
		a.historyListCommand(), a.historyShowCommand(), a.historyDeleteCommand(), a.historyPurgeCommand(),
		a.historyVerifyCommand(), a.historyAuditCommand(), a.historyExportCommand(), a.historyImportCommand())
}
