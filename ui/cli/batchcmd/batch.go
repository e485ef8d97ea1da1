// Package batchcmd has the commands that look up spreadsheets.
package batchcmd

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
)

// NewCommand returns the group of commands.
func NewCommand(f *cli.Factory) *cobra.Command {
	return f.NewGroup("batch", f.Messages.Runs.Short, newRun(f), newResume(f), newList(f), newExport(f))
}

// withSession returns a RunE that runs run with a session that can make lookups. The
// key is read only when something is about to be sent.
func withSession(f *cli.Factory, run func(context.Context, *cli.Session, []string) error) func(*cobra.Command, []string) error {
	return f.WithSession(f.LookupSession, func(ctx context.Context, s *cli.Session, args []string) error {
		return exitError(ctx, s, run(ctx, s, args))
	})
}

// exactlyOne requires one argument; missing is the error without it.
func exactlyOne(missing string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 || args[0] == "" {
			return cli.UsageError(missing)
		}
		return nil
	}
}

// runID parses the number of a run.
func runID(s *cli.Session, text string) (lookup.RunID, error) {
	id, ok := lookup.ParseRunID(text)
	if !ok {
		return 0, cli.UsageError(fmt.Sprintf(s.Messages.Runs.End.BadRun, juhe.Sanitize(text)))
	}
	return id, nil
}

// resumeLine is the command that resumes a run, for pasting.
func resumeLine(f *cli.Factory, id lookup.RunID, flags ...string) string {
	return commandLine(f, strings.Join(append([]string{"resume", id.String()}, flags...), " "))
}

// commandLine is a batch command with the --config of this one.
func commandLine(f *cli.Factory, rest string) string {
	config := ""
	if named := f.Flags.Config; named != "" {
		if path, err := filepath.Abs(named); err == nil { // may be pasted in another folder
			named = path
		}
		config = " --config " + shellQuoted(named)
	}
	return "fourfactor" + config + " batch " + rest
}

// shellQuoted quotes a word for a shell if necessary.
func shellQuoted(word string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%"
	if word != "" && strings.Trim(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(juhe.Sanitize(word), "'", `'\''`) + "'"
}
