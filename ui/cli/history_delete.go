package cli

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
	"fourfactor/ui/export"
)

func (a *App) historyDeleteCommand() *cobra.Command {
	return &cobra.Command{
		Use: "delete ID…", Short: a.Messages.Records.Delete, Args: cobra.MinimumNArgs(1),
		RunE: a.WithSession(a.LedgerSession, a.runDelete),
	}
}

// runDelete deletes all of the named lookups, or none if one does not exist.
func (a *App) runDelete(ctx context.Context, s *Session, ids []string) error {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, id := range ids {
		if _, err := a.getLookup(ctx, s, id); err != nil {
			return err
		}
	}
	return a.deleteConfirmed(ctx, fmt.Sprintf(a.Messages.Records.DeleteAsk, len(ids)), func() (int, error) { return s.Ledger.Delete(ctx, ids...) })
}

func (a *App) historyPurgeCommand() *cobra.Command {
	var olderThan string
	cmd := &cobra.Command{
		Use: "purge --older-than TIME", Short: a.Messages.Records.Purge, Args: a.NoArgs,
		RunE: a.WithSession(a.LedgerSession, func(ctx context.Context, s *Session, _ []string) error {
			return a.runPurge(ctx, s, olderThan)
		}),
	}
	cmd.Flags().StringVar(&olderThan, "older-than", "", a.Messages.Records.FlagOlderThan)
	return cmd
}

func (a *App) runPurge(ctx context.Context, s *Session, olderThan string) error {
	if olderThan == "" {
		return UsageError(fmt.Sprintf(a.Messages.Records.MissingFlag, "--older-than"))
	}
	before, err := a.parseTime(olderThan)
	if err != nil {
		return err
	}
	n, _, err := export.EachPage(ctx, s.Ledger, lookup.Search{Until: before}, 0, func([]lookup.Record) error { return nil })
	if err != nil {
		return err
	}
	if n == 0 { // there may still be pasted rows of a run that has sent none
		a.Errf("%s\n", a.Messages.Records.Nothing)
		_, err := s.Ledger.Purge(ctx, before)
		return err
	}
	if err := a.warnClock(ctx, s, olderThan); err != nil {
		return err
	}
	if err := a.warnMasked(ctx, s); err != nil {
		return err
	}
	question := fmt.Sprintf(a.Messages.Records.PurgeAsk, before.Format(time.DateTime), n)
	return a.deleteConfirmed(ctx, question, func() (int, error) { return s.Ledger.Purge(ctx, before) })
}

// maxClockSkew is the distance between the clock and the newest lookup beyond which
// a purge by age warns about the clock.
const maxClockSkew = 31 * 24 * time.Hour

// warnClock warns if only a doubtful clock says how old lookups are. Without a
// terminal that is an error, so that nothing is deleted.
func (a *App) warnClock(ctx context.Context, s *Session, olderThan string) error {
	if strings.Contains(olderThan, "-") {
		return nil // a date does not depend on the clock
	}
	newest, err := s.Ledger.NewestTime(ctx)
	if err != nil || newest.IsZero() || a.Now().Sub(newest).Abs() <= maxClockSkew {
		return err
	}
	text := fmt.Sprintf(a.Messages.Records.PurgeClock, a.Now().Format(time.DateTime), newest.Format(time.DateTime))
	if !a.InTerminal {
		return UsageError(text)
	}
	a.Errf("fourfactor: %s\n", text)
	return nil
}

// warnMasked warns if the last export is masked and cannot be imported again.
func (a *App) warnMasked(ctx context.Context, s *Session) error {
	trail, err := s.Ledger.AuditLog(ctx, 0)
	if err != nil && !export.IsUnreadable(err) {
		return err
	}
	last := slices.IndexFunc(trail, func(e lookup.AuditEvent) bool { return e.Action == lookup.AuditExport })
	if last >= 0 && trail[last].Masked {
		a.Errf("fourfactor: "+a.Messages.Records.LastMasked+"\n", trail[last].At.Format(time.DateTime), juhe.Sanitize(trail[last].Detail))
	}
	return nil
}

// deleteConfirmed asks question, calls remove and reports the number of deleted
// lookups. With an error their data may still be in the file.
func (a *App) deleteConfirmed(ctx context.Context, question string, remove func() (int, error)) error {
	w := a.Messages.Records
	ok, err := a.Confirm(ctx, question)
	if !ok {
		if err == nil {
			a.Errf("%s\n", w.NotDeleted)
		}
		return err
	}
	n, err := remove()
	var problem *lookup.LedgerError
	if n > 0 && errors.As(err, &problem) {
		return &ExitError{ExitLedger, fmt.Sprintf(w.Remains, n, lookup.ErrorText(a.Messages, err))}
	}
	if err == nil {
		a.Errf(w.Deleted+"\n", n)
	}
	return err
}
