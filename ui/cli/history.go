package cli

import (
	"context"
	"log/slog"

	"github.com/spf13/cobra"
)

// historyCommand are the commands about the look-ups of the ledger. They need neither
// a key nor the service.
func (a *App) historyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "history", Short: a.words.Records.Short, Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.historyListCommand(), a.historyShowCommand(), a.historyDeleteCommand(), a.historyPurgeCommand(),
		a.historyVerifyCommand(), a.historyAuditCommand(), a.historyExportCommand(), a.historyImportCommand())
	return cmd
}

// sessionFunc is what one does in a session.
type sessionFunc func(ctx context.Context, s *Session, args []string) error

// withLedgerSession is a command that runs with a session that has a ledger.
func (a *App) withLedgerSession(run sessionFunc) func(*cobra.Command, []string) error {
	return a.withSession(a.ledgerSession, a.ledgerExit, run)
}

// withSession is a command that runs in a session that begin begins. ended says how it
// ends with an error.
func (a *App) withSession(begin func(*slog.Logger) (*Session, error), ended func(context.Context, error) error, run sessionFunc) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		s, err := begin(a.commandLog())
		if err != nil {
			return err
		}
		defer s.Close()
		if err := s.WaitForDemo(ctx); err != nil {
			return a.ledgerExit(ctx, err)
		}
		if s.Demo {
			a.errf("%s%s%s\n", a.words.App.Demo, a.words.Colon, a.words.App.DemoNote)
		}
		return ended(ctx, run(ctx, s, args))
	}
}
