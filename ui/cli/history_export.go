package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/export"
)

func (a *App) historyExportCommand() *cobra.Command {
	var out string
	var reveal bool
	w := a.Messages.Records
	cmd := &cobra.Command{
		Use: "export --out FILE", Short: w.Export, Long: w.ExportLong, Args: a.NoArgs,
		RunE: a.WithSession(a.LedgerSession, func(ctx context.Context, s *Session, _ []string) error { return a.runExport(ctx, s, out, reveal) }),
	}
	cmd.Flags().StringVar(&out, "out", "", w.FlagOut)
	cmd.Flags().BoolVar(&reveal, "reveal", false, w.FlagReveal)
	CompleteFile(cmd, "out")
	return cmd
}

// runExport writes all lookups to a new file.
func (a *App) runExport(ctx context.Context, s *Session, out string, reveal bool) error {
	if out == "" {
		return UsageError(fmt.Sprintf(a.Messages.Records.MissingFlag, "--out"))
	}
	n, err := s.Exporter().Write(ctx, lookup.Search{}, out, reveal, func(int) {})
	if err == nil || n > 0 && export.IsUnreadable(err) {
		a.Errf(a.Messages.Records.Exported+"\n", n, juhe.Sanitize(out))
	}
	var problem *lookup.LedgerError
	switch {
	case errors.As(err, &problem) || ctx.Err() != nil:
		return err
	case err != nil:
		return UsageError(export.ErrorText(a.Messages, err, out))
	}
	if format, _ := table.FormatOf(out); format == table.CSV && reveal {
		a.Errf("%s\n", a.Messages.Records.CSVLosesDigits)
	}
	return nil
}
