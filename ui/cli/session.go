package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os/user"
	"path/filepath"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/config"
	"fourfactor/ui/i18n"
)

// Session is what a command works with: the config and the parts that are made
// from it. A command that makes no look-up has neither Client nor Desk.
type Session struct {
	Words    *i18n.Text
	Config   *config.Config
	Ledger   *ledger.Ledger
	Client   *juhe.Client
	Verifier *lookup.Verifier
	Batch    *batch.Runner
	Demo     bool
	Now      func() time.Time // in the time zone of the config
	// Damaged says in words what of the ledger was lost and is not seen to yet;
	// empty if nothing was. What was known does not guard against paying twice.
	Damaged string
	// Setup is what a key can be given or replaced by; nil in the demo.
	Setup *config.Setup
	// InitialStatus is what the console says first, and Notices what it says later.
	InitialStatus string
	Notices       chan string
	// Query is the configured endpoint and regstatus, and in the demo an
	// example that matches.
	Query juhe.Query

	home    string
	log     *slog.Logger
	closers []func() error
	seeded  chan struct{} // closed when the demo's history is there; else nil
}

// Close ends what the session started, in turn.
func (s *Session) Close() {
	for _, c := range s.closers {
		if err := c(); err != nil {
			s.log.Warn("close", "error", juhe.Sanitize(err.Error()))
		}
	}
}

// LedgerErrorText says in words why the ledger failed.
func (s *Session) LedgerErrorText(err error) string { return lookup.ErrorText(s.Words, err) }

// WaitForDemo waits until the demo's history is there. Whatever counts on it calls
// this before it uses the ledger; the console need not.
func (s *Session) WaitForDemo(ctx context.Context) error {
	if s.seeded == nil {
		return ctx.Err()
	}
	select {
	case <-s.seeded:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// expireTimeout is how long a command may purge: what is left is the next
// one's.
const expireTimeout = time.Second

// PastedDir is the folder where an older program has kept pasted rows.
func (s *Session) PastedDir() string { return filepath.Join(filepath.Dir(s.Ledger.Path), "pasted") }

// importPasted takes the rows that an older program has kept in plain files into the
// ledger, so that what deletes reaches them.
func (a *App) importPasted(ctx context.Context, s *Session) {
	if s.Demo {
		return
	}
	taken, removed, err := batch.New(batch.Options{Ledger: s.Ledger, Now: s.Now}).ImportPastedFiles(ctx, s.PastedDir())
	if err != nil { // the next command tries again
		s.log.Debug("take in", "error", lookup.ErrorText(s.Words, err))
	}
	if taken+removed > 0 {
		a.errf("fourfactor: "+a.words.Runs.Warned.Gone+"\n", taken, removed)
	}
}

// expireBriefly purges what is older than the config keeps, but does not keep a
// command waiting for all of it.
func (a *App) expireBriefly(ctx context.Context, s *Session) {
	ctx, cancel := context.WithTimeout(ctx, expireTimeout)
	defer cancel()
	a.importPasted(ctx, s)
	if e := s.expire(ctx); e.Deleted > 0 {
		a.errf("fourfactor: "+a.words.Records.Expired+"\n", e.Deleted)
	}
}

// expire purges what is older than the config keeps. What fails here fails
// where it matters, or is tried again by the next command.
func (s *Session) expire(ctx context.Context) ledger.Expiry {
	e, err := s.Ledger.PurgeExpired(ctx)
	if e.Deleted > 0 || err != nil {
		s.log.Debug("expire", "deleted", e.Deleted, "error", lookup.ErrorText(s.Words, err))
	}
	return e
}

// expireHourly does so until ctx ends, and tells of it: a console may be open for
// days. What was left is told of once.
func (s *Session) expireHourly(ctx context.Context, tell func(text string)) {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	told := false
	for ctx.Err() == nil {
		switch e := s.expire(ctx); {
		case e.Deleted > 0:
			tell(fmt.Sprintf(s.Words.Records.Expired, e.Deleted))
		case e.Postponed && !told:
			tell(fmt.Sprintf(s.Words.Records.Held, int(s.Config.Ledger.Keep/(24*time.Hour))))
			told = true
		}
		select {
		case <-hourly.C:
		case <-ctx.Done():
		}
	}
}

// lookupSession makes the parts, for look-ups too. log takes the lines of --debug.
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

// ledgerSession makes what reads and writes the ledger. It needs no key and no
// service.
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
		told, where := a.lossText(losses[len(losses)-1])
		s.Damaged = told
		a.errf("fourfactor: %s%s\n", told, where)
	}
	return s, nil
}

// lossText says what was lost of a ledger, and where that is to be seen to.
func (a *App) lossText(loss ledger.HistoryLoss) (told, where string) {
	w := a.words.Form
	if mark := juhe.Sanitize(loss.MarkerPath); mark != "" {
		where = a.words.Colon + mark
	}
	switch {
	case loss.MissingPath != "":
		return fmt.Sprintf(w.Vanished, juhe.Sanitize(loss.MissingPath)), where
	case loss.OlderPath != "":
		return fmt.Sprintf(w.Older, juhe.Sanitize(loss.OlderPath)), where
	}
	return w.Damaged, where
}

// ledgerOptions are what the config says of the ledger.
func (a *App) ledgerOptions(cfg *config.Config) ledger.Options {
	return ledger.Options{
		Now:  a.Now,
		Path: cfg.Ledger.Path, Encryption: ledger.Encryption(cfg.Ledger.Encryption),
		KeyFile: cfg.Ledger.KeyFile, KeyCommand: a.localized(cfg.LedgerKey), Retention: cfg.Ledger.Keep,
	}
}

// newSession begins a session.
func (a *App) newSession(cfg *config.Config, o ledger.Options, log *slog.Logger) *Session {
	o.User = a.userName()
	s := &Session{
		Words: a.words, Config: cfg, Ledger: ledger.New(o), Now: a.Now, home: a.Env("HOME"), log: log,
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

// loadedConfig is the config, or what is wrong with it.
func (a *App) loadedConfig() (*config.Config, error) {
	if a.configErr != nil {
		return nil, usageError(a.configText(a.configErr))
	}
	return a.config, nil
}

// localized puts what is wrong with a secret into the operator's language.
func (a *App) localized(get func(context.Context) (string, error)) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		value, err := get(ctx)
		if err != nil {
			err = errors.New(a.configText(err))
		}
		return value, err
	}
}

// client makes a client from a config, and from what o has of secrets and log.
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

// enableLookups lets a session make look-ups, by what o has of secrets and log.
func (a *App) enableLookups(s *Session, o juhe.Options) error {
	cfg := s.Config
	client, err := a.client(cfg, o)
	if err != nil {
		return err
	}
	guard := lookup.Guard{RepeatWithin: cfg.Guard.RepeatWithin, DailyLimit: cfg.Guard.DailyLimit}
	s.Client, s.Verifier = client, lookup.New(client, s.Ledger, guard, a.Now)
	s.Batch = batch.New(batch.Options{
		Client: client, Ledger: s.Ledger, Guard: guard, Verifier: s.Verifier, Messages: s.Words, MeaningPrefix: s.demoMark(), Now: a.Now,
		Concurrency: cfg.Batch.Concurrency, Rate: cfg.Batch.Rate, Interactive: a.InTerminal,
	})
	return nil
}
