package batchcmd

import (
	"context"

	"github.com/spf13/cobra"

	"fourfactor/juhe/batch"
	"fourfactor/ui/cli"
)

// resumeOptions are the flags of batch resume.
type resumeOptions struct {
	sendOptions
	resend bool
}

func newResume(f *cli.Factory) *cobra.Command {
	o := resumeOptions{sendOptions: sendOptions{Factory: f}}
	w := f.Messages.Runs
	cmd := &cobra.Command{
		Use: "resume RUN", Short: w.Resume, Long: w.ResumeLong, Args: exactlyOne(w.End.NeedRun),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              withSession(f, o.run),
	}
	cmd.Flags().BoolVar(&o.resend, "resend-lost", false, w.FlagResend)
	o.addFlags(cmd)
	return cmd
}

// run resumes a run.
func (o *resumeOptions) run(ctx context.Context, s *cli.Session, args []string) error {
	id, err := runID(s, args[0])
	if err != nil {
		return err
	}
	run, err := batch.New(o.batchOptions(s)).Resume(ctx, id, o.resend)
	if err != nil {
		return err
	}
	defer run.Close()
	plan, err := o.plan(ctx, s, run)
	if err != nil {
		return err
	}
	if err := o.confirmCalls(ctx, plan.Sendable(), o.resend); err != nil {
		return err
	}
	return o.send(ctx, s, run)
}
