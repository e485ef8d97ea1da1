// Package app puts the program together: it builds the client, the ledger, the
// verifier, the batch runner and the screens from the config, assembles the commands
// and runs the console.
package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"

	"fourfactor/juhe"
	"fourfactor/ui/cli"
	"fourfactor/ui/config"
	"fourfactor/ui/i18n"
)

// App is the program. Its Factory has what the commands share.
type App struct {
	cli.Factory
	// Leave ends the context of Run, as the first signal does.
	Leave func()
	// RunScreens runs the screens and returns what was still pending at their end.
	RunScreens func(context.Context, *Console) (ExitState, error)

	plain bool // --plain
	// privateFiles names the files that only their owner may read: those of Config, or an
	// invalid config at the default place. It is nil if there is neither; an invalid
	// file named by --config may not be ours.
	privateFiles *config.Config
	args         []string
	restart      restart // chosen in the setup
}

// New returns a program that uses the streams and the terminal of the process.
func New() *App {
	a := &App{Factory: cli.Factory{
		Streams: &cli.Streams{
			In: os.Stdin, Out: cli.NewOutput(os.Stdout), Err: cli.NewOutput(os.Stderr),
			InTerminal: term.IsTerminal(os.Stdin.Fd()), OutTerminal: term.IsTerminal(os.Stdout.Fd()),
			ErrTerminal: term.IsTerminal(os.Stderr.Fd()), Now: time.Now,
		},
		Env:      takeSecrets(os.Getenv, os.Unsetenv),
		Terminal: cli.TerminalProbe{Size: terminalSize, Colours: colourProfile, Cells: measureCells},
	}}
	a.RunScreens = a.runProgram
	return a
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

// Run runs the command that args name and returns its exit code.
func (a *App) Run(ctx context.Context, args []string) (code int) {
	// net/http logs what a service sends unasked: foreign text, which must not
	// reach the terminal.
	log.SetOutput(io.Discard)
	a.Messages = i18n.For("", a.Env)
	defer func() {
		if bug := recover(); bug != nil {
			a.Errf("fourfactor: %s\n", a.reportCrash(juhe.NewPanic(bug)))
			code = cli.ExitBug
		}
	}()
	a.args = args
	a.loadGlobals()
	a.LedgerSession = func() (*cli.Session, error) { return a.ledgerSession(a.log(a.Err)) }
	a.LookupSession = func() (*cli.Session, error) { return a.lookupSession(a.log(a.Err)) }
	a.InspectionSession = a.inspectionSession
	a.LoosePermissions = func() []config.PermissionFix { return a.checkPermissions(false) }
	root := a.rootCommand()
	root.SetArgs(moveNegativesLast(args))
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	err := root.ExecuteContext(ctx)
	var exit *cli.ExitError
	broken := a.Out.Err()
	switch {
	case errors.As(err, &exit):
	case errors.Is(broken, syscall.EPIPE): // the reader has closed the pipe, as `head` does
		return cli.ExitOK
	case broken != nil && ctx.Err() == nil: // after a signal the terminal may be gone
		exit = &cli.ExitError{Code: cli.ExitBug, Text: fmt.Sprintf(a.Messages.Errors.OutputFailed, broken)}
	case err == nil:
		return cli.ExitOK
	case ctx.Err() != nil:
		exit = &cli.ExitError{Code: cli.ExitInterrupted}
	default:
		exit = &cli.ExitError{Code: cli.ExitUsage, Text: a.Messages.Errors.BadUsage + a.Messages.Colon + juhe.Sanitize(err.Error())} // cobra's
	}
	if exit.Text != "" {
		a.Errf("fourfactor: %s\n", exit.Text)
	}
	return exit.Code
}

// loadGlobals resolves --config and --lang before cobra runs, because help texts
// depend on them. Errors are reported by the commands that need the config.
func (a *App) loadGlobals() {
	value := func(name string) (last string) {
		for i, arg := range a.args {
			if arg == "--"+name && i+1 < len(a.args) {
				last = a.args[i+1]
			}
			if after, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
				last = after
			}
		}
		return last
	}
	explicit := value("config")
	a.ConfigPath, a.ConfigErr = config.Path(explicit, a.Env)
	if a.ConfigErr == nil {
		a.Config, a.ConfigErr = config.Load(a.ConfigPath, explicit != "", a.Env)
	}
	a.privateFiles = a.Config
	if a.Config == nil && a.ConfigPath != "" && explicit == "" {
		a.privateFiles = config.InvalidFile(a.ConfigPath)
	}
	lang := cmp.Or(a.restart.Language, value("lang"))
	zone := juhe.Beijing() // of shown times and of days
	if a.Config != nil {
		if lang == "" && a.Config.Language != "auto" {
			lang = a.Config.Language
		}
		a.Config.UI.Theme = cmp.Or(a.restart.Theme, a.Config.UI.Theme)
		zone = a.Config.UI.Location()
	}
	now := a.Now
	a.Now = func() time.Time { return now().In(zone) }
	a.Messages = i18n.For(lang, a.Env)
	if a.Config != nil && a.Config.UI.Borders == "ascii" {
		a.Messages.ASCII()
	}
}
