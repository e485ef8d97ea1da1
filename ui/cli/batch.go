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

// batchCommand has the commands that look up spreadsheets.
func (a *App) batchCommand() *cobra.Command {
	return a.NewGroup("batch", a.Messages.Runs.Short,
		a.batchRunCommand(), a.batchResumeCommand(), a.batchListCommand(), a.batchExportCommand())
}

// withBatchSession returns a RunE that runs run with a session that can make
// lookups. The key is read only when something is about to be sent.
func (a *App) withBatchSession(run func(context.Context, *Session, []string) error) func(*cobra.Command, []string) error {
	return a.WithSession(a.LookupSession, func(ctx context.Context, s *Session, args []string) error {
		return a.batchExit(ctx, run(ctx, s, args))
	})
}

// exactlyOne requires one argument; missing is the error without it.
func exactlyOne(missing string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 || args[0] == "" {
			return UsageError(missing)
		}
		return nil
	}
}

// runID parses the number of a run.
func (a *App) runID(text string) (lookup.RunID, error) {
	id, ok := lookup.ParseRunID(text)
	if !ok {
		return 0, UsageError(fmt.Sprintf(a.Messages.Runs.End.BadRun, juhe.Sanitize(text)))
	}
	return id, nil
}

// batchWith returns the session's Batch with changed options.
func (s *Session) batchWith(change func(*batch.Options)) *batch.Runner {
	o := s.Batch.Options
	change(&o)
	return batch.New(o)
}

// resumeCommandLine is the command that resumes a run, for pasting.
func (a *App) resumeCommandLine(id lookup.RunID, flags ...string) string {
	return a.batchCommandLine(strings.Join(append([]string{"resume", id.String()}, flags...), " "))
}

// batchCommandLine is a batch command with the --config of this one.
func (a *App) batchCommandLine(rest string) string {
	config := ""
	if a.Flags.Config != "" {
		path, err := filepath.Abs(a.Flags.Config) // may be pasted in another folder
		if err != nil {
			path = a.Flags.Config
		}
		config = " --config " + shellQuoted(path)
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
