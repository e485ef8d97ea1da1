package batchcmd

import (
	"context"

	"github.com/spf13/cobra"

	"fourfactor/juhe/batch"
	"fourfactor/ui/cli"
)

// sendOptions are the flags of the commands that send rows.
type sendOptions struct {
	*cli.Factory
	yes, json bool
}

func (o *sendOptions) addFlags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.yes, "yes", false, o.Messages.Runs.FlagYes)
	cmd.Flags().BoolVar(&o.json, "json", false, o.Messages.CLI.FlagJSON)
}

// batchOptions returns the options of a session's batches. With --yes nobody is asked.
func (o *sendOptions) batchOptions(s *cli.Session) batch.Options {
	options := s.Batch.Options
	options.Interactive = options.Interactive && !o.yes
	return options
}

// send sends the rows of a run and reports the result.
//
// The first signal stops the run and awaits the calls in progress, which may be
// charged. The next one stops waiting.
func (o *sendOptions) send(ctx context.Context, s *cli.Session, run *batch.Run) error {
	defer s.PurgeExpiredBriefly(ctx)
	sending, end := context.WithCancel(o.GiveUp)
	defer end()
	defer context.AfterFunc(ctx, func() {
		if context.Cause(ctx) == cli.ErrTerminated {
			run.Shutdown()
			return
		}
		run.Stop()
	})()
	var sum batch.Summary
	err := o.withProgress(ctx, s, run, true, func() (err error) {
		sum, err = run.Execute(sending)
		return err
	})
	return o.report(ctx, s, sum, err)
}
