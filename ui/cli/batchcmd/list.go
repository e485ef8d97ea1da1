package batchcmd

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/ui/cli"
)

// listOptions are the flags of batch list.
type listOptions struct{ json bool }

func newList(f *cli.Factory) *cobra.Command {
	var o listOptions
	cmd := &cobra.Command{
		Use: "list", Short: f.Messages.Runs.List, Args: f.NoArgs,
		RunE: withSession(f, o.run),
	}
	cmd.Flags().BoolVar(&o.json, "json", false, f.Messages.CLI.FlagJSON)
	return cmd
}

// run prints the runs, newest first.
func (o *listOptions) run(ctx context.Context, s *cli.Session, _ []string) error {
	runs, err := s.Batch.List(ctx, 0)
	if err != nil {
		return err
	}
	if len(runs) == 0 {
		s.Errf("%s\n", s.Messages.Runs.End.NoRuns)
		return nil
	}
	var rows [][]string
	for _, sum := range runs {
		if !o.json {
			rows = append(rows, runRow(s, sum))
			continue
		}
		line := newSummaryLine(s, sum)
		line.At, line.File, line.Out = sum.Run.StartedAt, sum.Run.InputPath, sum.Run.OutputPath
		if err := cli.PrintJSON(s.Out, line); err != nil {
			return err
		}
	}
	_, err = fmt.Fprint(s.Out, (&cli.Table{Right: []int{0, 3}}).Render(rows))
	return err
}

// runRow is a run as a row: number, time, file, rows, state, outcomes.
func runRow(s *cli.Session, sum batch.Summary) []string {
	run, counts := sum.Run, strings.Join(outcomeCounts(s.Messages, sum.ByOutcome, true), cli.ColumnGap)
	return []string{
		run.ID.String(), run.StartedAt.Format(time.DateTime), inputName(s, filepath.Base(run.InputPath), run.InputPath),
		fmt.Sprintf(s.Messages.Runs.Plan.RowsOf, run.Rows), runState(s, sum), counts,
	}
}

// inputName is the name of an input, or that its rows were pasted.
func inputName(s *cli.Session, name, path string) string {
	if path == "" {
		return s.Messages.Batch.PastedName
	}
	return juhe.Sanitize(name)
}

// runState returns text saying whether a run is finished, or why not.
func runState(s *cli.Session, sum batch.Summary) string {
	w := s.Messages.Runs.End
	switch {
	case sum.IsFinished() && !sum.IsResolved():
		return w.Finished + fmt.Sprintf(s.Messages.Runs.RowWarnings.Unresolved, sum.Unresolved())
	case sum.IsFinished():
		return w.Finished
	case sum.Run.StopReason != "":
		return fmt.Sprintf(w.Unfinished, s.Messages.Stopped(sum.Run.StopReason))
	case sum.Run.Finished:
		return fmt.Sprintf(w.Unfinished, fmt.Sprintf(w.RowsNotSent, sum.ByOutcome[juhe.Unsent]))
	}
	return s.Messages.Batch.Interrupted
}
