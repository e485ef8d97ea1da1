package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
)

func (a *App) batchListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: a.Messages.Runs.List, Args: a.NoArgs,
		RunE: a.withBatchSession(func(ctx context.Context, s *Session, _ []string) error { return a.listRuns(ctx, s, asJSON) }),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.Messages.CLI.FlagJSON)
	return cmd
}

// listRuns prints the runs, newest first.
func (a *App) listRuns(ctx context.Context, s *Session, asJSON bool) error {
	runs, err := s.Batch.List(ctx, 0)
	if err != nil {
		return err
	}
	if len(runs) == 0 {
		a.Errf("%s\n", a.Messages.Runs.End.NoRuns)
		return nil
	}
	var rows [][]string
	for _, sum := range runs {
		if !asJSON {
			rows = append(rows, a.runRow(sum))
			continue
		}
		line := s.summaryLine(sum)
		line.At, line.File, line.Out = sum.Run.StartedAt, sum.Run.InputPath, sum.Run.OutputPath
		if err := PrintJSON(a.Out, line); err != nil {
			return err
		}
	}
	_, err = fmt.Fprint(a.Out, (&Table{Right: []int{0, 3}}).Render(rows))
	return err
}

// runRow is a run as a row: number, time, file, rows, state, outcomes.
func (a *App) runRow(sum batch.Summary) []string {
	run, counts := sum.Run, strings.Join(outcomeCounts(a.Messages, sum.ByOutcome, true), ColumnGap)
	return []string{
		run.ID.String(), run.StartedAt.Format(time.DateTime), a.inputName(filepath.Base(run.InputPath), run.InputPath),
		fmt.Sprintf(a.Messages.Runs.Plan.RowsOf, run.Rows), a.runState(sum), counts,
	}
}

// inputName is the name of an input, or that its rows were pasted.
func (a *App) inputName(name, path string) string {
	if path == "" {
		return a.Messages.Batch.PastedName
	}
	return juhe.Sanitize(name)
}

// runState returns text saying whether a run is finished, or why not.
func (a *App) runState(sum batch.Summary) string {
	w := a.Messages.Runs.End
	switch {
	case sum.IsFinished() && !sum.IsResolved():
		return w.Finished + fmt.Sprintf(a.Messages.Runs.RowWarnings.Unresolved, sum.Unresolved())
	case sum.IsFinished():
		return w.Finished
	case sum.Run.StopReason != "":
		return fmt.Sprintf(w.Unfinished, a.Messages.Stopped(sum.Run.StopReason))
	case sum.Run.Finished:
		return fmt.Sprintf(w.Unfinished, fmt.Sprintf(w.RowsNotSent, sum.ByOutcome[juhe.Unsent]))
	}
	return w.NotFinished
}
