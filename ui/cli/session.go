package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/standin"
	"fourfactor/ui/config"
	"fourfactor/ui/words"
)

// Session is what a command that makes look-ups works with: the config and
// the parts that are made from it.
type Session struct {
	Words  *words.Text
	Config *config.Config
	Client *juhe.Client
	Desk   *lookup.Desk
	Demo   bool
	// Query is the configured endpoint and regstatus, and in the demo an
	// example that matches.
	Query juhe.Query

	closers []func() error
}

// Close ends what the session started.
func (s *Session) Close() {
	for _, c := range s.closers {
		c()
	}
}

// session makes the parts. log takes the lines of --debug.
func (a *App) session(log *slog.Logger) (*Session, error) {
	if a.flags.demo {
		return a.demo(log)
	}
	cfg, err := a.loaded()
	if err != nil {
		return nil, err
	}
	return a.build(cfg, juhe.Options{
		Key: a.worded(cfg.Juhe.Key.Get), Openid: a.worded(cfg.Juhe.Openid.Get), KnownOpenid: cfg.Juhe.Openid.Known, Log: log,
	})
}

// loaded is the config, or what is wrong with it. Repairs are told.
func (a *App) loaded() (*config.Config, error) {
	if a.configErr != nil {
		return nil, usage(a.configText(a.configErr))
	}
	for _, note := range a.config.Notes {
		format := a.words.CLI.Repaired
		if !note.Repaired {
			format = a.words.CLI.NotRepaired
		}
		fmt.Fprintf(a.Err, "fourfactor: "+format+"\n", note.Path, note.Mode.Perm())
	}
	return a.config, nil
}

// worded puts what is wrong with a secret into the operator's language.
func (a *App) worded(get func(context.Context) (string, error)) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		value, err := get(ctx)
		if err != nil {
			err = errors.New(a.configText(err))
		}
		return value, err
	}
}

// build makes a client and a desk from a config, and from what o has of
// secrets and log.
func (a *App) build(cfg *config.Config, o juhe.Options) (*Session, error) {
	o.Method = http.MethodPost
	if cfg.Juhe.Method == "get" {
		o.Method = http.MethodGet
	}
	o.BaseURL, o.Proxy, o.Version = cfg.Juhe.BaseURL, cfg.Juhe.Proxy, a.Version
	o.ConnectTimeout, o.Timeout = cfg.Juhe.ConnectTimeout, cfg.Juhe.Timeout
	client, err := juhe.New(o)
	if err != nil {
		return nil, usage(err.Error())
	}
	return &Session{
		Words: a.words, Config: cfg, Client: client, Desk: lookup.NewDesk(client, a.Now),
		Query: juhe.Query{API: juhe.API(cfg.Juhe.API), Regstatus: cfg.Juhe.Regstatus},
	}, nil
}

// demo starts the stand-in on loopback and makes the parts for it. Key, base
// URL and config are ignored.
func (a *App) demo(log *slog.Logger) (*Session, error) {
	base, stop, err := standin.New(standin.Key, standin.Openid).Listen("127.0.0.1:0")
	if err != nil {
		return nil, &exitError{ExitUnsent, err.Error()}
	}
	cfg := config.Default("")
	cfg.Juhe.BaseURL = base
	s, err := a.build(&cfg, juhe.Options{
		Key:         func(context.Context) (string, error) { return standin.Key, nil },
		Openid:      func(context.Context) (string, error) { return standin.Openid, nil },
		KnownOpenid: func() string { return standin.Openid },
		Log:         log,
	})
	if err != nil {
		stop()
		return nil, err
	}
	s.Demo, s.closers = true, append(s.closers, stop)
	s.Query.Factors = standin.Companies()[0].Factors(s.Query.API)
	return s, nil
}

// console opens the console. Its --debug goes to a file: the terminal is
// taken.
func (a *App) console(ctx context.Context) error {
	if !a.InTerminal || !a.OutTerminal {
		return usage(a.words.CLI.NoTerminal)
	}
	log := slog.New(slog.DiscardHandler)
	if a.flags.debug {
		file, err := a.logFile()
		if err != nil {
			return usage(err.Error())
		}
		defer file.Close()
		fmt.Fprintf(a.Err, "fourfactor: "+a.words.CLI.LogFile+"\n", file.Name())
		log = debugLog(file)
	}
	s, err := a.session(log)
	if err != nil {
		return err
	}
	defer s.Close()
	left, err := a.Console(ctx, s)
	switch {
	case err != nil:
		return &exitError{ExitBug, fmt.Sprintf(a.words.Errors.Bug, err)}
	case left != nil:
		return &exitError{exitOf(*left), a.leftText(*left)}
	case ctx.Err() != nil:
		return &exitError{code: ExitInterrupted}
	}
	return nil
}

// leftText says what became of the look-up that the end of the console cut
// short.
func (a *App) leftText(rec lookup.Record) string {
	outcome := string(rec.Reply.Outcome)
	return fmt.Sprintf(a.words.CLI.LeftAtQuit, rec.Query.Entname, rec.At.Format(time.TimeOnly),
		a.words.Outcomes[outcome], a.words.Next(outcome, rec.Code()))
}

// logFile opens the log in the folder for state, for this person alone.
func (a *App) logFile() (*os.File, error) {
	state := a.Env("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		if !filepath.IsAbs(a.Env("HOME")) {
			return nil, errors.New(a.words.Errors.Home)
		}
		state = filepath.Join(a.Env("HOME"), ".local", "state")
	}
	dir := filepath.Join(state, "fourfactor")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(dir, "fourfactor.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return file, errors.Join(os.Chmod(dir, 0o700), file.Chmod(0o600))
}
