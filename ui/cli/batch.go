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

// batch are the commands that look up spreadsheets.
func (a *App) batch() *cobra.Command {
	cmd := &cobra.Command{
		Use: "batch", Short: a.words.Runs.Short, Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.batchRun(), a.batchResume(), a.batchList(), a.batchExport())
	return cmd
}

// withBatch is a command that runs with a session that has batches. The key is
// asked for when something is about to be sent, and not before.
func (a *App) withBatch(run command) func(*cobra.Command, []string) error {
	return a.with(a.session, a.batchEnded, func(ctx context.Context, s *Session, args []string) error {
		a.takeIn(ctx, s)
		return run(ctx, s, args)
	})
}

// one is the check of a command with one argument. need says what it is.
func one(need string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 || args[0] == "" {
			return usage(need)
		}
		return nil
	}
}

// runID reads the number of a run.
func (a *App) runID(text string) (lookup.RunID, error) {
	id, ok := lookup.ParseRunID(text)
	if !ok {
		return 0, usage(fmt.Sprintf(a.words.Runs.End.BadRun, juhe.Harmless(text)))
	}
	return id, nil
}

// with are the session's batches, changed for one command.
func (s *Session) with(change func(*batch.Options)) *batch.Batch {
	o := s.Batch.Options
	change(&o)
	o.Caller = s.Caller(o.Rate)
	return batch.New(o)
}

// expand takes ~/ for the home folder, which a shell leaves behind an =.
func (s *Session) expand(path string) string {
	if rest, home := strings.CutPrefix(path, "~/"); home && s.home != "" {
		return filepath.Join(s.home, rest)
	}
	return path
}

// resumeCommand is the command that goes on with a run, to be pasted.
func (a *App) resumeCommand(id lookup.RunID, more ...string) string {
	return a.command(strings.Join(append([]string{"resume", id.String()}, more...), " "))
}

// command is a command below batch, with the config that this one has.
func (a *App) command(rest string) string {
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
	return "'" + strings.ReplaceAll(juhe.Harmless(word), "'", `'\''`) + "'"
}
