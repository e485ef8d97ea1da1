package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
	"fourfactor/ui/cli/plain"
	"fourfactor/ui/config"
	"fourfactor/ui/setup"
)

// Console is a session with what the screens need besides.
type Console struct {
	*cli.Session
	// Setup stores a new key or openid; it is empty in the demo.
	Setup         *config.Setup
	InitialStatus string // the first status line
}

// ExitState describes what was pending when the console ended.
type ExitState struct {
	Pending            *lookup.Record // pending at the end, or nil
	InterruptedByCrash *lookup.Record // pending when a panic ended the console, outcome unknown; or nil
	UnrecordedResult   *lookup.Record // finished, neither recorded nor shown; or nil
	RunText            string         // about a run that has stopped; or ""
	RunFinished        bool           // a run finished with nothing left to send
	Crash              *juhe.Panic    // the panic that ended the console, or nil

	restart *restart // nil if the console ends
}

// restart describes the console that the setup starts next: the demo, or one with a
// new key.
type restart struct {
	setup.DoneMsg
	query           juhe.Query // in the form
	configUnchanged bool       // Language and Theme were not written, because a config exists
}

// runConsole runs the console: the screens, or line by line. The log of --debug
// goes to a file, because the terminal is in use.
func (a *App) runConsole(ctx context.Context) error {
	inLines := a.plain || a.InTerminal && a.Env("TERM") == "dumb"
	switch {
	case inLines && !a.InTerminal:
		return cli.UsageError(a.Messages.Plain.InputNotTerminal)
	case !a.InTerminal:
		return cli.UsageError(a.Messages.CLI.NoTerminal)
	case !inLines && !a.OutTerminal:
		return cli.UsageError(a.Messages.Plain.OutputNotTerminal)
	}
	log := a.log(io.Discard)
	if a.Flags.Debug {
		file, err := a.stateFile("fourfactor.log")
		if err != nil {
			return cli.UsageError(err.Error())
		}
		defer file.Close()
		a.Errf("fourfactor: "+a.Messages.CLI.LogFile+"\n", juhe.Sanitize(file.Name()))
		log = a.log(file)
	}
	initialStatus := ""
	for {
		next, err := a.runSession(ctx, log, inLines, initialStatus)
		if err != nil || next == nil {
			return err
		}
		initialStatus = a.prepareRestart(*next)
	}
}

// prepareRestart prepares the next console and returns its first status line.
func (a *App) prepareRestart(next restart) (initialStatus string) {
	a.restart = next
	a.Flags.Demo = next.Demo
	a.loadGlobals()
	if next.Demo || a.Config == nil {
		return ""
	}
	if next.Replaced {
		return a.Messages.Setup.Replaced
	}
	initialStatus = fmt.Sprintf(a.Messages.Setup.Stored, juhe.Sanitize(a.Config.Juhe.Key.Origin()))
	if next.configUnchanged && next.Language+next.Theme != "" {
		initialStatus += " " + fmt.Sprintf(a.Messages.Setup.OptionsNotSaved, juhe.Sanitize(a.ConfigPath))
	}
	return initialStatus
}

// runSession runs one console, with screens or in lines, and returns how to restart it,
// or nil. initialStatus is the first status line of the screens.
func (a *App) runSession(ctx context.Context, log *slog.Logger, inLines bool, initialStatus string) (*restart, error) {
	s, err := a.lookupSession(log)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if inLines {
		return nil, plain.Run(ctx, s)
	}
	c := &Console{Session: s, Setup: &config.Setup{}, InitialStatus: initialStatus}
	if !s.Demo {
		c.Setup = s.Config.Setup(a.ConfigPath, a.Example)
	}
	state, err := a.RunScreens(ctx, c)
	return state.restart, a.consoleExit(ctx, state, err)
}

// consoleExit returns the exit error of a console that ended with state and err.
// After a crash a pending lookup decides the exit code.
func (a *App) consoleExit(ctx context.Context, state ExitState, err error) error {
	hasRun := state.RunText != "" && !a.Flags.Demo // the demo's ledger is temporary
	if hasRun {
		a.Errf("fourfactor: %s\n", state.RunText)
	}
	a.reportExitState(state, err != nil || state.Crash != nil)
	switch {
	case state.Crash != nil:
		return &cli.ExitError{Code: cli.ExitBug, Text: a.reportCrash(state.Crash)}
	case err != nil:
		return &cli.ExitError{Code: cli.ExitBug, Text: fmt.Sprintf(a.Messages.Errors.InternalError, err)}
	case state.Pending != nil:
		code := cli.ExitCode(*state.Pending)
		if hasRun && code == cli.ExitOK {
			code = cli.ExitUnfinished
		}
		return &cli.ExitError{Code: code, Text: a.InterruptedText(*state.Pending)}
	case state.UnrecordedResult != nil:
		return &cli.ExitError{Code: cli.ExitLedger}
	case hasRun:
		return &cli.ExitError{Code: cli.ExitUnfinished}
	case ctx.Err() != nil && !state.RunFinished:
		return &cli.ExitError{Code: cli.ExitInterrupted}
	}
	return nil
}

// reportExitState prints lookups that the operator has not seen on the screens.
// If the console failed, that includes the pending one.
func (a *App) reportExitState(state ExitState, failed bool) {
	if rec := state.UnrecordedResult; rec != nil {
		a.Errf("fourfactor: "+a.Messages.AtExit.Unviewed+"\n", lookup.MaskCompany(rec.Query.Factors[juhe.Entname]), rec.At.Format(time.TimeOnly), a.Messages.OutcomeAndCode(*rec))
	}
	if rec := state.InterruptedByCrash; rec != nil {
		a.Errf("fourfactor: "+a.Messages.AtExit.InterruptedByCrash+"\n", lookup.MaskCompany(rec.Query.Factors[juhe.Entname]), rec.At.Format(time.TimeOnly))
	}
	if rec := state.Pending; rec != nil {
		if rec.RecordErr != nil {
			a.Errf("fourfactor: %s\n", a.UnrecordedText(*rec))
		}
		if failed {
			a.Errf("fourfactor: %s\n", a.InterruptedText(*rec))
		}
	}
}

// purgeExpiredHourly purges expired lookups until ctx ends, and reports it: a console
// may stay open for days. It reports lookups that are held back once.
func purgeExpiredHourly(ctx context.Context, s *cli.Session, notify func(text string)) {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	reported := false
	for ctx.Err() == nil {
		switch e := s.PurgeExpired(ctx); {
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
