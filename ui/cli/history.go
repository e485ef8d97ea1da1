package cli

import (
	"context"
	"log/slog"

	"github.com/spf13/cobra"
)

// history are the commands about the look-ups of the ledger. They need neither
// a key nor the service.
func (a *App) history() *cobra.Command {
	cmd := &cobra.Command{
		Use: "history", Short: a.words.Records.Short, Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.historyList(), a.historyShow(), a.historyDelete(), a.historyPurge(),
		a.historyVerify(), a.historyAudit(), a.historyExport(), a.historyImport())
	return cmd
}

// command is what one does in a session.
type command func(ctx context.Context, s *Session, args []string) error

// withRecords is a command that runs with a session that has a ledger.
func (a *App) withRecords(run command) func(*cobra.Command, []string) error {
	return a.with(a.records, a.ended, run)
}

// with is a command that runs in a session that begin begins. ended says how it
// ends with an error.
func (a *App) with(begin func(*slog.Logger) (*Session, error), ended func(context.Context, error) error, run command) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		s, err := begin(a.log())
		if err != nil {
			return err
		}
		defer s.Close()
		if err := s.Ready(ctx); err != nil {
			return a.ended(ctx, err)
		}
		if s.Demo {
			a.tell("%s%s%s\n", a.words.App.Demo, a.words.Colon, a.words.App.DemoNote)
		}
		return ended(ctx, run(ctx, s, args))
	}
}
