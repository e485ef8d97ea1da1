package historycmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
	"fourfactor/ui/cli"
	"fourfactor/ui/export"
)

// exportOptions are the flags of history export.
type exportOptions struct {
	out    string
	reveal bool
}

func newExport(f *cli.Factory) *cobra.Command {
	var o exportOptions
	w := f.Messages.Records
	cmd := &cobra.Command{
		Use: "export --out FILE", Short: w.Export, Long: w.ExportLong, Args: f.NoArgs,
		RunE: f.WithSession(f.LedgerSession, o.run),
	}
	cmd.Flags().StringVar(&o.out, "out", "", w.FlagOut)
	cmd.Flags().BoolVar(&o.reveal, "reveal", false, w.FlagReveal)
	cli.CompleteFile(cmd, "out")
	return cmd
}

// run writes all lookups to a new file.
func (o *exportOptions) run(ctx context.Context, s *cli.Session, _ []string) error {
	if o.out == "" {
		return cli.UsageError(fmt.Sprintf(s.Messages.Records.MissingFlag, "--out"))
	}
	n, err := s.Exporter().Write(ctx, lookup.Search{}, o.out, o.reveal, func(int) {})
	if err == nil || n > 0 && export.IsUnreadable(err) {
		s.Errf(s.Messages.Records.Exported+"\n", n, juhe.Sanitize(o.out))
	}
	var problem *lookup.LedgerError
	switch {
	case errors.As(err, &problem) || ctx.Err() != nil:
		return err
	case err != nil:
		return cli.UsageError(export.ErrorText(s.Messages, err, o.out))
	}
	if format, _ := table.FormatOf(o.out); format == table.CSV && o.reveal {
		s.Errf("%s\n", s.Messages.Records.CSVLosesDigits)
	}
	return nil
}
