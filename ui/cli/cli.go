// Package cli implements the commands without a screen. Standard output is data,
// standard error is text for people.
package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/config"
	"fourfactor/ui/i18n"
)

// App has the streams, the environment and the hooks that the commands run with.
type App struct {
	In       io.Reader
	Out, Err io.Writer
	// InTerminal reports whether a person can be asked on In; OutTerminal and
	// ErrTerminal whether Out and Err are terminals.
	InTerminal, OutTerminal, ErrTerminal bool
	// GiveUp ends at the second signal. Calls that may be charged are awaited
	// until then. A nil GiveUp never ends.
	GiveUp   context.Context
	Env      func(string) string
	Now      func() time.Time
	Version  string
	Example  string // config.example.toml
	Terminal TerminalProbe
	// Console runs the screens and returns what was still pending at their end.
	Console func(context.Context, *Session) (ExitState, error)

	flags struct {
		lang, config       string
		debug, demo, plain bool
	}
	config      *config.Config // nil if it could not be read
	configErr   error
	configFile  string
	configNamed bool // by --config
	messages    *i18n.Messages
	args        []string
	restart     Restart       // chosen in the setup
	stdin       *bufio.Reader // In; nil until the first line is read
}

// ExitState describes what was pending when the console ended.
type ExitState struct {
	Lookup             *lookup.Record // the pending one, or nil
	InterruptedByCrash *lookup.Record // pending when a panic ended the console, outcome unknown; or nil
	UnrecordedResult   *lookup.Record // finished, neither recorded nor shown; or nil
	RunText            string         // about a run that has stopped; or ""
	RunFinished        bool           // a run finished with nothing left to send
	Restart            *Restart       // nil if the console ends
}

// Restart describes the console that the setup starts next: the demo, or one
// with a new key.
type Restart struct {
	Demo, KeyReplaced bool
	Language, Theme   string     // "" if unchanged
	Query             juhe.Query // in the form

	configUnchanged bool // Language and Theme were not written, because a config exists
}

// Crash is a panic that ended the console.
type Crash struct {
	Value any
	Stack []byte
}

// Error returns the type of the panic value. The value itself may contain a
// person.
func (c *Crash) Error() string { return fmt.Sprintf("%T", c.Value) }

// Run runs the command that args name and returns its exit code.
func (a *App) Run(ctx context.Context, args []string) (code int) {
	// net/http logs what a service sends unasked: foreign text, which must not
	// reach the terminal.
	log.SetOutput(io.Discard)
	a.messages = i18n.For("", a.Env)
	defer func() {
		if bug := recover(); bug != nil {
			a.errf("fourfactor: %s\n", a.ReportCrash(bug, debug.Stack()))
			code = ExitBug
		}
	}()
	if a.GiveUp == nil {
		a.GiveUp = context.Background()
	}
	a.args = args
	a.loadGlobals()
	out := &stream{Writer: a.Out}
	a.Out, a.Err = out, &stream{Writer: a.Err}
	root := a.rootCommand()
	root.SetArgs(moveNegativesLast(args))
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	err := root.ExecuteContext(ctx)
	var exit *exitError
	switch {
	case errors.As(err, &exit):
	case errors.Is(out.err, syscall.EPIPE): // the reader has closed the pipe, as `head` does
		return ExitOK
	case out.err != nil && ctx.Err() == nil: // after a signal the terminal may be gone
		exit = &exitError{ExitBug, fmt.Sprintf(a.messages.Errors.OutputFailed, out.err)}
	case err == nil:
		return ExitOK
	case ctx.Err() != nil:
		exit = &exitError{code: ExitInterrupted}
	default:
		exit = &exitError{ExitUsage, a.messages.Errors.BadUsage + a.messages.Colon + juhe.Sanitize(err.Error())} // cobra's
	}
	if exit.text != "" {
		a.errf("fourfactor: %s\n", exit.text)
	}
	return exit.code
}

// stream serialises writes, because the log and the commands write to the same
// stream, and remembers the first error.
type stream struct {
	mu sync.Mutex
	io.Writer
	err error
}

func (s *stream) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.Writer.Write(p)
	if s.err == nil {
		s.err = err
	}
	return n, err
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
	a.configFile, a.configErr = config.Path(explicit, a.Env)
	a.configNamed = explicit != ""
	if a.configErr == nil {
		a.config, a.configErr = config.Load(a.configFile, explicit != "", a.Env)
	}
	lang := cmp.Or(a.restart.Language, value("lang"))
	if lang == "" && a.config != nil && a.config.Language != "auto" {
		lang = a.config.Language
	}
	if a.config != nil {
		a.config.UI.Theme = cmp.Or(a.restart.Theme, a.config.UI.Theme)
	}
	zone := juhe.Beijing() // of shown times and of days
	if a.config != nil {
		zone = a.config.UI.Location()
	}
	now := a.Now
	a.Now = func() time.Time { return now().In(zone) }
	a.messages = i18n.For(lang, a.Env)
	if a.config != nil && a.config.UI.Borders == "ascii" {
		a.messages.ASCII()
	}
}

// fixPermissions makes our files private and reports whose permissions were too
// loose. Commands about the program or the machine alone change nothing.
func (a *App) fixPermissions(cmd *cobra.Command) {
	cfg := a.permissionsConfig()
	if cfg == nil || a.flags.demo || slices.ContainsFunc([]string{"doctor", "completion", "help", "man", "mock-server"}, func(name string) bool {
		return cmd.Name() == name || cmd.HasParent() && cmd.Parent().Name() == name
	}) || strings.HasPrefix(cmd.Name(), cobra.ShellCompRequestCmd) {
		return
	}
	for _, note := range cfg.FixPermissions() {
		a.errf("fourfactor: %s\n", a.permissionText(note))
	}
}

// permissionsConfig returns the config, or the paths of an invalid one at the
// default place; nil if there is neither. An invalid file named by --config may
// not be ours.
func (a *App) permissionsConfig() *config.Config {
	if a.config == nil && a.configFile != "" && !a.configNamed {
		return config.InvalidFile(a.configFile)
	}
	return a.config
}

// permissionText returns text saying whose permissions were too loose and whether they
// are fixed.
func (a *App) permissionText(note config.PermissionFix) string {
	w := a.messages.CLI
	format := w.PermissionsNotFixed
	switch {
	case note.Ignored:
		format = w.PermissionsIgnored
	case note.Fixed:
		format = w.PermissionsFixed
	}
	return fmt.Sprintf(format, juhe.Sanitize(note.Path), note.Mode.Perm())
}

// moveNegativesLast moves negative numbers behind all flags, so that `codes -25`
// is not parsed as a flag.
func moveNegativesLast(args []string) []string {
	negative := func(arg string) bool { n, err := strconv.Atoi(arg); return err == nil && n < 0 }
	if !slices.Contains(args, "codes") || !slices.ContainsFunc(args, negative) || slices.Contains(args, "--") {
		return args
	}
	var flags, numbers []string
	for _, arg := range args {
		if negative(arg) {
			numbers = append(numbers, arg)
			continue
		}
		flags = append(flags, arg)
	}
	return append(append(flags, "--"), numbers...)
}

func (a *App) rootCommand() *cobra.Command {
	w := a.messages.CLI
	root := &cobra.Command{
		Use: "fourfactor", Short: w.Root, Long: w.RootLong, Version: a.Version,
		SilenceErrors: true, SilenceUsage: true, SuggestionsMinimumDistance: 2,
		Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runConsole(cmd.Context()) },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.flags.config, "config", "", w.FlagConfig)
	flags.StringVar(&a.flags.lang, "lang", "", w.FlagLang)
	flags.BoolVar(&a.flags.debug, "debug", false, w.FlagDebug)
	flags.BoolVar(&a.flags.demo, "demo", false, w.FlagDemo)
	flags.BoolP("help", "h", false, w.FlagHelp)
	root.Flags().Bool("version", false, w.Version)
	root.Flags().BoolVar(&a.flags.plain, "plain", false, a.messages.Plain.FlagPlain)
	root.SetVersionTemplate("fourfactor {{.Version}}\n")
	root.SetUsageTemplate(a.usageTemplate())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		a.fixPermissions(cmd)
		if l := a.flags.lang; l != "" && l != "zh" && l != "en" {
			return usageError(fmt.Sprintf(a.messages.Errors.BadLang, l))
		}
		return nil
	}
	root.SetHelpCommand(&cobra.Command{
		Use: "help [COMMAND]", Short: w.HelpCommand, Hidden: true,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return a.noArgs(root, args)
			}
			return cmd.Help()
		},
	})
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	completeFile(root, "config")
	a.completeValues(root, "lang", "zh", "en")
	root.AddCommand(a.checkCommand(), a.batchCommand(), a.historyCommand(), a.codesCommand(), a.mockServerCommand(), a.configCommand(), a.doctorCommand(), a.completionCommand(root))
	return root
}

// groupCommand returns a command that only has subcommands.
func (a *App) groupCommand(name, short string, subcommands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: name, Short: short, Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(subcommands...)
	return cmd
}

// errf writes text for people to standard error. It sanitises its arguments,
// which may hold paths and messages of the system.
func (a *App) errf(format string, args ...any) {
	args = slices.Clone(args)
	for i, arg := range args {
		switch arg := arg.(type) {
		case string:
			args[i] = juhe.SanitizeLines(arg)
		case error:
			args[i] = juhe.SanitizeLines(arg.Error())
		}
	}
	fmt.Fprintf(a.Err, format, args...)
}

// noArgs refuses arguments, and suggests the nearest command where commands are
// possible.
func (a *App) noArgs(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.HasParent() && !cmd.HasSubCommands():
		return usageError(fmt.Sprintf(a.messages.UnexpectedInput.NoArguments, cmd.CommandPath(), args[0]))
	}
	text := fmt.Sprintf(a.messages.Errors.UnknownCommand, args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += fmt.Sprintf(a.messages.Errors.Nearest, near[0])
	}
	return usageError(text)
}

// usageTemplate is cobra's usage template in the operator's language.
func (a *App) usageTemplate() string {
	w := a.messages.CLI
	return w.Usage + `
  {{.UseLine}}{{if .HasAvailableSubCommands}}

` + w.Commands + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + w.Flags + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + w.GlobalFlags + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
}
