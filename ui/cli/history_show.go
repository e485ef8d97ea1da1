package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

func (a *App) historyShow() *cobra.Command {
	var reveal, asJSON bool
	w := a.words.Records
	cmd := &cobra.Command{
		Use: "show ID", Short: w.Show, Args: cobra.ExactArgs(1),
		RunE: a.withRecords(func(ctx context.Context, s *Session, args []string) error {
			return a.runShow(ctx, s, args[0], reveal, asJSON)
		}),
	}
	cmd.Flags().BoolVar(&reveal, "reveal", false, w.FlagReveal)
	cmd.Flags().BoolVar(&asJSON, "json", false, a.words.CLI.FlagJSON)
	return cmd
}

// runShow prints a look-up as check does, and then the earlier ones of the
// same factors.
func (a *App) runShow(ctx context.Context, s *Session, id string, reveal, asJSON bool) error {
	rec, err := a.found(ctx, s, id)
	if err != nil {
		return err
	}
	earlier, err := s.Ledger.Same(ctx, rec)
	if err != nil {
		return err
	}
	earlier = slices.DeleteFunc(earlier, func(e lookup.Record) bool { return e.ID == rec.ID || e.At.After(rec.At) })
	reveal, untraced := a.reveal(ctx, s, reveal, rec)
	if err := a.print(a.Out, s, rec, reveal, asJSON); err != nil {
		return err
	}
	if !asJSON {
		if _, err := fmt.Fprint(a.Out, a.before(earlier)); err != nil {
			return err
		}
	}
	return untraced
}

// found reads a look-up that has to be there.
func (a *App) found(ctx context.Context, s *Session, id string) (lookup.Record, error) {
	rec, there, err := s.Ledger.Get(ctx, id)
	if err == nil && !there {
		err = usage(fmt.Sprintf(a.words.Records.Unknown, juhe.Harmless(id)))
	}
	return rec, err
}

// before lists the earlier look-ups of the same factors.
func (a *App) before(earlier []lookup.Record) string {
	if len(earlier) == 0 {
		return ""
	}
	rows := make([][]string, len(earlier))
	for i, e := range earlier {
		rows[i] = []string{e.At.Format(time.DateTime), a.outcomeText(e), string(e.Query.API), codeText(e), e.Reply.Regstatus, e.ID}
	}
	table := &table{right: []int{3}}
	return "\n" + a.words.Records.Before + a.words.Colon + "\n" + table.text(rows)
}
