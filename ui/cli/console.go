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

// console opens the console: the screens, or the one that asks line by line.
// Its --debug goes to a file: the terminal is taken.
func (a *App) console(ctx context.Context) error {
	dumb := a.InTerminal && a.Env("TERM") == "dumb"
	run := a.screens
	switch {
	case a.flags.plain || dumb:
		if !a.InTerminal {
			return usage(a.words.Plain.NoInput)
		}
		run = func(ctx context.Context, s *Session) (*Next, error) { return nil, a.lineByLine(ctx, s) }
	case !a.InTerminal:
		return usage(a.words.CLI.NoTerminal)
	case !a.OutTerminal:
		return usage(a.words.Plain.NoScreen)
	}
	log := slog.New(slog.DiscardHandler)
	if a.flags.debug {
		file, err := a.logFile()
		if err != nil {
			return usage(err.Error())
		}
		defer file.Close()
		a.tell("fourfactor: "+a.words.CLI.LogFile+"\n", juhe.Harmless(file.Name()))
		log = debugLog(file)
	}
	said := ""
	for {
		next, err := a.one(ctx, log, said, run)
		if err != nil || next == nil {
			return err
		}
		said = a.goOn(*next)
	}
}

// one runs one console, whose first words are said, and tells whether another
// one follows.
func (a *App) one(
	ctx context.Context, log *slog.Logger, said string, run func(context.Context, *Session) (*Next, error),
) (*Next, error) {
	s, err := a.session(log)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	s.Said = said
	if !s.Demo {
		s.Setup = s.Config.Setup(a.path, a.Example)
	}
	return run(ctx, s)
}

// screens runs the screens, and says what their end has cut short.
func (a *App) screens(ctx context.Context, s *Session) (*Next, error) {
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
	if left.Next != nil && s.Setup != nil {
		left.Next.asItWas = s.Setup.HasConfig
	}
	return left.Next, a.leave(ctx, s, left, err)
}

// leave is the error of a console's end: what it has left under way, above all.
func (a *App) leave(ctx context.Context, s *Session, left Left, err error) error {
	run := left.Run != "" && !s.Demo // the demo's ledger goes with it
	if run {
		a.tell("fourfactor: %s\n", left.Run)
	}
	a.tellLeft(s, left, err != nil)
	var crash *Crash
	switch {
	case errors.As(err, &crash):
		return &exitError{ExitBug, a.Crash(crash.Value, crash.Stack)}
	case err != nil:
		return &exitError{ExitBug, fmt.Sprintf(a.words.Errors.Bug, err)}
	case left.Lookup != nil:
		code := saved(*left.Lookup)
		if run && code == ExitOK {
			code = ExitUnfinished
		}
		return &exitError{code, a.leftText(*left.Lookup)}
	case left.Unseen != nil:
		return &exitError{code: ExitLedger}
	case run:
		return &exitError{code: ExitUnfinished}
	case ctx.Err() != nil && !left.Finished:
		return &exitError{code: ExitInterrupted}
	}
	return nil
}

// tellLeft tells of look-ups of which the last word is here: the console was the
// place to see them. With failed the one that quitting gave up is among them.
func (a *App) tellLeft(s *Session, left Left, failed bool) {
	if rec := left.Unseen; rec != nil {
		a.tell("fourfactor: "+a.words.Leaving.Unseen+"\n", company(*rec), rec.At.Format(time.TimeOnly), a.endText(*rec))
	}
	if rec := left.Cut; rec != nil {
		a.tell("fourfactor: "+a.words.Leaving.Cut+"\n", company(*rec), rec.At.Format(time.TimeOnly))
	}
	if rec := left.Lookup; rec != nil {
		if rec.RecordErr != nil {
			a.tell("fourfactor: %s\n", a.unsavedText(s, *rec))
		}
		if failed {
			a.tell("fourfactor: %s\n", a.leftText(*rec))
		}
	}
}

// leftText says what became of the look-up that the end of the console cut
// short.
func (a *App) leftText(rec lookup.Record) string {
	return fmt.Sprintf(a.words.CLI.LeftAtQuit, company(rec), rec.At.Format(time.TimeOnly),
		a.endText(rec), a.words.NextStep(string(rec.Reply.Outcome), string(rec.Reply.Fault.Kind), rec.Code()))
}

// endText is an outcome, and its code if there is one.
func (a *App) endText(rec lookup.Record) string {
	text := a.words.Outcomes[string(rec.Reply.Outcome)]
	if code := codeText(rec); code != "" {
		text += a.words.Semicolon + a.words.Facts[string(lookup.FactCode)] + " " + code
	}
	return text
}

// company is a look-up's, unless it is a person's number in the wrong place.
func company(rec lookup.Record) string {
	return juhe.Harmless(ident.MaskMisplaced(ident.Entname, rec.Query.Entname))
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
