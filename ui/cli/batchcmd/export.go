package batchcmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/table"
	"fourfactor/ui/cli"
	"fourfactor/ui/export"
)

// exportOptions are the flags of batch export.
type exportOptions struct {
	out            string
	unresolvedOnly bool
}

func newExport(f *cli.Factory) *cobra.Command {
	var o exportOptions
	w := f.Messages.Runs
	cmd := &cobra.Command{
		Use: "export RUN --out FILE", Short: w.Export, Long: w.ExportLong, Args: exactlyOne(w.End.NeedRun),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              withSession(f, o.run),
	}
	cmd.Flags().StringVar(&o.out, "out", "", w.FlagExportOut)
	cmd.Flags().BoolVar(&o.unresolvedOnly, "rest", false, w.FlagRest)
	cli.CompleteFile(cmd, "out")
	return cmd
}

// run writes the results of a run to a new file.
func (o *exportOptions) run(ctx context.Context, s *cli.Session, args []string) error {
	id, err := runID(s, args[0])
	switch {
	case err != nil:
		return err
	case o.out == "":
		return cli.UsageError(fmt.Sprintf(s.Messages.Records.MissingFlag, "--out"))
	}
	n, err := s.Batch.Export(ctx, id, export.ExpandHome(s.Home, o.out), o.unresolvedOnly)
	if err != nil {
		return err
	}
	s.Errf(s.Messages.Runs.End.Exported+"\n", n, juhe.Sanitize(o.out))
	if format, _ := table.FormatOf(o.out); format == table.CSV {
		s.Errf("%s\n", s.Messages.Records.CSVLosesDigits)
	}
	return nil
}
