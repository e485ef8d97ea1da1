package cli

import (
	"context"

	"github.com/spf13/cobra"
)

// resumeOptions are the flags of batch resume.
type resumeOptions struct {
	driveOptions
	resend bool
}

func (a *App) batchResume() *cobra.Command {
	var o resumeOptions
	w := a.words.Runs
	cmd := &cobra.Command{
		Use: "resume RUN", Short: w.Resume, Long: w.ResumeLong, Args: one(w.End.NeedRun),
		ValidArgsFunction: cobra.NoFileCompletions,
		PreRunE:           func(*cobra.Command, []string) error { return a.checkDrive(o.driveOptions) },
		RunE:              a.withBatch(func(ctx context.Context, s *Session, args []string) error { return a.resume(ctx, s, args[0], o) }),
	}
	cmd.Flags().BoolVar(&o.resend, "resend-lost", false, w.FlagResend)
	a.driveFlags(cmd, &o.driveOptions)
	return cmd
}

// resume goes on with a run.
func (a *App) resume(ctx context.Context, s *Session, text string, o resumeOptions) error {
	id, err := a.runID(text)
	if err != nil {
		return err
	}
	run, err := s.with(o.change).Resume(ctx, id, o.resend)
	if err != nil {
		return err
	}
	defer run.Close()
	plan, err := a.planned(ctx, s, run)
	if err != nil {
		return err
	}
	if err := a.consented(ctx, plan.Sendable(), o.resend, o.yes); err != nil {
		return err
	}
	defer a.expireSome(ctx, s)
	return a.drive(ctx, s, run, o.driveOptions)
}
