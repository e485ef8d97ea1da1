package historycmd

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
)

// showOptions are the flags of history show.
type showOptions struct{ reveal, json bool }

func newShow(f *cli.Factory) *cobra.Command {
	var o showOptions
	w := f.Messages.Records
	cmd := &cobra.Command{
		Use: "show ID", Short: w.Show, Args: cobra.ExactArgs(1),
		RunE: f.WithSession(f.LedgerSession, o.run),
	}
	cmd.Flags().BoolVar(&o.reveal, "reveal", false, w.FlagReveal)
	cmd.Flags().BoolVar(&o.json, "json", false, f.Messages.CLI.FlagJSON)
	return cmd
}

// run prints a lookup like check, and the earlier ones of the same factors.
func (o *showOptions) run(ctx context.Context, s *cli.Session, args []string) error {
	rec, err := getLookup(ctx, s, args[0])
	if err != nil {
		return err
	}
	earlier, err := s.Ledger.SameFactors(ctx, rec)
	if err != nil {
		return err
	}
	earlier = slices.DeleteFunc(earlier, func(e lookup.Record) bool { return e.ID == rec.ID || e.At.After(rec.At) })
	reveal, auditErr := s.AuditReveal(ctx, o.reveal, rec)
	if err := s.PrintLookup(s.Out, rec, reveal, o.json); err != nil {
		return err
	}
	if !o.json {
		if _, err := fmt.Fprint(s.Out, earlierText(s, earlier)); err != nil {
			return err
		}
	}
	return auditErr
}

// getLookup reads a lookup that must exist.
func getLookup(ctx context.Context, s *cli.Session, id string) (lookup.Record, error) {
	rec, there, err := s.Ledger.Get(ctx, id)
	if err == nil && !there {
		err = cli.UsageError(fmt.Sprintf(s.Messages.Records.UnknownID, juhe.Sanitize(id)))
	}
	return rec, err
}

// earlierText lists the earlier lookups of the same factors.
func earlierText(s *cli.Session, earlier []lookup.Record) string {
	if len(earlier) == 0 {
		return ""
	}
	rows := make([][]string, len(earlier))
	for i, e := range earlier {
		rows[i] = []string{e.At.Format(time.DateTime), s.OutcomeLabel(e.Reply.Outcome), string(e.Query.API), e.CodeText(), e.Reply.Regstatus, e.ID}
	}
	table := &cli.Table{Right: []int{3}}
	return "\n" + strings.TrimRight(s.Messages.Records.Earlier+s.Messages.Colon, " ") + "\n" + table.Render(rows)
}
