package cli

import (
	"context"

	"github.com/spf13/cobra"
)

// resumeOptions are the flags of batch resume.
type resumeOptions struct {
	sendOptions
	resend bool
}

func (a *App) batchResumeCommand() *cobra.Command {
	var o resumeOptions
	w := a.Messages.Runs
	cmd := &cobra.Command{
		Use: "resume RUN", Short: w.Resume, Long: w.ResumeLong, Args: exactlyOne(w.End.NeedRun),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              a.withBatchSession(func(ctx context.Context, s *Session, args []string) error { return a.resume(ctx, s, args[0], o) }),
	}
	cmd.Flags().BoolVar(&o.resend, "resend-lost", false, w.FlagResend)
	a.addSendFlags(cmd, &o.sendOptions)
	return cmd
}

// resume resumes a run.
func (a *App) resume(ctx context.Context, s *Session, text string, o resumeOptions) error {
	id, err := a.runID(text)
	if err != nil {
		return err
	}
	run, err := s.batchWith(o.apply).Resume(ctx, id, o.resend)
	if err != nil {
		return err
	}
	defer run.Close()
	plan, err := a.printPlannedRun(ctx, s, run)
	if err != nil {
		return err
	}
	if err := a.confirmCalls(ctx, plan.Sendable(), o.resend, o.yes); err != nil {
		return err
	}
	defer s.ExpireBriefly(ctx)
	return a.sendRows(ctx, s, run, o.sendOptions)
}
