package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os/user"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/config"
	"fourfactor/ui/export"
	"fourfactor/ui/i18n"
)

// Session has the config and what is created from it for one command or one
// console. Client, Verifier and Batch are nil for a command that makes no
// lookup.
type Session struct {
	Messages *i18n.Messages
	Config   *config.Config
	Ledger   *sqlite.Ledger
	Client   *juhe.Client
	Verifier *lookup.Verifier
	Batch    *batch.Runner
	Demo     bool
	Now      func() time.Time // in the time zone of the config
	// Damaged describes what the ledger has lost and nobody has dealt with yet,
	// or is "". Lost lookups no longer prevent repeats.
	Damaged string
	// Setup stores a new key or openid; nil in the demo.
	Setup *config.Setup
	// InitialStatus is the first status line of the console, Notices delivers
	// later ones.
	InitialStatus string
	Notices       chan string
	// Query has the configured endpoint and regstatus; in the demo also an
	// example that matches.
	Query juhe.Query

	home    string
	log     *slog.Logger
	closers []func() error
}

// Exporter returns what writes the history to files.
func (s *Session) Exporter() export.Exporter {
	return export.Exporter{Messages: s.Messages, Ledger: s.Ledger, Home: s.home, Demo: s.Demo}
}

// Close releases the resources of the session.
func (s *Session) Close() {
	for _, c := range s.closers {
		if err := c(); err != nil {
			s.log.Warn("close", "error", juhe.Sanitize(err.Error()))
		}
	}
}

// expireTimeout limits how long a command purges expired lookups. The next
// command continues.
const expireTimeout = time.Second

// expireBriefly purges expired lookups for at most expireTimeout.
func (a *App) expireBriefly(ctx context.Context, s *Session) {
	ctx, cancel := context.WithTimeout(ctx, expireTimeout)
	defer cancel()
	if e := s.expire(ctx); e.Deleted > 0 {
		a.errf("fourfactor: "+a.messages.Records.Expired+"\n", e.Deleted)
	}
}

// expire purges lookups that are older than ledger.keep. Errors are only logged:
// the next command tries again.
func (s *Session) expire(ctx context.Context) sqlite.PurgeExpiredResult {
	e, err := s.Ledger.PurgeExpired(ctx)
	if e.Deleted > 0 || err != nil {
		s.log.Debug("expire", "deleted", e.Deleted, "error", lookup.ErrorText(s.Messages, err))
	}
	return e
}

// expireHourly purges expired lookups until ctx ends, and reports it: a console
// may stay open for days. It reports lookups that are held back once.
func (s *Session) expireHourly(ctx context.Context, notify func(text string)) {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	reported := false
	for ctx.Err() == nil {
		switch e := s.expire(ctx); {
		case e.Deleted > 0:
			notify(fmt.Sprintf(s.Messages.Records.Expired, e.Deleted))
		case e.Postponed && !reported:
			notify(fmt.Sprintf(s.Messages.Records.PurgePostponed, s.Config.Ledger.Keep))
			reported = true
		}
		select {
		case <-hourly.C:
		case <-ctx.Done():
		}
	}
}

// lookupSession returns a session that can make lookups. log receives the lines
// of --debug.
func (a *App) lookupSession(log *slog.Logger) (*Session, error) {
	s, err := a.ledgerSession(log)
	if err != nil || s.Demo {
		return s, err
	}
	key, openid := s.Config.Juhe.Key, s.Config.Juhe.Openid
	err = a.enableLookups(s, juhe.Options{
		Key: a.localized(key.Get), Openid: a.localized(openid.Get), KnownOpenid: openid.Known, Log: log,
	})
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// ledgerSession returns a session that reads and writes the ledger. It needs
// neither key nor service.
func (a *App) ledgerSession(log *slog.Logger) (*Session, error) {
	if a.flags.demo {
		return a.demoSession(log)
	}
	cfg, err := a.loadedConfig()
	if err != nil {
		return nil, err
	}
	s := a.newSession(cfg, a.ledgerOptions(cfg), log)
	if q := a.restart.Query; q.API != "" {
		s.Query = q
	}
	if losses := s.Ledger.HistoryLosses(); len(losses) > 0 {
		text, where := a.lossText(losses[len(losses)-1])
		s.Damaged = text
		a.errf("fourfactor: %s%s\n", text, where)
	}
	return s, nil
}

// lossText describes a loss of the ledger. where is the file to deal with,
// behind a colon, or "".
func (a *App) lossText(loss sqlite.HistoryLoss) (text, where string) {
	w := a.messages.Form
	if mark := juhe.Sanitize(loss.MarkerPath); mark != "" {
		where = a.messages.Colon + mark
	}
	switch {
	case loss.MissingPath != "":
		return fmt.Sprintf(w.LedgerMissing, juhe.Sanitize(loss.MissingPath)), where
	case loss.OlderPath != "":
		return fmt.Sprintf(w.LedgerOlder, juhe.Sanitize(loss.OlderPath)), where
	}
	return w.LedgerDamaged, where
}

// ledgerOptions returns the ledger's options according to cfg.
func (a *App) ledgerOptions(cfg *config.Config) sqlite.Options {
	return sqlite.Options{
		Now:  a.Now,
		Path: cfg.Ledger.Path, Encryption: sqlite.Encryption(cfg.Ledger.Encryption),
		KeyFile: cfg.Ledger.KeyFile, KeyCommand: a.localized(cfg.LedgerKey), Retention: time.Duration(cfg.Ledger.Keep) * 24 * time.Hour,
	}
}

// newSession returns a session with a ledger that is not opened yet.
func (a *App) newSession(cfg *config.Config, o sqlite.Options, log *slog.Logger) *Session {
	o.User = a.userName()
	s := &Session{
		Messages: a.messages, Config: cfg, Ledger: sqlite.New(o), Now: a.Now, home: a.Env("HOME"), log: log,
		Query: juhe.Query{API: juhe.API(cfg.Juhe.API), Regstatus: cfg.Juhe.Regstatus},
	}
	s.closers = append(s.closers, s.Ledger.Close)
	return s
}

// userName is the person in the audit trail.
func (a *App) userName() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return juhe.Sanitize(u.Username)
	}
	return cmp.Or(juhe.Sanitize(a.Env("USER")), "?")
}

// loadedConfig returns the config, or an *exitError that says what is wrong with
// it.
func (a *App) loadedConfig() (*config.Config, error) {
	if a.configErr != nil {
		return nil, usageError(a.configText(a.configErr))
	}
	return a.config, nil
}

// localized translates the errors of get into the operator's language.
func (a *App) localized(get func(context.Context) (string, error)) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		value, err := get(ctx)
		if err != nil {
			err = errors.New(a.configText(err))
		}
		return value, err
	}
}

// client returns a client according to cfg, with the secrets and the log of o.
func (a *App) client(cfg *config.Config, o juhe.Options) (*juhe.Client, error) {
	o.Method = http.MethodPost
	if cfg.Juhe.Method == "get" {
		o.Method = http.MethodGet
	}
	o.BaseURL, o.Proxy, o.Version = cfg.Juhe.BaseURL, cfg.Juhe.Proxy, a.Version
	o.ConnectTimeout, o.Timeout = cfg.Juhe.ConnectTimeout, cfg.Juhe.Timeout
	client, err := juhe.New(o)
	if err != nil {
		return nil, usageError(err.Error())
	}
	return client, nil
}

// enableLookups adds what makes lookups to s, with the secrets and the log of o.
func (a *App) enableLookups(s *Session, o juhe.Options) error {
	cfg := s.Config
	client, err := a.client(cfg, o)
	if err != nil {
		return err
	}
	guard := lookup.Guard{RepeatWithin: cfg.Guard.RepeatWithin, DailyLimit: cfg.Guard.DailyLimit}
	s.Client, s.Verifier = client, lookup.New(client, s.Ledger, guard, a.Now)
	prefix := ""
	if s.Demo {
		prefix = s.Messages.App.Demo + s.Messages.Colon
	}
	s.Batch = batch.New(batch.Options{
		Client: client, Ledger: s.Ledger, Guard: guard, Verifier: s.Verifier, Messages: s.Messages, MeaningPrefix: prefix, Now: a.Now,
		Concurrency: cfg.Batch.Concurrency, Rate: cfg.Batch.Rate, Interactive: a.InTerminal,
	})
	return nil
}
