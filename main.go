// Fourfactor is the operator's console for Juhe's enterprise four-factor
// verification (企业四要素核验).
package main

import (
	"context"
	_ "embed"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	// First of all: see its documentation.
	_ "fourfactor/ui/early"

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
	"fourfactor/ui/kit"
	"fourfactor/ui/probe"
	"fourfactor/ui/result"
	"fourfactor/ui/setup"
)

const version = "0.1.0"

//go:embed config.example.toml
var example string

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	// Whatever is written, by a library too, is for this person alone.
	syscall.Umask(0o077)
	// net/http logs what a service sends out of turn: foreign text, which has
	// no business on a terminal.
	log.SetOutput(io.Discard)
	// A closed pipe is an error to be told, not the end: the answer that could
	// not be written may have been paid for. To ignore the signal would be
	// inherited by key_command.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	app := &cli.App{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal: term.IsTerminal(os.Stdin.Fd()), OutTerminal: term.IsTerminal(os.Stdout.Fd()),
		ErrTerminal: term.IsTerminal(os.Stderr.Fd()), Width: width, Again: again,
		Env: os.Getenv, Now: time.Now, Version: version, Example: example,
		Console: console, Probe: cli.Probe{Size: size, Colours: colours, Cells: cells, Tmux: probe.Tmux},
	}
	return app.Run(ctx, args)
}

// width is how many cells the terminal is wide.
func width() int {
	cells, _, err := term.GetSize(os.Stderr.Fd())
	if err != nil {
		return 0
	}
	return cells
}

// size is how many cells standard output is wide and high.
func size() (width, height int) {
	width, height, err := term.GetSize(os.Stdout.Fd())
	if err != nil {
		return 0, 0
	}
	return width, height
}

// colours is how many the console would show, by the terminal's own word.
func colours() string { return lipgloss.ColorProfile().Name() }

// cells is how wide the terminal draws each of the texts.
func cells(texts []string) ([]int, error) {
	return probe.Cells(os.Stdin, os.Stdout, texts, 500*time.Millisecond)
}

// again is a context that ends at the next Ctrl+C, or wish of the system.
func again(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
}

// console runs the screens until the operator quits, or the system says so,
// and tells what was left under way.
//
// Signals come by ctx alone: Bubble Tea's own handler beside it can wait for
// an event loop that has ended, for ever.
func console(ctx context.Context, s *cli.Session) (left cli.Left, err error) {
	// bubbles measures with it, and under zh_CN it would count · and … as two.
	runewidth.DefaultCondition.EastAsianWidth = false
	terminal := kit.NewTerminal(os.Stdout)
	model := model(s, terminal)
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithInput(kit.NewKeyboard(os.Stdin, time.Now)), tea.WithOutput(terminal), tea.WithoutSignalHandler()}
	if s.Config.UI.Mouse {
		options = append(options, tea.WithMouseCellMotion())
	}
	program := tea.NewProgram(model, options...)
	defer context.AfterFunc(ctx, func() { terminate(program) })()
	go func() {
		if s.Demo && s.Ready(ctx) == nil {
			program.Send(ui.Refresh{})
		}
	}()
	_, err = program.Run()
	// A run that is still driven stops safely, whatever has ended the screens.
	model.Close()
	left.Run = model.Batch.Left()
	if done := model.Left(); done != nil && done.Err == nil {
		left.Lookup = &done.Record
	}
	if cut := model.Cut(); cut != nil {
		left.Cut = &cut.Record
	}
	left.Unseen = model.Form.Unseen()
	if next := model.Next(); next != nil {
		left.Next = &cli.Next{Demo: next.Demo, Replaced: next.Replaced, Language: next.Language, Theme: next.Theme, Query: model.Form.Typed()}
	}
	if crash := model.Crash(); crash != nil {
		err = &cli.Crash{Value: crash.Value, Stack: crash.Stack}
	}
	return left, err
}

// folder is the current one.
func folder() string {
	dir, err := os.Getwd()
	if err != nil {
		return os.Getenv("HOME")
	}
	return dir
}

// terminate hands the system's wish to end to the console, and then each that
// comes after it.
func terminate(program *tea.Program) {
	again := make(chan os.Signal, 1)
	signal.Notify(again, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	program.Send(ui.Terminate{})
	for range again {
		program.Send(ui.Terminate{})
	}
}

// model makes the screens of a session.
func model(s *cli.Session, terminal *kit.Terminal) *ui.Model {
	theme := themed(s)(s.Config.UI.Theme)
	keys := kit.NewKeys(s.Words, s.Config.Keys)
	caret := terminal
	if !s.Config.UI.RealCaret {
		caret = nil
	}
	return ui.New(ui.Options{
		Words: s.Words, Theme: theme, Keys: keys, Terminal: caret, Demo: s.Demo, Said: s.Said,
		Setup: setup.New(setupOptions(s, theme, keys)),
		Form: form.New(form.Options{
			Words: s.Words, Theme: theme, Keys: keys, Desk: s.Desk, Now: s.Now, Query: s.Query,
			Ledger: s.Ledger, DailyLimit: s.Config.Guard.DailyLimit, Price: s.Config.Guard.Price,
			NoKey: noKey(s), Damaged: s.Damaged,
			Way: form.Way{
				Service: s.Client.Service(), Plain: s.Client.Plain(),
				Proxy: s.Client.Proxy(), Timeout: s.Client.Timeout(),
			},
		}),
		Result: result.New(result.Options{
			Words: s.Words, Theme: theme, Keys: keys, Copier: kit.NewClipboard(terminal, os.Getenv),
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
			Words: s.Words, Theme: theme, Keys: keys, Batch: s.Batch, Terminal: terminal, Now: s.Now,
			Query: juhe.Query{API: s.Query.API, Regstatus: s.Query.Regstatus},
			Price: s.Config.Guard.Price,
			NoKey: noKey(s),
			Demo:  s.Demo, Rate: s.Config.Batch.Rate, Service: s.Client.Service(), Plain: s.Client.Plain(),
			Timeout: s.Client.Timeout(), Home: os.Getenv("HOME"), Folder: folder(),
			Pasted: filepath.Join(filepath.Dir(s.Ledger.Path), "pasted"),
		}),
	})
}

// themed makes themes by their names. Each has a renderer of its own: a theme
// may change what its renderer takes the terminal for.
func themed(s *cli.Session) func(name string) *kit.Theme {
	return func(name string) *kit.Theme {
		return kit.NewTheme(lipgloss.NewRenderer(os.Stdout), os.Getenv("TERM"), name, s.Config.UI.Borders)
	}
}

// noKey reports whether no key is configured.
func noKey(s *cli.Session) bool { return s.Setup != nil && s.Setup.NoKey }

// setupOptions are those of the setup screen.
func setupOptions(s *cli.Session, theme *kit.Theme, keys kit.Keys) setup.Options {
	o := setup.Options{Words: s.Words, Theme: theme, Keys: keys, Colours: s.Config.UI.Theme, Themed: themed(s)}
	if from := s.Setup; from != nil {
		o.Keeper, o.Replace = from, !from.NoKey
		o.Key, o.KeyFrom, o.Openid, o.OpenidFrom = from.Key, from.KeyFrom, from.Openid, from.OpenidFrom
		o.Config, o.HasConfig = from.Config, from.HasConfig
		o.Encryption, o.LedgerKey = s.Config.Ledger.Encryption, s.Config.Ledger.KeyFile
		o.Home = os.Getenv("HOME")
	}
	return o
}
