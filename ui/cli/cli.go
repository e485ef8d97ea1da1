// Package cli has the commands without a screen. Standard output is data,
// standard error is words.
package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
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

// App is what the commands run with.
type App struct {
	In       io.Reader
	Out, Err io.Writer
	// InTerminal tells that a person can be asked on In, OutTerminal and
	// ErrTerminal that Out and Err are screens.
	InTerminal, OutTerminal, ErrTerminal bool
	// Width is how many cells Err is wide, 0 if it is not known. It may be nil.
	Width func() int
	// GiveUp ends at the next signal after the one that has ended the context
	// of Run: what may be paid for is awaited until then. Nil never ends.
	GiveUp   context.Context
	Env      func(string) string
	Now      func() time.Time
	Version  string
	Example  string        // config.example.toml
	Terminal TerminalProbe // for doctor
	// Console is the command without a name: the console itself. It tells what
	// its end has left under way.
	Console func(context.Context, *Session) (ExitState, error)

	flags struct {
		lang, config       string
		debug, demo, plain bool
	}
	config      *config.Config // nil when it could not be read
	configErr   error
	configFile  string
	configNamed bool // the config was named
	words       *i18n.Text
	args        []string
	restart     Restart       // what the setup has chosen
	stdin       *bufio.Reader // In, once a line is read
}

// ExitState is what was in progress at the end of the console.
type ExitState struct {
	Lookup             *lookup.Record // nil if none was under way
	InterruptedByCrash *lookup.Record // one under way, of which is not known how it ended; nil if there is none
	UnviewedResult     *lookup.Record // one that has ended, is in no ledger and was not shown; nil if there is none
	RunText            string         // what there is to say of a run that has stopped, if one has
	// RunFinished says that a run was in progress and has ended with nothing left.
	RunFinished bool
	Restart     *Restart // nil if the console does not go on
}

// Restart is how the setup goes on with another console: as the demo, or with the
// key that it has kept.
type Restart struct {
	Demo, KeyReplaced bool
	Language, Theme   string     // that were chosen; empty if they were not changed
	Query             juhe.Query // what stood in the form

	configUnchanged bool // there was a config, into which they were not written
}

// Crash is a defect of ours that has ended the console.
type Crash struct {
	Value any
	Stack []byte
}

// Error says what kind of thing it is. What it says may be about a person.
func (c *Crash) Error() string { return fmt.Sprintf("%T", c.Value) }

// Run runs the command that args name, and gives the exit code.
func (a *App) Run(ctx context.Context, args []string) (code int) {
	a.words = i18n.For("", a.Env)
	defer func() {
		if bug := recover(); bug != nil {
			a.errf("fourfactor: %s\n", a.ReportCrash(bug, debug.Stack()))
			code = ExitBug
		}
	}()
	a.args = args
	a.loadGlobals()
	out := &errWriter{Writer: a.Out}
	a.Out, a.Err = out, &syncWriter{Writer: a.Err}
	root := a.rootCommand()
	root.SetArgs(moveNegativesLast(args))
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	err := root.ExecuteContext(ctx)
	var exit *exitError
	switch {
	case errors.As(err, &exit):
	case errors.Is(out.err, syscall.EPIPE): // nobody reads any further, as in `codes | head`
		return ExitOK
	case out.err != nil && ctx.Err() == nil: // else the terminal may be gone
		exit = &exitError{ExitBug, fmt.Sprintf(a.words.Errors.Output, out.err)}
	case err == nil:
		return ExitOK
	case ctx.Err() != nil:
		exit = &exitError{code: ExitInterrupted}
	default:
		exit = &exitError{ExitUsage, a.flagErrorText(err)}
	}
	if exit.text != "" {
		a.errf("fourfactor: %s\n", exit.text)
	}
	return exit.code
}

// errWriter remembers the first error of a writer.
type errWriter struct {
	io.Writer
	err error
}

func (o *errWriter) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// syncWriter lets one write at a time: a log and a command's words are written at
// the same time.
type syncWriter struct {
	mu sync.Mutex
	io.Writer
}

func (o *syncWriter) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.Writer.Write(p)
}

// loadGlobals reads what decides the language of every text: what was chosen in the
// setup, the flag, the config, the locale. What is wrong with them is told by the command that needs them.
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
	a.useTimezone()
	a.words = i18n.For(lang, a.Env)
	if a.config != nil && a.config.UI.Borders == "ascii" {
		a.words.Narrow()
	}
}

// useTimezone sets the time zone in which times are shown and days begin.
func (a *App) useTimezone() {
	zone := juhe.Beijing()
	if a.config != nil {
		zone = a.config.UI.Location()
	}
	now := a.Now
	a.Now = func() time.Time { return now().In(zone) }
}

// fixPermissions makes private what is ours and tells whose permissions were too wide,
// unless the command only tells about the program or the machine.
func (a *App) fixPermissions(cmd *cobra.Command) {
	cfg := a.permissionsConfig()
	if cfg == nil || a.flags.demo || slices.ContainsFunc([]string{"doctor", "completion", "help", "man", "standin", "mock-server"}, func(name string) bool {
		return cmd.Name() == name || cmd.HasParent() && cmd.Parent().Name() == name
	}) || strings.HasPrefix(cmd.Name(), cobra.ShellCompRequestCmd) {
		return
	}
	for _, note := range cfg.Tighten() {
		a.errf("fourfactor: %s\n", a.permissionText(note))
	}
}

// permissionsConfig is the config, or a wrong one in the default place; nil if there is
// neither: what was named and is wrong may be anybody's.
func (a *App) permissionsConfig() *config.Config {
	if a.config == nil && a.configFile != "" && !a.configNamed {
		return config.Misread(a.configFile)
	}
	return a.config
}

// permissionText says whose permissions are too wide, and what became of that.
func (a *App) permissionText(note config.Note) string {
	w := a.words.CLI
	format := w.NotRepaired
	switch {
	case note.Kept:
		format = w.NotPrivate
	case note.Repaired:
		format = w.Repaired
	}
	return fmt.Sprintf(format, juhe.Sanitize(note.Path), note.Mode.Perm())
}

// moveNegativesLast puts negative numbers, which name detail codes, behind all
// flags, so that they are not taken for one.
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

// flagErrorText puts an error of cobra's own, about flags and arguments, behind our
// words.
func (a *App) flagErrorText(err error) string {
	return a.words.Errors.Flag + a.words.Colon + juhe.Sanitize(err.Error())
}

func (a *App) rootCommand() *cobra.Command {
	w := a.words.CLI
	root := &cobra.Command{
		Use: "fourfactor", Short: w.Root, Long: w.RootLong, Version: a.Version,
		SilenceErrors: true, SilenceUsage: true, SuggestionsMinimumDistance: 2,
		Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runConsole(cmd.Context()) },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.flags.config, "config", "", w.FlagConfig) // see early
	flags.StringVar(&a.flags.lang, "lang", "", w.FlagLang)
	flags.BoolVar(&a.flags.debug, "debug", false, w.FlagDebug)
	flags.BoolVar(&a.flags.demo, "demo", false, w.FlagDemo)
	flags.BoolP("help", "h", false, w.FlagHelp)
	root.Flags().Bool("version", false, w.Version)
	root.Flags().BoolVar(&a.flags.plain, "plain", false, a.words.Plain.Flag)
	root.SetVersionTemplate("fourfactor {{.Version}}\n")
	root.SetUsageTemplate(a.usageTemplate())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		a.fixPermissions(cmd)
		if l := a.flags.lang; l != "" && l != "zh" && l != "en" {
			return usageError(fmt.Sprintf(a.words.Errors.Lang, l))
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

// errf writes words, which belong on standard error. Paths, arguments and what the
// system says may be in args, and are foreign text.
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

// noArgs refuses a word that is no command, and names the nearest one. Behind a
// command that has none below it, no word can be one.
func (a *App) noArgs(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.HasParent() && !cmd.HasSubCommands():
		return usageError(fmt.Sprintf(a.words.Typed.NoArgs, cmd.CommandPath(), args[0]))
	}
	text := fmt.Sprintf(a.words.Errors.UnknownCommand, args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += fmt.Sprintf(a.words.Errors.Nearest, near[0])
	}
	return usageError(text)
}

// usageTemplate is cobra's, in our language.
func (a *App) usageTemplate() string {
	w := a.words.CLI
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
