package historycmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
	"fourfactor/ui/export"
)

func newDelete(f *cli.Factory) *cobra.Command {
	return &cobra.Command{
		Use: "delete ID…", Short: f.Messages.Records.Delete, Args: cobra.MinimumNArgs(1),
		RunE: f.WithSession(f.LedgerSession, runDelete),
	}
}

// runDelete deletes all of the named lookups, or none if one does not exist.
func runDelete(ctx context.Context, s *cli.Session, ids []string) error {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, id := range ids {
		if _, err := getLookup(ctx, s, id); err != nil {
			return err
		}
	}
	return deleteConfirmed(ctx, s, fmt.Sprintf(s.Messages.Records.DeleteAsk, len(ids)), func() (int, error) { return s.Ledger.Delete(ctx, ids...) })
}

// purgeOptions are the flags of history purge.
type purgeOptions struct{ olderThan string }

func newPurge(f *cli.Factory) *cobra.Command {
	var o purgeOptions
	cmd := &cobra.Command{
		Use: "purge --older-than TIME", Short: f.Messages.Records.Purge, Args: f.NoArgs,
		RunE: f.WithSession(f.LedgerSession, o.run),
	}
	cmd.Flags().StringVar(&o.olderThan, "older-than", "", f.Messages.Records.FlagOlderThan)
	return cmd
}

func (o *purgeOptions) run(ctx context.Context, s *cli.Session, _ []string) error {
	if o.olderThan == "" {
		return cli.UsageError(fmt.Sprintf(s.Messages.Records.MissingFlag, "--older-than"))
	}
	before, err := parseTime(s, o.olderThan)
	if err != nil {
		return err
	}
	n, _, err := export.EachPage(ctx, s.Ledger, lookup.Search{Until: before}, 0, func([]lookup.Record) error { return nil })
	if err != nil {
		return err
	}
	if n == 0 { // there may still be pasted rows of a run that has sent none
		s.Errf("%s\n", s.Messages.Records.Nothing)
		_, err := s.Ledger.Purge(ctx, before)
		return err
	}
	if err := warnClock(ctx, s, o.olderThan); err != nil {
		return err
	}
	if err := warnMasked(ctx, s); err != nil {
		return err
	}
	question := fmt.Sprintf(s.Messages.Records.PurgeAsk, before.Format(time.DateTime), n)
	return deleteConfirmed(ctx, s, question, func() (int, error) { return s.Ledger.Purge(ctx, before) })
}

// maxClockSkew is the distance between the clock and the newest lookup beyond which
// a purge by age warns about the clock.
const maxClockSkew = 31 * 24 * time.Hour

// warnClock warns if only a doubtful clock says how old lookups are. Without a
// terminal that is an error, so that nothing is deleted.
func warnClock(ctx context.Context, s *cli.Session, olderThan string) error {
	if strings.Contains(olderThan, "-") {
		return nil // a date does not depend on the clock
	}
	newest, err := s.Ledger.NewestTime(ctx)
	if err != nil || newest.IsZero() || s.Now().Sub(newest).Abs() <= maxClockSkew {
		return err
	}
	text := fmt.Sprintf(s.Messages.Records.PurgeClock, s.Now().Format(time.DateTime), newest.Format(time.DateTime))
	if !s.InTerminal {
		return cli.UsageError(text)
	}
	s.Errf("fourfactor: %s\n", text)
	return nil
}

// warnMasked warns if the last export is masked and cannot be imported again.
func warnMasked(ctx context.Context, s *cli.Session) error {
	trail, err := s.Ledger.AuditLog(ctx, 0)
	if err != nil && !export.IsUnreadable(err) {
		return err
	}
	last := slices.IndexFunc(trail, func(e lookup.AuditEvent) bool { return e.Action == lookup.AuditExport })
	if last >= 0 && trail[last].Masked {
		s.Errf("fourfactor: "+s.Messages.Records.LastMasked+"\n", trail[last].At.Format(time.DateTime), juhe.Sanitize(trail[last].Detail))
	}
	return nil
}

// deleteConfirmed asks question, calls remove and reports the number of deleted
// lookups. With an error their data may still be in the file.
func deleteConfirmed(ctx context.Context, s *cli.Session, question string, remove func() (int, error)) error {
	w := s.Messages.Records
	ok, err := s.Confirm(ctx, question)
	if !ok {
		if err == nil {
			s.Errf("%s\n", w.NotDeleted)
		}
		return err
	}
	n, err := remove()
	if _, ok := errors.AsType[*lookup.LedgerError](err); ok && n > 0 {
		return &cli.ExitError{Code: cli.ExitLedger, Text: fmt.Sprintf(w.Remains, n, s.Messages.ErrorText(err))}
	}
	if err == nil {
		s.Errf(w.Deleted+"\n", n)
	}
	return err
}
