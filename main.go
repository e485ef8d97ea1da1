// Fourfactor is the operator's console for Juhe's enterprise four-factor
// verification (企业四要素核验).
package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	// First of all: see its documentation.
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
	// Whatever is written, by a library too, is for this person alone.
	syscall.Umask(0o077)
	// net/http logs what a service sends out of turn: foreign text, which has
	// no business on a terminal.
	log.SetOutput(io.Discard)
	// A closed pipe is an error to be told, not the end: the answer that could
	// not be written may have been paid for. To ignore the signal would be
	// inherited by key_command.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	env := takeSecrets(os.Getenv, os.Unsetenv)
	app := &cli.App{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal: term.IsTerminal(os.Stdin.Fd()), OutTerminal: term.IsTerminal(os.Stdout.Fd()),
		ErrTerminal: term.IsTerminal(os.Stderr.Fd()), Width: terminalWidth, GiveUp: giveUp,
		Env: env, Now: time.Now, Version: version, Example: example,
		Console: func(ctx context.Context, s *cli.Session) (cli.ExitState, error) {
			return console(ctx, leave, giveUp, s)
		},
		Terminal: cli.TerminalProbe{Size: terminalSize, Colours: colourProfile, Cells: measureCells, Tmux: probe.Tmux},
	}
	return app.Run(ctx, args)
}

// terminalWidth is how many cells the terminal is wide.
func terminalWidth() int {
	cells, _, err := term.GetSize(os.Stderr.Fd())
	if err != nil {
		return 0
	}
	return cells
}

// terminalSize is how many cells standard output is wide and high.
func terminalSize() (width, height int) {
	width, height, err := term.GetSize(os.Stdout.Fd())
	if err != nil {
		return 0, 0
	}
	return width, height
}

// colourProfile is how many the console would show, by the terminal's own word.
func colourProfile() string {
	return widget.ColorProfile(lipgloss.DefaultRenderer(), os.Getenv("TERM")).Name()
}

// measureCells is how wide the terminal draws each of the texts.
func measureCells(texts []string) ([]int, error) {
	return probe.MeasureCells(os.Stdin, os.Stdout, texts, 500*time.Millisecond)
}

// takeSecrets is the environment, of which the variables with secrets are known to
// this program alone from now on: no helper for the clipboard, no tmux and no
// command that gives a key gets them.
func takeSecrets(get func(string) string, unset func(string) error) func(string) string {
	secrets := map[string]string{}
	for _, name := range []string{"JUHE_KEY", "JUHE_OPENID"} {
		secrets[name] = get(name)
		_ = unset(name) // which fails for other names
	}
	return func(name string) string {
		if value, secret := secrets[name]; secret {
			return value
		}
		return get(name)
	}
}

// exitOnFatal has the defects that nobody can catch end the program by SIGABRT. Go
// would exit with 2, which for many programs means that nothing was done. No
// core is written: it would hold the key and persons. A limit of 1 keeps it from
// the programs that collect cores too, 0 would not (core(5)).
func exitOnFatal() {
	debug.SetTraceback("crash")
	syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{Cur: 1, Max: 1})
}

// shutdownSignals returns two contexts: ctx ends when leave is called or at the first
// signal that asks the program to end, giveUp at the next one. A signal that was
// ignored when the program started (nohup) stays so.
func shutdownSignals() (ctx context.Context, leave context.CancelFunc, giveUp context.Context) {
	ctx, end := context.WithCancelCause(context.Background())
	leave = func() { end(nil) }
	giveUp, second := context.WithCancel(context.Background())
	taken := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT}
	taken = slices.DeleteFunc(taken, signal.Ignored)
	signals := make(chan os.Signal, 8)
	if len(taken) > 0 { // Notify would take all there are
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

// terminalGone reports whether the controlling terminal is gone. When a line drops, the
// shell sends a SIGHUP and so does the system: nobody asks twice. The shell's may
// come before the terminal goes.
func terminalGone() bool {
	time.Sleep(50 * time.Millisecond)
	return !hasTerminal()
}

// console runs the screens until the operator quits, or the system says so,
// and tells what was left under way.
//
// Signals come by ctx alone: Bubble Tea's own handler beside it can wait for
// an event loop that has ended, for ever. The terminal is given back before what
// is in progress is awaited, until giveUp ends.
func console(ctx context.Context, leave func(), giveUp context.Context, s *cli.Session) (exit cli.ExitState, err error) {
	// bubbles measures with it, and under zh_CN it would count · and … as two.
	runewidth.DefaultCondition.EastAsianWidth = false
	terminal := widget.NewTerminal(os.Stdout)
	var program *tea.Program
	keyboard, err := widget.NewKeyboard(os.Stdin, widget.KeyboardOptions{
		Now: time.Now, Mouse: s.Config.UI.Mouse, Send: func(msg tea.Msg) { program.Send(msg) },
	})
	if err != nil {
		return exit, err
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
	go func() {
		if s.Demo && s.WaitForDemo(ctx) == nil {
			program.Send(ui.RefreshMsg{})
		}
	}()
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
	if ctx.Err() != nil { // a terminal that is gone is no defect
		err = nil
	}
	switch {
	case model.Restart() != nil: // the signal that ends the next console gives it up
		giveUp = ctx
	case model.InProgress(): // the next signal gives it up
		leave()
	}
	model.Await(giveUp, func(text string) { fmt.Fprintf(os.Stderr, "fourfactor: %s\n", text) })
	model.Close()
	exit = leftOf(model)
	if crash := model.Crash(); crash != nil {
		err = &cli.Crash{Value: crash.Value, Stack: crash.Stack}
	}
	return exit, err
}

// leftOf says what the end of the screens has cut short, and how it goes on.
func leftOf(model *ui.Model) (left cli.ExitState) {
	left.RunText, left.RunFinished = model.Batch.ExitMessage(), model.Batch.Finished()
	if done := model.UnfinishedLookup(); done != nil && done.Err == nil {
		left.Lookup = &done.Record
	}
	if cut := model.InterruptedLookup(); cut != nil {
		left.InterruptedByCrash = &cut.Record
	}
	left.UnviewedResult = model.Form.UnviewedResult()
	if next := model.Restart(); next != nil {
		left.Restart = &cli.Restart{Demo: next.Demo, KeyReplaced: next.Replaced, Language: next.Language, Theme: next.Theme, Query: model.Form.Query()}
	}
	return left
}

// watchTerminal has the console follow its job and its terminal, until it is called off. When
// the terminal ends, nobody is there any more, although no signal may say so.
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

// workingDir is the current one.
func workingDir() string {
	dir, err := os.Getwd()
	if err != nil {
		return os.Getenv("HOME")
	}
	return dir
}

// newModel makes the screens of a session.
func newModel(s *cli.Session, terminal *widget.Terminal, job *widget.JobControl) *ui.Model {
	theme := themeNamed(s)(s.Config.UI.Theme)
	keys := widget.NewKeys(s.Words, s.Config.Keys)
	caret := terminal
	if !s.Config.UI.RealCaret {
		caret = nil
	}
	return ui.New(ui.Options{
		Words: s.Words, Theme: theme, Keys: keys, Terminal: caret, Demo: s.Demo, InitialStatus: s.InitialStatus, Suspend: job.Suspend,
		Setup: setup.New(setupOptions(s, theme, keys)),
		Form: form.New(form.Options{
			Words: s.Words, Theme: theme, Keys: keys, Verifier: s.Verifier, Now: s.Now, InitialQuery: s.Query,
			Ledger: s.Ledger, DailyLimit: s.Config.Guard.DailyLimit, Price: s.Config.Guard.Price,
			NoKey: noKey(s), DamageNotice: s.Damaged, IsExample: s.Demo,
			Service: form.ServiceInfo{
				BaseURL: s.Client.Service(), Insecure: s.Client.Plain(),
				Proxy: s.Client.Proxy(), Timeout: s.Client.Timeout(),
			},
		}),
		Result: result.New(result.Options{
			Words: s.Words, Theme: theme, Keys: keys, Clipboard: widget.NewClipboard(terminal, os.Getenv),
			RevealFor: s.Config.UI.RevealFor, Demo: s.Demo, Ledger: s.Ledger,
		}),
		History: history.New(history.Options{
			Words: s.Words, Theme: theme, Keys: keys, Ledger: s.Ledger, Now: s.Now,
			RevealFor: s.Config.UI.RevealFor, Demo: s.Demo,
			Export: func(ctx context.Context, search lookup.Search, path string, progress func(int)) (int, error) {
				return s.Export(ctx, search, path, false, progress)
			},
		}),
		Batch: batch.New(batch.Options{
			Words: s.Words, Theme: theme, Keys: keys, Runner: s.Batch, Terminal: terminal, Now: s.Now,
			Query: juhe.Query{API: s.Query.API, Regstatus: s.Query.Regstatus},
			Price: s.Config.Guard.Price,
			NoKey: noKey(s),
			Demo:  s.Demo, Rate: s.Config.Batch.Rate, Service: s.Client.Service(), Insecure: s.Client.Plain(),
			Timeout: s.Client.Timeout(), Home: os.Getenv("HOME"), WorkDir: workingDir(),
			PastedFolder: s.PastedDir(),
		}),
	})
}

// themeNamed makes themes by their names. Each has a renderer of its own: a theme
// may change what its renderer takes the terminal for.
func themeNamed(s *cli.Session) func(name string) *widget.Theme {
	return func(name string) *widget.Theme {
		return widget.NewTheme(lipgloss.NewRenderer(os.Stdout), os.Getenv("TERM"), name, s.Config.UI.Borders)
	}
}

// noKey reports whether no key is configured.
func noKey(s *cli.Session) bool { return s.Setup != nil && s.Setup.NoKey }

// setupOptions are those of the setup screen.
func setupOptions(s *cli.Session, theme *widget.Theme, keys widget.Keys) setup.Options {
	o := setup.Options{Words: s.Words, Theme: theme, Keys: keys, ThemeName: s.Config.UI.Theme, NewTheme: themeNamed(s)}
	if from := s.Setup; from != nil {
		o.Secrets, o.Replace = from, !from.NoKey
		o.KeyPath, o.KeySource, o.OpenidPath, o.OpenidSource = from.Key, from.KeyFrom, from.Openid, from.OpenidFrom
		o.ConfigPath, o.ConfigExists = from.Config, from.HasConfig
		o.Encryption, o.LedgerKeyPath = s.Config.Ledger.Encryption, s.Config.Ledger.KeyFile
		o.Home = os.Getenv("HOME")
	}
	return o
}
