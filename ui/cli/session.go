package cli

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/config"
	"fourfactor/ui/export"
)

// Session has what is created from the config for one command or one console.
// Client, Verifier and Batch are nil for a command that makes no lookup.
type Session struct {
	*Streams
	Config   *config.Config
	Ledger   ledger.Ledger
	Client   *juhe.Client
	Verifier *lookup.Verifier
	Batch    *batch.Runner
	Demo     bool
	// LossNotice describes what the ledger has lost and nobody has dealt with yet,
	// or is "". Lost lookups no longer prevent repeats.
	LossNotice string
	// Query has the configured endpoint and regstatus; in the demo also an
	// example that matches.
	Query juhe.Query
	Home  string // the home directory, or ""
	Log   *slog.Logger
	// GiveUp ends when calls that may be charged are no longer awaited.
	GiveUp context.Context

	closers []func() error
}

// OnClose adds a function to those that Close calls.
func (s *Session) OnClose(f func() error) { s.closers = append(s.closers, f) }

// Exporter returns what writes the history to files.
func (s *Session) Exporter() export.Exporter {
	return export.Exporter{Messages: s.Messages, Ledger: s.Ledger, Home: s.Home, Demo: s.Demo}
}

// Close releases the resources of the session.
func (s *Session) Close() {
	for _, c := range s.closers {
		if err := c(); err != nil {
			s.Log.Warn("close", "error", juhe.Sanitize(err.Error()))
		}
	}
}

// purgeTimeout limits how long a command purges expired lookups. The next
// command continues.
const purgeTimeout = time.Second

// PurgeExpiredBriefly purges expired lookups for at most purgeTimeout.
func (s *Session) PurgeExpiredBriefly(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, purgeTimeout)
	defer cancel()
	if e := s.PurgeExpired(ctx); e.Deleted > 0 {
		s.Errf("fourfactor: "+s.Messages.Records.Expired+"\n", e.Deleted)
	}
}

// PurgeExpired purges lookups that are older than ledger.keep. Errors are only logged:
// the next command tries again.
func (s *Session) PurgeExpired(ctx context.Context) ledger.PurgeExpiredResult {
	e, err := s.Ledger.PurgeExpired(ctx)
	if e.Deleted > 0 || err != nil {
		s.Log.Debug("expire", "deleted", e.Deleted, "error", s.Messages.ErrorText(err))
	}
	return e
}

// LossText describes a loss of the ledger at a place. marker is the file to deal with,
// behind a colon, or "".
func (s *Streams) LossText(loss ledger.Loss, place string) (text, marker string) {
	w := s.Messages.Form
	if marker = juhe.Sanitize(loss.Marker); marker != "" {
		marker = s.Messages.Colon + marker
	}
	switch loss.Kind {
	case ledger.LossMissing:
		return fmt.Sprintf(w.LedgerMissing, juhe.Sanitize(place)), marker
	case ledger.LossOlder:
		return fmt.Sprintf(w.LedgerOlder, juhe.Sanitize(place)), marker
	}
	return w.LedgerDamaged, marker
}

// awaitNoticeDelay is the time that an interrupted lookup has to finish before the
// wait is announced.
const awaitNoticeDelay = 100 * time.Millisecond

// LookupContext returns a context for one lookup. When ctx ends, a lookup that
// has not been sent is cancelled; one that has is awaited until GiveUp
// ends, which is announced. The caller must call end before it prints the
// result, so that the announcement comes first.
func (s *Session) LookupContext(ctx context.Context) (lookupCtx context.Context, end func()) {
	finished, announced := make(chan struct{}), make(chan struct{})
	cancelNotice := context.AfterFunc(ctx, func() {
		defer close(announced)
		select {
		case <-finished:
			return
		case <-time.After(awaitNoticeDelay):
		}
		if s.ErrTerminal { // after the ^C that it echoed
			s.Errf("\n")
		}
		if s.GiveUp.Err() == nil {
			s.Errf(s.Messages.Runs.Progress.Interrupted+"\n", 1, s.Client.Timeout())
		}
	})
	return juhe.WithGiveUp(ctx, s.GiveUp), func() {
		close(finished)
		if !cancelNotice() {
			<-announced
		}
	}
}
