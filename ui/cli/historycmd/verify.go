package historycmd

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/ui/cli"
)

func newVerify(f *cli.Factory) *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: f.Messages.Records.Verify, Args: f.NoArgs,
		RunE: f.WithSession(f.LedgerSession, runVerify),
	}
}

// runVerify checks the ledger and prints the result.
func runVerify(ctx context.Context, s *cli.Session, _ []string) error {
	result, err := s.Ledger.Verify(ctx)
	if err != nil {
		return err
	}
	w := s.Messages.Records
	encrypted, sound := w.Plain, w.Intact
	if result.Encrypted {
		encrypted = w.Encrypted
	}
	if len(result.Problems) > 0 {
		sound = w.Damaged + "\n" + strings.Join(result.Problems, "\n")
	}
	c := s.Messages.Colon
	if _, err := fmt.Fprintf(s.Out, "%s%s%s%s\n%s%s%d\n%s%s%d\n%s%s%s\n%s\n", w.Path, c, juhe.Sanitize(s.Ledger.Where()), fmt.Sprintf(s.Messages.Errors.InParentheses, encrypted),
		w.Lookups, c, result.Lookups, w.Pending, c, result.Pending, w.Bytes, c, cli.FormatBytes(result.Size), sound); err != nil {
		return err
	}
	if len(result.Problems) > 0 {
		return &cli.ExitError{Code: cli.ExitLedger}
	}
	return nil
}
