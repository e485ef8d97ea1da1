package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
)

func (a *App) historyVerifyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: a.Messages.Records.Verify, Args: a.NoArgs,
		RunE: a.WithSession(a.LedgerSession, a.runVerify),
	}
}

// runVerify checks the ledger and prints the result.
func (a *App) runVerify(ctx context.Context, s *Session, _ []string) error {
	health, err := s.Ledger.Verify(ctx)
	if err != nil {
		return err
	}
	w := a.Messages.Records
	encrypted, sound := w.Plain, w.Intact
	if health.Encrypted {
		encrypted = w.Encrypted
	}
	if len(health.Problems) > 0 {
		sound = w.Damaged + "\n" + strings.Join(health.Problems, "\n")
	}
	c := a.Messages.Colon
	if _, err := fmt.Fprintf(a.Out, "%s%s%s%s\n%s%s%d\n%s%s%d\n%s%s%s\n%s\n", w.Path, c, juhe.Sanitize(s.Ledger.Where()), fmt.Sprintf(a.Messages.Errors.InParentheses, encrypted),
		w.Lookups, c, health.Lookups, w.Pending, c, health.Pending, w.Bytes, c, FormatBytes(health.Size), sound); err != nil {
		return err
	}
	if len(health.Problems) > 0 {
		return &ExitError{Code: ExitLedger}
	}
	return nil
}
