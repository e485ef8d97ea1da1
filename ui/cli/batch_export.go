package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/table"
	"fourfactor/ui/export"
)

func (a *App) batchExportCommand() *cobra.Command {
	var out string
	var rest bool
	w := a.Messages.Runs
	cmd := &cobra.Command{
		Use: "export RUN --out FILE", Short: w.Export, Long: w.ExportLong, Args: exactlyOne(w.End.NeedRun),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: a.withBatchSession(func(ctx context.Context, s *Session, args []string) error {
			return a.exportRun(ctx, s, args[0], out, rest)
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", w.FlagExportOut)
	cmd.Flags().BoolVar(&rest, "rest", false, w.FlagRest)
	CompleteFile(cmd, "out")
	return cmd
}

// exportRun writes the results of a run to a new file.
func (a *App) exportRun(ctx context.Context, s *Session, text, out string, rest bool) error {
	id, err := a.runID(text)
	switch {
	case err != nil:
		return err
	case out == "":
		return UsageError(fmt.Sprintf(a.Messages.Records.MissingFlag, "--out"))
	}
	n, err := s.Batch.Export(ctx, id, export.ExpandHome(s.Home, out), rest)
	if err != nil {
		return err
	}
	a.Errf(a.Messages.Runs.End.Exported+"\n", n, juhe.Sanitize(out))
	if format, _ := table.FormatOf(out); format == table.CSV {
		a.Errf("%s\n", a.Messages.Records.CSVLosesDigits)
	}
	return nil
}
