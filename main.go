// Fourfactor is the operator's console for Juhe's enterprise four-factor
// verification (企业四要素核验).
package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	// Must be initialised before Bubble Tea: see its documentation.
	_ "fourfactor/ui/termbg"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/term"
	"github.com/mattn/go-runewidth"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui"
	"fourfactor/ui/batch"
	"fourfactor/ui/cli"
	"fourfactor/ui/form"
	"fourfactor/ui/history"
	"fourfactor/ui/probe"
	"fourfactor/ui/result"
	"fourfactor/ui/setup"
	"fourfactor/ui/widget"
)

const version = "0.1.0"

//go:embed config.example.toml
var example string

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	exitOnFatal()
	ctx, leave, giveUp := shutdownSignals()
	// Files that libraries create are private too.
	syscall.Umask(0o077)
	// A closed pipe is reported as an error: the answer that could not be
	// written may have been paid for. Ignoring the signal instead would be
	// inherited by key_command.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	env := takeSecrets(os.Getenv, os.Unsetenv)
	app := &cli.App{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal: term.IsTerminal(os.Stdin.Fd()), OutTerminal: term.IsTerminal(os.Stdout.Fd()),
		ErrTerminal: term.IsTerminal(os.Stderr.Fd()), GiveUp: giveUp,
		Env: env, Now: time.Now, Version: version, Example: example,
		Console: func(ctx context.Context, s *cli.Session) (cli.ExitState, error) {
			return console(ctx, leave, giveUp, s)
		},
		Terminal: cli.TerminalProbe{Size: terminalSize, Colours: colourProfile, Cells: measureCells},
	}
	return app.Run(ctx, args)
}

// terminalSize returns the size of the terminal in cells.
func terminalSize() (width, height int) {
	for _, f := range []*os.File{os.Stderr, os.Stdout} {
		if width, height, err := term.GetSize(f.Fd()); err == nil {
			return width, height
		}
	}
	return 0, 0
}

// colourProfile returns the name of the colour profile that the console would use.
func colourProfile() string {
	return widget.ColorProfile(lipgloss.DefaultRenderer(), os.Getenv("TERM")).Name()
}

// measureCells measures how many cells the terminal uses for each text.
func measureCells(texts []string) ([]int, error) {
	return probe.MeasureCells(os.Stdin, os.Stdout, texts, 500*time.Millisecond)
}

// takeSecrets returns a getenv that remembers the variables with secrets and
// unsets them, so that child processes (clipboard, tmux, key_command) do not
// inherit them.
func takeSecrets(get func(string) string, unset func(string) error) func(string) string {
	secrets := map[string]string{}
	for _, name := range []string{"JUHE_KEY", "JUHE_OPENID"} {
		secrets[name] = get(name)
		_ = unset(name) // fails only for malformed names
	}
	return func(name string) string {
		if value, secret := secrets[name]; secret {
			return value
		}
		return get(name)
	}
}

// exitOnFatal makes fatal errors that cannot be recovered end the program by
// SIGABRT. Go's own exit code, 2, means "nothing was done" to many callers. No
// core is written, because it would contain the key and personal data: a limit
// of 1 also keeps it from programs that collect cores, 0 would not (core(5)).
func exitOnFatal() {
	debug.SetTraceback("crash")
	syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{Cur: 1, Max: 1})
}

// shutdownSignals returns two contexts: ctx ends when leave is called or at the
// first signal that asks the program to end, giveUp at the next one. Signals that
// were ignored when the program started (nohup) stay ignored.
func shutdownSignals() (ctx context.Context, leave context.CancelFunc, giveUp context.Context) {
	ctx, end := context.WithCancelCause(context.Background())
	leave = func() { end(nil) }
	giveUp, second := context.WithCancel(context.Background())
	taken := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT}
	taken = slices.DeleteFunc(taken, signal.Ignored)
	signals := make(chan os.Signal, 8)
	if len(taken) > 0 { // without arguments, Notify relays all signals
		signal.Notify(signals, taken...)
	}
	there := hasTerminal()
	go func() {
		for s := range signals {
			switch {
			case ctx.Err() == nil && s == os.Interrupt:
				leave()
			case ctx.Err() == nil:
				end(cli.ErrTerminated)
			case s != syscall.SIGHUP || !there || !terminalGone():
				second()
			}
		}
	}()
	return ctx, leave, giveUp
}

// hasTerminal reports whether the program has a controlling terminal.
func hasTerminal() bool {
	f, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	f.Close()
	return true
}

// terminalGone reports whether the controlling terminal is gone. When a line
// drops, both the shell and the kernel send a SIGHUP; the second is not a second
// request. The shell's may arrive just before the terminal goes, hence the wait.
func terminalGone() bool {
	time.Sleep(50 * time.Millisecond)
	return !hasTerminal()
}

// console runs the screens until the operator quits or ctx ends, and returns
// what was interrupted.
//
// Signals arrive through ctx only: Bubble Tea's own handler can wait forever for
// an event loop that has ended. The terminal is restored before lookups in
// progress are awaited; giveUp ends the wait.
func console(ctx context.Context, leave func(), giveUp context.Context, s *cli.Session) (state cli.ExitState, err error) {
	// bubbles measures with runewidth, which counts · and … as two under zh_CN.
	runewidth.DefaultCondition.EastAsianWidth = false
	terminal := widget.NewTerminal(os.Stdout)
	var program *tea.Program
	keyboard, err := widget.NewKeyboard(os.Stdin, widget.KeyboardOptions{
		Now: time.Now, Mouse: s.Config.UI.Mouse, Send: func(msg tea.Msg) { program.Send(msg) },
	})
	if err != nil {
		return state, err
	}
	job := widget.NewJobControl(keyboard, s.Config.UI.Mouse)
	model := newModel(s, terminal, job)
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithInput(keyboard), tea.WithOutput(terminal), tea.WithoutSignalHandler()}
	if s.Config.UI.Mouse {
		options = append(options, tea.WithMouseCellMotion())
	}
	program = tea.NewProgram(model, options...)
	defer context.AfterFunc(ctx, func() { program.Send(ui.TerminateMsg{}) })()
	stopWatching := watchTerminal(program, keyboard, job, leave)
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		for {
			select {
			case text := <-s.Notices:
				program.Send(widget.StatusMsg{Severity: widget.Note, Text: text})
			case <-ended:
				return
			}
		}
	}()
	_, err = program.Run()
	stopWatching()
	if ctx.Err() != nil { // the terminal may be gone; that is not an error
		err = nil
	}
	switch {
	case model.Restart() != nil: // the next console's signal stops waiting
		giveUp = ctx
	case model.InProgress(): // the next signal stops waiting
		leave()
	}
	model.Await(giveUp, func(text string) { fmt.Fprintf(os.Stderr, "fourfactor: %s\n", text) })
	model.Close()
	state = exitState(model)
	if crash := model.Crash(); crash != nil {
		err = &cli.Crash{Value: crash.Value, Stack: crash.Stack}
	}
	return state, err
}

// exitState returns what was interrupted when the screens ended, and whether the
// console restarts.
func exitState(model *ui.Model) (state cli.ExitState) {
	state.RunText, state.RunFinished = model.Batch.ExitMessage(), model.Batch.Finished()
	if done := model.UnfinishedLookup(); done != nil && done.Err == nil {
		state.Lookup = &done.Record
	}
	if cut := model.InterruptedLookup(); cut != nil {
		state.InterruptedByCrash = &cut.Record
	}
	state.UnrecordedResult = model.Form.UnrecordedResult()
	if next := model.Restart(); next != nil {
		state.Restart = &cli.Restart{Demo: next.Demo, KeyReplaced: next.Replaced, Language: next.Language, Theme: next.Theme, Query: model.Form.Query()}
	}
	return state
}

// watchTerminal follows job control and calls leave when the terminal closes,
// which may happen without a signal. It runs until stopWatching is called.
func watchTerminal(program *tea.Program, keyboard *widget.Keyboard, job *widget.JobControl, leave func()) (stopWatching func()) {
	open, cancel := context.WithCancel(context.Background())
	job.Watch(open, program.Send)
	go func() {
		select {
		case <-open.Done():
		case <-keyboard.Closed():
			leave()
		}
	}()
	return func() {
		cancel()
		keyboard.Close()
	}
}

// workingDir returns the current directory, or the home directory.
func workingDir() string {
	dir, err := os.Getwd()
	if err != nil {
		return os.Getenv("HOME")
	}
	return dir
}

// newModel returns the root model with the screens of a session.
func newModel(s *cli.Session, terminal *widget.Terminal, job *widget.JobControl) *ui.Model {
	theme := themeNamed(s)(s.Config.UI.Theme)
	keys := widget.NewKeys(s.Messages, s.Config.Keys)
	caret := terminal
	if !s.Config.UI.RealCaret {
		caret = nil
	}
	return ui.New(ui.Options{
		Messages: s.Messages, Theme: theme, Keys: keys, Terminal: caret, Demo: s.Demo, InitialStatus: s.InitialStatus, Suspend: job.Suspend,
		Setup: setup.New(setupOptions(s, theme, keys)),
		Form: form.New(form.Options{
			Messages: s.Messages, Theme: theme, Keys: keys, Verifier: s.Verifier, Now: s.Now, InitialQuery: s.Query,
			Ledger: s.Ledger, DailyLimit: s.Config.Guard.DailyLimit, Price: s.Config.Guard.Price,
			NoKey: noKey(s), DamageNotice: s.Damaged, IsExample: s.Demo,
			Service: form.ServiceInfo{
				BaseURL: s.Client.Service(), Insecure: s.Client.Insecure(),
				Proxy: s.Client.Proxy(), Timeout: s.Client.Timeout(),
			},
		}),
		Result: result.New(result.Options{
			Messages: s.Messages, Theme: theme, Keys: keys, Clipboard: widget.NewClipboard(terminal, os.Getenv),
			RevealFor: s.Config.UI.RevealFor, Demo: s.Demo, Ledger: s.Ledger,
		}),
		History: history.New(history.Options{
			Messages: s.Messages, Theme: theme, Keys: keys, Ledger: s.Ledger, Now: s.Now,
			RevealFor: s.Config.UI.RevealFor, Demo: s.Demo,
			Export: func(ctx context.Context, search lookup.Search, path string, progress func(int)) (int, error) {
				return s.Exporter().Write(ctx, search, path, false, progress)
			},
		}),
		Batch: batch.New(batch.Options{
			Messages: s.Messages, Theme: theme, Keys: keys, Runner: s.Batch, Terminal: terminal, Now: s.Now,
			Query: juhe.Query{API: s.Query.API, Regstatus: s.Query.Regstatus},
			Price: s.Config.Guard.Price,
			NoKey: noKey(s),
			Demo:  s.Demo, Rate: s.Config.Batch.Rate, Service: s.Client.Service(), Insecure: s.Client.Insecure(),
			Home: os.Getenv("HOME"), WorkDir: workingDir(),
		}),
	})
}

// themeNamed returns a function that makes a theme by its name. Each theme has
// its own renderer, because a theme can change its renderer's colour profile.
func themeNamed(s *cli.Session) func(name string) *widget.Theme {
	return func(name string) *widget.Theme {
		return widget.NewTheme(lipgloss.NewRenderer(os.Stdout), os.Getenv("TERM"), name, s.Config.UI.Borders)
	}
}

// noKey reports whether no key is configured.
func noKey(s *cli.Session) bool { return s.Setup != nil && s.Setup.NoKey }

// setupOptions returns the options of the setup screen.
func setupOptions(s *cli.Session, theme *widget.Theme, keys widget.Keys) setup.Options {
	o := setup.Options{Messages: s.Messages, Theme: theme, Keys: keys, ThemeName: s.Config.UI.Theme, NewTheme: themeNamed(s)}
	if from := s.Setup; from != nil {
		o.Secrets, o.Replace = from, !from.NoKey
		o.KeyPath, o.KeySource, o.OpenidPath, o.OpenidSource = from.Key, from.KeyFrom, from.Openid, from.OpenidFrom
		o.ConfigPath, o.ConfigExists = from.Config, from.HasConfig
		o.Encryption, o.LedgerKeyPath = s.Config.Ledger.Encryption, s.Config.Ledger.KeyFile
		o.Home = os.Getenv("HOME")
	}
	return o
}
