package batchcmd

import (
	"context"
	"errors"
	"fmt"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
)

// exitError returns the exit error of a batch command that failed with err
// before anything was sent. Whoever runs the command explains every other error.
func exitError(ctx context.Context, s *cli.Session, err error) error {
	var exit *cli.ExitError
	var ledger *lookup.LedgerError
	if err == nil || errors.As(err, &exit) || errors.As(err, &ledger) || ctx.Err() != nil || s.Out.Err() != nil {
		return err
	}
	return cli.UsageError(s.ErrorTextWithHelp(err))
}

// report prints the summary of a run and returns its exit error.
func (o *sendOptions) report(ctx context.Context, s *cli.Session, sum batch.Summary, err error) error {
	if sum.ByOutcome == nil { // it has not started
		return err
	}
	unwritten := printSummary(s, sum, sum.Run.Finished && err == nil, o.json)
	if ctx.Err() != nil { // the terminal may be gone
		unwritten = nil
	}
	printUnrecorded(s, sum.Unrecorded)
	var ledger *lookup.LedgerError
	unfinished := err != nil || !sum.IsFinished()
	if unfinished {
		o.Errf("fourfactor: "+o.Messages.Runs.End.Unfinished+"\n", unfinishedReason(s, sum, err))
		o.printResume(s, sum, err)
	}
	if n := sum.ByOutcome[juhe.Lost]; n > 0 && !s.Demo {
		o.Errf(o.Messages.Runs.End.ResendLost+"\n%s\n", n, resumeLine(o.Factory, sum.Run.ID, "--resend-lost"))
	}
	switch {
	case errors.As(err, &ledger):
		return &cli.ExitError{Code: cli.ExitLedger}
	case unfinished:
		return &cli.ExitError{Code: cli.ExitUnfinished}
	}
	return unwritten
}

// unfinishedReason returns text saying why a run has rows left.
func unfinishedReason(s *cli.Session, sum batch.Summary, err error) string {
	code := sum.StopCode()
	switch {
	case errors.Is(err, context.Canceled):
		return s.Messages.Stopped(lookup.StopOperator)
	case err != nil:
		return s.ErrorTextWithHelp(err)
	case code != 0:
		return s.Messages.Stopped(sum.Run.StopReason) + s.Messages.Semicolon + s.Messages.CodeNextStep(code)
	case sum.SameAnswer != (batch.Answer{}):
		return fmt.Sprintf(s.Messages.Runs.End.IdenticalAnswers, sameAnswerText(s.Messages, sum.SameAnswer))
	case sum.Run.StopReason != "":
		return s.Messages.Stopped(sum.Run.StopReason)
	}
	return fmt.Sprintf(s.Messages.Runs.End.RowsNotSent, sum.ByOutcome[juhe.Unsent])
}

// printResume prints the command that resumes a run on a line of its own.
func (o *sendOptions) printResume(s *cli.Session, sum batch.Summary, err error) {
	w := o.Messages.Runs.End
	if s.Demo {
		o.Errf("%s\n", w.Demo)
		return
	}
	var problem *batch.Error
	elsewhere := errors.As(err, &problem) && (problem.Problem == batch.ProblemOutFail || problem.Problem == batch.ProblemOutExists)
	if elsewhere {
		o.Errf("%s\n", w.AnswersRecorded)
	}
	o.Errf("%s\n%s\n", w.Resume, resumeLine(o.Factory, sum.Run.ID))
	if elsewhere {
		o.Errf("%s\n%s\n", w.Export, commandLine(o.Factory, "export "+sum.Run.ID.String()+" --out FILE"))
	}
}
