package cli

import (
	"context"

	"github.com/spf13/cobra"

	"fourfactor/juhe/batch"
)

// sendOptions are the flags of the commands that send rows.
type sendOptions struct{ yes, json bool }

func (a *App) addSendFlags(cmd *cobra.Command, o *sendOptions) {
	cmd.Flags().BoolVar(&o.yes, "yes", false, a.Messages.Runs.FlagYes)
	cmd.Flags().BoolVar(&o.json, "json", false, a.Messages.CLI.FlagJSON)
}

// apply sets the options of a batch. With --yes nobody is asked.
func (o sendOptions) apply(b *batch.Options) { b.Interactive = b.Interactive && !o.yes }

// sendRows sends the rows of a run and reports the result.
//
// The first signal stops the run and awaits the calls in progress, which may be
// charged. The next one stops waiting.
func (a *App) sendRows(ctx context.Context, s *Session, run *batch.Run, o sendOptions) error {
	sending, end := context.WithCancel(a.GiveUp)
	defer end()
	defer context.AfterFunc(ctx, func() {
		if context.Cause(ctx) == ErrTerminated {
			run.Shutdown()
			return
		}
		run.Stop()
	})()
	var sum batch.Summary
	err := a.withProgress(ctx, s, run, true, func() (err error) {
		sum, err = run.Execute(sending)
		return err
	})
	return a.runExit(ctx, s, sum, err, o)
}
