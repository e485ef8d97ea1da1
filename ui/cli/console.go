package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// runConsole opens the console: the screens, or the one that asks line by line.
// Its --debug goes to a file: the terminal is taken.
func (a *App) runConsole(ctx context.Context) error {
	dumb := a.InTerminal && a.Env("TERM") == "dumb"
	run := a.runScreens
	switch {
	case a.flags.plain || dumb:
		if !a.InTerminal {
			return usageError(a.words.Plain.NoInput)
		}
		run = func(ctx context.Context, s *Session) (*Restart, error) { return nil, a.runPlain(ctx, s) }
	case !a.InTerminal:
		return usageError(a.words.CLI.NoTerminal)
	case !a.OutTerminal:
		return usageError(a.words.Plain.NoScreen)
	}
	log := slog.New(slog.DiscardHandler)
	if a.flags.debug {
		file, err := a.logFile()
		if err != nil {
			return usageError(err.Error())
		}
		defer file.Close()
		a.errf("fourfactor: "+a.words.CLI.LogFile+"\n", juhe.Sanitize(file.Name()))
		log = debugLog(file)
	}
	said := ""
	for {
		next, err := a.runSession(ctx, log, said, run)
		if err != nil || next == nil {
			return err
		}
		said = a.prepareRestart(*next)
	}
}

// runSession runs one console, whose first words are said, and tells whether another
// one follows.
func (a *App) runSession(
	ctx context.Context, log *slog.Logger, said string, run func(context.Context, *Session) (*Restart, error),
) (*Restart, error) {
	s, err := a.lookupSession(log)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	s.InitialStatus = said
	if !s.Demo {
		s.Setup = s.Config.Setup(a.configFile, a.Example)
	}
	return run(ctx, s)
}

// runScreens runs the screens, and says what their end has cut short.
func (a *App) runScreens(ctx context.Context, s *Session) (*Restart, error) {
	open, closed := context.WithCancel(ctx)
	defer closed()
	s.Notices = make(chan string)
	go s.expireHourly(open, func(text string) {
		select {
		case s.Notices <- text:
		case <-open.Done():
		}
	})
	left, err := a.Console(ctx, s)
	if left.Restart != nil && s.Setup != nil {
		left.Restart.configUnchanged = s.Setup.HasConfig
	}
	return left.Restart, a.consoleExit(ctx, s, left, err)
}

// consoleExit is the error of a console's end: what it has left under way, above all.
func (a *App) consoleExit(ctx context.Context, s *Session, left ExitState, err error) error {
	run := left.RunText != "" && !s.Demo // the demo's ledger goes with it
	if run {
		a.errf("fourfactor: %s\n", left.RunText)
	}
	a.reportExitState(s, left, err != nil)
	var crash *Crash
	switch {
	case errors.As(err, &crash):
		return &exitError{ExitBug, a.ReportCrash(crash.Value, crash.Stack)}
	case err != nil:
		return &exitError{ExitBug, fmt.Sprintf(a.words.Errors.Bug, err)}
	case left.Lookup != nil:
		code := exitCode(*left.Lookup)
		if run && code == ExitOK {
			code = ExitUnfinished
		}
		return &exitError{code, a.interruptedText(*left.Lookup)}
	case left.UnviewedResult != nil:
		return &exitError{code: ExitLedger}
	case run:
		return &exitError{code: ExitUnfinished}
	case ctx.Err() != nil && !left.RunFinished:
		return &exitError{code: ExitInterrupted}
	}
	return nil
}

// reportExitState tells of look-ups of which the last word is here: the console was the
// place to see them. With failed the one that quitting gave up is among them.
func (a *App) reportExitState(s *Session, left ExitState, failed bool) {
	if rec := left.UnviewedResult; rec != nil {
		a.errf("fourfactor: "+a.words.Leaving.Unseen+"\n", maskedCompany(*rec), rec.At.Format(time.TimeOnly), a.outcomeAndCode(*rec))
	}
	if rec := left.InterruptedByCrash; rec != nil {
		a.errf("fourfactor: "+a.words.Leaving.Cut+"\n", maskedCompany(*rec), rec.At.Format(time.TimeOnly))
	}
	if rec := left.Lookup; rec != nil {
		if rec.RecordErr != nil {
			a.errf("fourfactor: %s\n", a.unsavedText(s, *rec))
		}
		if failed {
			a.errf("fourfactor: %s\n", a.interruptedText(*rec))
		}
	}
}

// interruptedText says what became of the look-up that the end of the console cut
// short.
func (a *App) interruptedText(rec lookup.Record) string {
	return fmt.Sprintf(a.words.CLI.LeftAtQuit, maskedCompany(rec), rec.At.Format(time.TimeOnly),
		a.outcomeAndCode(rec), a.words.NextStep(string(rec.Reply.Outcome), string(rec.Reply.Fault.Kind), rec.Code()))
}

// outcomeAndCode is an outcome, and its code if there is one.
func (a *App) outcomeAndCode(rec lookup.Record) string {
	text := a.words.Outcomes[string(rec.Reply.Outcome)]
	if code := codeText(rec); code != "" {
		text += a.words.Semicolon + a.words.Facts[string(lookup.FactCode)] + " " + code
	}
	return text
}

// maskedCompany is a look-up's, unless it is a person's number in the wrong place.
func maskedCompany(rec lookup.Record) string {
	return juhe.Sanitize(ident.MaskEmbeddedIDs(juhe.Entname, rec.Query.Factors[juhe.Entname]))
}

// logFile opens the log of --debug.
func (a *App) logFile() (*os.File, error) { return a.stateFile("fourfactor.log") }

// stateFile opens a file in the folder for state, to write behind what is in
// it, for this person alone.
func (a *App) stateFile(name string) (*os.File, error) {
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
	file, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return file, errors.Join(os.Chmod(dir, 0o700), file.Chmod(0o600))
}
