package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
)

// batchCommand are the commands that look up spreadsheets.
func (a *App) batchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "batch", Short: a.words.Runs.Short, Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.batchRunCommand(), a.batchResumeCommand(), a.batchListCommand(), a.batchExportCommand())
	return cmd
}

// withBatchSession is a command that runs with a session that has batches. The key is
// asked for when something is about to be sent, and not before.
func (a *App) withBatchSession(run sessionFunc) func(*cobra.Command, []string) error {
	return a.withSession(a.lookupSession, a.batchExit, func(ctx context.Context, s *Session, args []string) error {
		a.importPasted(ctx, s)
		return run(ctx, s, args)
	})
}

// exactlyOne is the check of a command with one argument. need says what it is.
func exactlyOne(need string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 || args[0] == "" {
			return usageError(need)
		}
		return nil
	}
}

// runID reads the number of a run.
func (a *App) runID(text string) (lookup.RunID, error) {
	id, ok := lookup.ParseRunID(text)
	if !ok {
		return 0, usageError(fmt.Sprintf(a.words.Runs.End.BadRun, juhe.Sanitize(text)))
	}
	return id, nil
}

// batchWith are the session's batches, changed for one command.
func (s *Session) batchWith(change func(*batch.Options)) *batch.Runner {
	o := s.Batch.Options
	change(&o)
	return batch.New(o)
}

// expandHome takes ~/ for the home folder, which a shell leaves behind an =.
func (s *Session) expandHome(path string) string {
	if rest, home := strings.CutPrefix(path, "~/"); home && s.home != "" {
		return filepath.Join(s.home, rest)
	}
	return path
}

// resumeCommandLine is the command that goes on with a run, to be pasted.
func (a *App) resumeCommandLine(id lookup.RunID, more ...string) string {
	return a.batchCommandLine(strings.Join(append([]string{"resume", id.String()}, more...), " "))
}

// batchCommandLine is a command below batch, with the config that this one has.
func (a *App) batchCommandLine(rest string) string {
	config := ""
	if a.flags.config != "" {
		path, err := filepath.Abs(a.flags.config) // it may be pasted in another folder
		if err != nil {
			path = a.flags.config
		}
		config = " --config " + shellQuoted(path)
	}
	return "fourfactor" + config + " batch " + rest
}

// shellQuoted writes a word so that a shell reads it as it is.
func shellQuoted(word string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%"
	if word != "" && strings.Trim(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(juhe.Sanitize(word), "'", `'\''`) + "'"
}
