package historycmd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
	"fourfactor/ui/export"
)

// listOptions are the flags of history list.
type listOptions struct {
	search, outcome, since string
	limit                  int
	reveal, json           bool
}

func newList(f *cli.Factory) *cobra.Command {
	var o listOptions
	w := f.Messages.Records
	cmd := &cobra.Command{
		Use: "list", Short: w.List, Args: f.NoArgs,
		RunE: f.WithSession(f.LedgerSession, o.run),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.search, "search", "", w.FlagSearch)
	flags.StringVar(&o.outcome, "outcome", "", w.FlagOutcome)
	flags.StringVar(&o.since, "since", "", w.FlagSince)
	flags.IntVar(&o.limit, "limit", 50, w.FlagLimit)
	flags.BoolVar(&o.reveal, "reveal", false, w.FlagReveal)
	flags.BoolVar(&o.json, "json", false, f.Messages.CLI.FlagJSON)
	cli.CompleteValues(cmd, "outcome", outcomeNames()...)
	return cmd
}

func outcomeNames() []string {
	var names []string
	for _, o := range juhe.Outcomes() {
		names = append(names, string(o))
	}
	return names
}

// buildSearch converts the flags to a search.
func (o *listOptions) buildSearch(ctx context.Context, s *cli.Session) (search lookup.Search, err error) {
	w := s.Messages.Records
	if o.limit < 0 {
		return search, cli.UsageError(w.BadLimit)
	}
	search.Outcome = juhe.Outcome(o.outcome)
	if o.outcome != "" && !slices.Contains(juhe.Outcomes(), search.Outcome) {
		return search, cli.UsageError(fmt.Sprintf(w.BadOutcome, juhe.Sanitize(o.outcome), strings.Join(outcomeNames(), " ")))
	}
	if o.since != "" {
		if search.Since, err = parseTime(s, o.since); err != nil {
			return search, err
		}
	}
	search.Text = o.search
	if o.search == "-" {
		search.Text, err = s.ReadLine(ctx)
		if err != nil && !errors.Is(err, io.EOF) {
			return search, err
		}
		if search.Text == "" {
			return search, cli.UsageError(w.NoSearchText)
		}
	}
	return search, nil
}

func (o *listOptions) run(ctx context.Context, s *cli.Session, _ []string) error {
	search, err := o.buildSearch(ctx, s)
	if err != nil {
		return err
	}
	var auditErr error
	table := &cli.Table{Right: []int{5}}
	out := bufio.NewWriter(s.Out)
	n, more, err := export.EachPage(ctx, s.Ledger, search, o.limit, func(recs []lookup.Record) error {
		reveal := false
		if auditErr == nil {
			reveal, auditErr = s.AuditReveal(ctx, o.reveal, recs...)
		}
		if o.json {
			for _, rec := range recs {
				if err := s.PrintLookup(out, rec, reveal, true); err != nil {
					return err
				}
			}
			return out.Flush()
		}
		rows := make([][]string, len(recs))
		for i, rec := range recs {
			rows[i] = listRow(s, rec, reveal)
		}
		out.WriteString(table.Render(rows))
		return out.Flush()
	})
	switch {
	case err != nil:
		return err
	case n == 0:
		s.Errf("%s\n", s.Messages.Records.Nothing)
	case more:
		s.Errf(s.Messages.Records.More+"\n", n)
	}
	return auditErr
}

// listRow is a lookup as a row: time, outcome, company, person, code and ID.
func listRow(s *cli.Session, rec lookup.Record, reveal bool) []string {
	shown := rec.ShownFactors(reveal)
	return []string{
		rec.At.Format(time.DateTime), s.OutcomeLabel(rec.Reply.Outcome), juhe.Sanitize(shown[juhe.Entname]),
		juhe.Sanitize(shown[juhe.Realname]), juhe.Sanitize(shown[juhe.Idcard]), rec.CodeText(), rec.ID,
	}
}
