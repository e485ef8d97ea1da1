// Package cli has what the commands without a screen share, and the commands that
// are too small for a package of their own. Standard output is data, standard error
// is text for people.
//
// To add a command, write in a package below this one an options struct, a run
// function that takes a Session, and NewCommand(*Factory), which binds the flags to
// the options and returns the *cobra.Command with Factory.WithSession(…) as its
// RunE. Then add NewCommand to rootCommand in ui/app.
package cli

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/ui/config"
)

// Factory has what the commands are made from.
type Factory struct {
	*Streams
	Flags   Flags
	Env     func(string) string
	Version string
	Example string // config.example.toml
	// Config is nil with a ConfigErr. ConfigPath is "" if there is no home
	// directory to look in.
	Config     *config.Config
	ConfigErr  error
	ConfigPath string
	// GiveUp ends at the second signal. Calls that may be charged are awaited
	// until then.
	GiveUp   context.Context
	Terminal TerminalProbe

	// LoosePermissions returns which of our files and folders others may read.
	LoosePermissions func() []config.PermissionFix
	// LedgerSession returns a session that reads and writes the ledger, which
	// needs neither key nor service. LookupSession returns one that can make
	// lookups as well. InspectionSession returns one that is only inspected: its ledger
	// is not opened, and its Client is nil with an error. Without a session the
	// error is an exit error.
	LedgerSession, LookupSession, InspectionSession func() (*Session, error)
}

// Flags are the flags of all commands.
type Flags struct {
	Lang, Config string
	Debug, Demo  bool
}

// TerminalProbe asks the terminal about itself.
type TerminalProbe struct {
	Size    func() (width, height int)          // 0, 0 if unknown
	Colours func() string                       // of Out: TrueColor, ANSI256, ANSI or Ascii
	Cells   func(texts []string) ([]int, error) // the width at which Out draws each text
}

// LoadedConfig returns the config, or an exit error that says what is wrong with it.
func (f *Factory) LoadedConfig() (*config.Config, error) {
	if f.ConfigErr != nil {
		return nil, UsageError(f.Messages.ErrorText(f.ConfigErr))
	}
	return f.Config, nil
}

// ConfigState returns text saying that the config has no problems or does not exist.
func (f *Factory) ConfigState() string {
	format := f.Messages.CLI.ConfigValid
	if _, err := os.Stat(f.ConfigPath); err != nil {
		format = f.Messages.CLI.ConfigMissing
	}
	return fmt.Sprintf(format, juhe.Sanitize(f.ConfigPath))
}

// WithSession returns a RunE that runs run with the session of open.
func (f *Factory) WithSession(open func() (*Session, error), run func(ctx context.Context, s *Session, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		s, err := open()
		if err != nil {
			return err
		}
		defer s.Close()
		s.Errf("%s", s.DemoNote())
		return s.ledgerExit(ctx, run(ctx, s, args))
	}
}

// NewGroup returns a command that only has subcommands.
func (f *Factory) NewGroup(name, short string, subcommands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: name, Short: short, Args: f.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(subcommands...)
	return cmd
}

// NoArgs refuses arguments, and suggests the nearest command where commands are
// possible.
func (f *Factory) NoArgs(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.HasParent() && !cmd.HasSubCommands():
		return UsageError(fmt.Sprintf(f.Messages.UnexpectedInput.NoArguments, cmd.CommandPath(), args[0]))
	}
	text := fmt.Sprintf(f.Messages.Errors.UnknownCommand, args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += fmt.Sprintf(f.Messages.Errors.Nearest, near[0])
	}
	return UsageError(text)
}

// CompleteValues completes a flag with fixed values.
func CompleteValues(cmd *cobra.Command, flag string, values ...string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err)
	}
}

// CompleteFile completes a flag with file names. By default arguments and flags
// are not completed with files.
func CompleteFile(cmd *cobra.Command, flag string) {
	file := cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault)
	if err := cmd.RegisterFlagCompletionFunc(flag, file); err != nil {
		panic(err)
	}
}
