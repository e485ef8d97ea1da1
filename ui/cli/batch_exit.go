package cli

import (
	"context"
	"errors"
	"fmt"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
)

// batchExit returns the exit error of a batch command that failed with err
// before anything was sent.
func (a *App) batchExit(ctx context.Context, err error) error {
	var exit *ExitError
	var ledger *lookup.LedgerError
	switch {
	case a.Out.Failed() != nil: // Run reports it
		return err
	case err == nil, errors.As(err, &exit), errors.As(err, &ledger), ctx.Err() != nil:
		return a.LedgerExit(ctx, err)
	}
	return UsageError(a.batchErrorText(err))
}

// batchErrorText returns text saying why a run cannot start or resume.
func (a *App) batchErrorText(err error) string {
	var cred *juhe.CredentialError
	if errors.As(err, &cred) {
		return a.LookupErrorText(err)
	}
	return a.Messages.ErrorText(err)
}

// runExit prints the summary of a run and returns its exit error.
func (a *App) runExit(ctx context.Context, s *Session, sum batch.Summary, err error, o sendOptions) error {
	if sum.ByOutcome == nil { // it has not started
		return err
	}
	unwritten := a.printSummary(s, sum, sum.Run.Finished && err == nil, o.json)
	if ctx.Err() != nil { // the terminal may be gone
		unwritten = nil
	}
	a.printUnsaved(s, sum.Unrecorded)
	var ledger *lookup.LedgerError
	unfinished := err != nil || !sum.IsFinished()
	if unfinished {
		a.Errf("fourfactor: "+a.Messages.Runs.End.Unfinished+"\n", a.unfinishedReason(sum, err))
		a.printResume(s, sum, err)
	}
	if n := sum.ByOutcome[juhe.Lost]; n > 0 && !s.Demo {
		a.Errf(a.Messages.Runs.End.ResendLost+"\n%s\n", n, a.resumeCommandLine(sum.Run.ID, "--resend-lost"))
	}
	switch {
	case errors.As(err, &ledger):
		return &ExitError{Code: ExitLedger}
	case unfinished:
		return &ExitError{Code: ExitUnfinished}
	}
	return unwritten
}

// unfinishedReason returns text saying why a run has rows left.
func (a *App) unfinishedReason(sum batch.Summary, err error) string {
	code := sum.StopCode()
	switch {
	case errors.Is(err, context.Canceled):
		return a.Messages.Stopped(lookup.StopOperator)
	case err != nil:
		return a.batchErrorText(err)
	case code != 0:
		return a.Messages.Stopped(sum.Run.StopReason) + a.Messages.Semicolon + a.Messages.CodeNextStep(code)
	case sum.SameAnswer != (batch.Answer{}):
		return fmt.Sprintf(a.Messages.Runs.End.IdenticalAnswers, a.sameAnswerText(sum.SameAnswer))
	case sum.Run.StopReason != "":
		return a.Messages.Stopped(sum.Run.StopReason)
	}
	return fmt.Sprintf(a.Messages.Runs.End.RowsNotSent, sum.ByOutcome[juhe.Unsent])
}

// printResume prints the command that resumes a run on a line of its own.
func (a *App) printResume(s *Session, sum batch.Summary, err error) {
	w := a.Messages.Runs.End
	if s.Demo {
		a.Errf("%s\n", w.Demo)
		return
	}
	var problem *batch.Error
	elsewhere := errors.As(err, &problem) && (problem.Problem == batch.ProblemOutFail || problem.Problem == batch.ProblemOutExists)
	if elsewhere {
		a.Errf("%s\n", w.AnswersRecorded)
	}
	a.Errf("%s\n%s\n", w.Resume, a.resumeCommandLine(sum.Run.ID))
	if elsewhere {
		a.Errf("%s\n%s\n", w.Export, a.batchCommandLine("export "+sum.Run.ID.String()+" --out FILE"))
	}
}
