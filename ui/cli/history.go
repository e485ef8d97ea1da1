package cli

import (
	"context"
	"log/slog"

	"github.com/spf13/cobra"
)

// historyCommand has the commands about recorded lookups. They need neither a
// key nor the service.
func (a *App) historyCommand() *cobra.Command {
	return a.groupCommand("history", a.messages.Records.Short,
		a.historyListCommand(), a.historyShowCommand(), a.historyDeleteCommand(), a.historyPurgeCommand(),
		a.historyVerifyCommand(), a.historyAuditCommand(), a.historyExportCommand(), a.historyImportCommand())
}

// sessionFunc is the body of a command that needs a session.
type sessionFunc func(ctx context.Context, s *Session, args []string) error

// withLedgerSession returns a RunE that runs run with a ledger session.
func (a *App) withLedgerSession(run sessionFunc) func(*cobra.Command, []string) error {
	return a.withSession(a.ledgerSession, a.ledgerExit, run)
}

// withSession returns a RunE that runs run with the session of open. exitErr
// converts its error to an exit error.
func (a *App) withSession(
	open func(*slog.Logger) (*Session, error), exitErr func(context.Context, error) error, run sessionFunc,
) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		s, err := open(a.commandLog())
		if err != nil {
			return err
		}
		defer s.Close()
		a.errf("%s", s.demoNote())
		return exitErr(ctx, run(ctx, s, args))
	}
}
