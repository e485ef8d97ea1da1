package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// runConsole runs the console: the screens, or line by line. The log of --debug
// goes to a file, because the terminal is in use.
func (a *App) runConsole(ctx context.Context) error {
	dumb := a.InTerminal && a.Env("TERM") == "dumb"
	run := a.runScreens
	switch {
	case a.flags.plain || dumb:
		if !a.InTerminal {
			return usageError(a.messages.Plain.InputNotTerminal)
		}
		run = func(ctx context.Context, s *Session) (*Restart, error) { return nil, a.runPlain(ctx, s) }
	case !a.InTerminal:
		return usageError(a.messages.CLI.NoTerminal)
	case !a.OutTerminal:
		return usageError(a.messages.Plain.OutputNotTerminal)
	}
	log := slog.New(slog.DiscardHandler)
	if a.flags.debug {
		file, err := a.logFile()
		if err != nil {
			return usageError(err.Error())
		}
		defer file.Close()
		a.errf("fourfactor: "+a.messages.CLI.LogFile+"\n", juhe.Sanitize(file.Name()))
		log = debugLog(file)
	}
	initialStatus := ""
	for {
		restart, err := a.runSession(ctx, log, initialStatus, run)
		if err != nil || restart == nil {
			return err
		}
		initialStatus = a.prepareRestart(*restart)
	}
}

// prepareRestart prepares the next console and returns its first status line.
func (a *App) prepareRestart(restart Restart) (initialStatus string) {
	a.restart = restart
	a.flags.demo = restart.Demo
	a.loadGlobals()
	if restart.Demo || a.config == nil {
		return ""
	}
	if restart.KeyReplaced {
		return a.messages.Setup.Replaced
	}
	initialStatus = fmt.Sprintf(a.messages.Setup.Stored, juhe.Sanitize(a.config.Juhe.Key.Origin()))
	if restart.configUnchanged && restart.Language+restart.Theme != "" {
		initialStatus += " " + fmt.Sprintf(a.messages.Setup.OptionsNotSaved, juhe.Sanitize(a.configFile))
	}
	return initialStatus
}

// runSession runs one console and returns how to restart it, or nil.
// initialStatus is its first status line.
func (a *App) runSession(
	ctx context.Context, log *slog.Logger, initialStatus string, run func(context.Context, *Session) (*Restart, error),
) (*Restart, error) {
	s, err := a.lookupSession(log)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	s.InitialStatus = initialStatus
	if !s.Demo {
		s.Setup = s.Config.Setup(a.configFile, a.Example)
	}
	return run(ctx, s)
}

// runScreens runs the screens and reports what was pending at their end.
func (a *App) runScreens(ctx context.Context, s *Session) (*Restart, error) {
	running, end := context.WithCancel(ctx)
	defer end()
	s.Notices = make(chan string)
	go s.expireHourly(running, func(text string) {
		select {
		case s.Notices <- text:
		case <-running.Done():
		}
	})
	state, err := a.Console(ctx, s)
	if state.Restart != nil && s.Setup != nil {
		state.Restart.configUnchanged = s.Setup.HasConfig
	}
	return state.Restart, a.consoleExit(ctx, s, state, err)
}

// consoleExit returns the exit error of a console that ended with state and err.
// After a crash a pending lookup decides the exit code.
func (a *App) consoleExit(ctx context.Context, s *Session, state ExitState, err error) error {
	hasRun := state.RunText != "" && !s.Demo // the demo's ledger is temporary
	if hasRun {
		a.errf("fourfactor: %s\n", state.RunText)
	}
	a.reportExitState(s, state, err != nil)
	var crash *Crash
	switch {
	case errors.As(err, &crash):
		return &exitError{ExitBug, a.ReportCrash(crash.Value, crash.Stack)}
	case err != nil:
		return &exitError{ExitBug, fmt.Sprintf(a.messages.Errors.InternalError, err)}
	case state.Lookup != nil:
		code := exitCode(*state.Lookup)
		if hasRun && code == ExitOK {
			code = ExitUnfinished
		}
		return &exitError{code, a.interruptedText(*state.Lookup)}
	case state.UnrecordedResult != nil:
		return &exitError{code: ExitLedger}
	case hasRun:
		return &exitError{code: ExitUnfinished}
	case ctx.Err() != nil && !state.RunFinished:
		return &exitError{code: ExitInterrupted}
	}
	return nil
}

// reportExitState prints lookups that the operator has not seen on the screens.
// If the console failed, that includes the pending one.
func (a *App) reportExitState(s *Session, state ExitState, failed bool) {
	if rec := state.UnrecordedResult; rec != nil {
		a.errf("fourfactor: "+a.messages.AtExit.Unviewed+"\n", maskedCompany(*rec), rec.At.Format(time.TimeOnly), a.outcomeAndCode(*rec))
	}
	if rec := state.InterruptedByCrash; rec != nil {
		a.errf("fourfactor: "+a.messages.AtExit.InterruptedByCrash+"\n", maskedCompany(*rec), rec.At.Format(time.TimeOnly))
	}
	if rec := state.Lookup; rec != nil {
		if rec.RecordErr != nil {
			a.errf("fourfactor: %s\n", a.unsavedText(s, *rec))
		}
		if failed {
			a.errf("fourfactor: %s\n", a.interruptedText(*rec))
		}
	}
}

// interruptedText returns text saying what became of the lookup that was pending at the
// end.
func (a *App) interruptedText(rec lookup.Record) string {
	return fmt.Sprintf(a.messages.CLI.PendingAtQuit, maskedCompany(rec), rec.At.Format(time.TimeOnly),
		a.outcomeAndCode(rec), a.messages.NextStep(string(rec.Reply.Outcome), string(rec.Reply.Fault.Kind), rec.Code()))
}

// outcomeAndCode is an outcome with its code, if it has one.
func (a *App) outcomeAndCode(rec lookup.Record) string {
	text := a.messages.Outcomes[string(rec.Reply.Outcome)]
	if code := rec.CodeText(); code != "" {
		text += a.messages.Semicolon + a.messages.Details[string(lookup.DetailCode)] + " " + code
	}
	return text
}

// maskedCompany is the company of a lookup, masked if it is a person's number.
func maskedCompany(rec lookup.Record) string {
	return juhe.Sanitize(ident.MaskEmbeddedIDs(juhe.Entname, rec.Query.Factors[juhe.Entname]))
}
