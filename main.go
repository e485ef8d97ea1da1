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
	"syscall"
	"time"

	// First of all: see its documentation.
	_ "fourfactor/ui/early"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/term"
	"github.com/mattn/go-runewidth"

	"fourfactor/juhe/lookup"
	"fourfactor/ui"
	"fourfactor/ui/cli"
	"fourfactor/ui/form"
	"fourfactor/ui/history"
	"fourfactor/ui/kit"
	"fourfactor/ui/result"
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
		Env: os.Getenv, Now: time.Now, Version: version, Example: example,
		Console: console,
	}
	return app.Run(ctx, args)
}

// console runs the screens until the operator quits, or the system says so,
// and gives the look-up that was left under way, if any.
//
// Signals come by ctx alone: Bubble Tea's own handler beside it can wait for
// an event loop that has ended, for ever.
func console(ctx context.Context, s *cli.Session) (left *lookup.Record, err error) {
	// bubbles measures with it, and under zh_CN it would count · and … as two.
	runewidth.DefaultCondition.EastAsianWidth = false
	terminal := kit.NewTerminal(os.Stdout)
	model := model(s, terminal)
	program := tea.NewProgram(model, tea.WithAltScreen(), tea.WithOutput(terminal), tea.WithoutSignalHandler())
	defer context.AfterFunc(ctx, func() { program.Send(ui.Terminate{}) })()
	go func() {
		if s.Demo && s.Ready(ctx) == nil {
			program.Send(ui.Refresh{})
		}
	}()
	if _, err := program.Run(); err != nil {
		return nil, err
	}
	if done := model.Left(); done != nil && done.Err == nil {
		left = &done.Record
	}
	return left, nil
}

// model makes the screens of a session.
func model(s *cli.Session, terminal *kit.Terminal) *ui.Model {
	theme := kit.NewTheme(lipgloss.DefaultRenderer(), s.Config.UI.Theme, s.Config.UI.Borders)
	keys := kit.NewKeys(s.Words)
	caret := terminal
	if !s.Config.UI.RealCaret {
		caret = nil
	}
	return ui.New(ui.Options{
		Words: s.Words, Theme: theme, Keys: keys, Terminal: caret, Demo: s.Demo,
		Form: form.New(form.Options{
			Words: s.Words, Theme: theme, Keys: keys, Desk: s.Desk, Now: time.Now, Query: s.Query,
			Ledger: s.Ledger, DailyLimit: s.Config.Guard.DailyLimit, Price: s.Config.Guard.Price,
			NoKey: !s.Demo && !s.Config.Juhe.Key.Configured(), Damaged: s.Damaged,
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
			Words: s.Words, Theme: theme, Keys: keys, Ledger: s.Ledger, Now: time.Now,
			RevealFor: s.Config.UI.RevealFor, Demo: s.Demo,
			Export: func(ctx context.Context, search lookup.Search, path string, progress func(int)) (int, error) {
				return s.Export(ctx, search, path, false, progress)
			},
		}),
	})
}
