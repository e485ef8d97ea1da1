package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

func (a *App) historyShowCommand() *cobra.Command {
	var reveal, asJSON bool
	w := a.Messages.Records
	cmd := &cobra.Command{
		Use: "show ID", Short: w.Show, Args: cobra.ExactArgs(1),
		RunE: a.WithSession(a.LedgerSession, func(ctx context.Context, s *Session, args []string) error {
			return a.runShow(ctx, s, args[0], reveal, asJSON)
		}),
	}
	cmd.Flags().BoolVar(&reveal, "reveal", false, w.FlagReveal)
	cmd.Flags().BoolVar(&asJSON, "json", false, a.Messages.CLI.FlagJSON)
	return cmd
}

// runShow prints a lookup like check, and the earlier ones of the same factors.
func (a *App) runShow(ctx context.Context, s *Session, id string, reveal, asJSON bool) error {
	rec, err := a.getLookup(ctx, s, id)
	if err != nil {
		return err
	}
	earlier, err := s.Ledger.SameFactors(ctx, rec)
	if err != nil {
		return err
	}
	earlier = slices.DeleteFunc(earlier, func(e lookup.Record) bool { return e.ID == rec.ID || e.At.After(rec.At) })
	reveal, auditErr := s.AuditReveal(ctx, reveal, rec)
	if err := s.PrintLookup(a.Out, rec, reveal, asJSON); err != nil {
		return err
	}
	if !asJSON {
		if _, err := fmt.Fprint(a.Out, a.earlierText(earlier)); err != nil {
			return err
		}
	}
	return auditErr
}

// getLookup reads a lookup that must exist.
func (a *App) getLookup(ctx context.Context, s *Session, id string) (lookup.Record, error) {
	rec, there, err := s.Ledger.Get(ctx, id)
	if err == nil && !there {
		err = UsageError(fmt.Sprintf(a.Messages.Records.UnknownID, juhe.Sanitize(id)))
	}
	return rec, err
}

// earlierText lists the earlier lookups of the same factors.
func (a *App) earlierText(earlier []lookup.Record) string {
	if len(earlier) == 0 {
		return ""
	}
	rows := make([][]string, len(earlier))
	for i, e := range earlier {
		rows[i] = []string{e.At.Format(time.DateTime), a.OutcomeLabel(e.Reply.Outcome), string(e.Query.API), e.CodeText(), e.Reply.Regstatus, e.ID}
	}
	table := &Table{Right: []int{3}}
	return "\n" + strings.TrimRight(a.Messages.Records.Earlier+a.Messages.Colon, " ") + "\n" + table.Render(rows)
}
