package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os/user"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
	"fourfactor/ui/config"
)

// lookupSession returns a session that can make lookups. log receives the lines
// of --debug.
func (a *App) lookupSession(log *slog.Logger) (*cli.Session, error) {
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
func (a *App) ledgerSession(log *slog.Logger) (*cli.Session, error) {
	if a.Flags.Demo {
		return a.demoSession(log)
	}
	cfg, err := a.LoadedConfig()
	if err != nil {
		return nil, err
	}
	s := a.newSession(cfg, a.ledgerOptions(cfg), log)
	if q := a.restart.query; q.API != "" {
		s.Query = q
	}
	if losses := s.Ledger.Losses(); len(losses) > 0 {
		text, marker := a.LossText(losses[len(losses)-1], s.Ledger.Where())
		s.LossNotice = text
		a.Errf("fourfactor: %s%s\n", text, marker)
	}
	return s, nil
}

// ledgerOptions returns the ledger's options according to cfg.
func (a *App) ledgerOptions(cfg *config.Config) sqlite.Options {
	return sqlite.Options{
		Path: cfg.Ledger.Path, Encryption: sqlite.Encryption(cfg.Ledger.Encryption),
		KeyFile: cfg.Ledger.KeyFile, KeyCommand: a.localized(cfg.LedgerKey), Retention: time.Duration(cfg.Ledger.Keep) * 24 * time.Hour,
	}
}

// newSession returns a session with a ledger that is not opened yet.
func (a *App) newSession(cfg *config.Config, o sqlite.Options, log *slog.Logger) *cli.Session {
	o.Now, o.User = a.Now, a.userName()
	s := &cli.Session{
		Streams: a.Streams, Config: cfg, Ledger: sqlite.New(o), Home: a.Env("HOME"), Log: log, GiveUp: a.GiveUp,
		Query: juhe.Query{API: juhe.API(cfg.Juhe.API), Regstatus: cfg.Juhe.Regstatus},
	}
	s.OnClose(s.Ledger.Close)
	return s
}

// userName is the person in the audit log.
func (a *App) userName() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return juhe.Sanitize(u.Username)
	}
	return cmp.Or(juhe.Sanitize(a.Env("USER")), "?")
}

// localized translates the errors of get into the operator's language.
func (a *App) localized(get func(context.Context) (string, error)) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		value, err := get(ctx)
		if err != nil {
			err = errors.New(a.Messages.ErrorText(err))
		}
		return value, err
	}
}

// newClient returns a client according to cfg, with the secrets and the log of o.
func (a *App) newClient(cfg *config.Config, o juhe.Options) (*juhe.Client, error) {
	o.Method = http.MethodPost
	if cfg.Juhe.Method == "get" {
		o.Method = http.MethodGet
	}
	o.BaseURL, o.Proxy, o.Version = cfg.Juhe.BaseURL, cfg.Juhe.Proxy, a.Version
	o.ConnectTimeout, o.Timeout = cfg.Juhe.ConnectTimeout, cfg.Juhe.Timeout
	client, err := juhe.New(o)
	if err != nil {
		return nil, cli.UsageError(err.Error())
	}
	return client, nil
}

// enableLookups adds what makes lookups to s, with the secrets and the log of o.
func (a *App) enableLookups(s *cli.Session, o juhe.Options) error {
	cfg := s.Config
	client, err := a.newClient(cfg, o)
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
		Verifier: s.Verifier, Ledger: s.Ledger, Messages: s.Messages, MeaningPrefix: prefix, Now: a.Now,
		Concurrency: cfg.Batch.Concurrency, Rate: cfg.Batch.Rate, Interactive: a.InTerminal,
	})
	return nil
}

// inspectionSession returns a session whose ledger is not opened, and why its client is
// nil.
func (a *App) inspectionSession() (s *cli.Session, err error) {
	if a.Flags.Demo {
		return a.demoSession(a.log(a.Err))
	}
	s = a.newSession(a.Config, a.ledgerOptions(a.Config), a.log(a.Err))
	s.Client, err = a.newClient(a.Config, juhe.Options{})
	return s, err
}

// log returns the log of --debug, which writes to w; without the flag it is discarded.
// It has no secrets and no factors, so that it can be posted in public.
func (a *App) log(w io.Writer) *slog.Logger {
	if !a.Flags.Debug {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
