package cli

import (
	"context"
	"errors"
	"fmt"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
)

// batchEnded is how a command about batches ends with err, if nothing was sent.
func (a *App) batchEnded(ctx context.Context, err error) error {
	var exit *exitError
	var ledger *lookup.LedgerError
	out, ok := a.Out.(*output)
	switch {
	case ok && out.err != nil: // see Run
		return err
	case err == nil, errors.As(err, &exit), errors.As(err, &ledger), ctx.Err() != nil:
		return a.ended(ctx, err)
	}
	return usage(a.batchText(err))
}

// batchText says why a run cannot begin or go on.
func (a *App) batchText(err error) string {
	var cred *juhe.CredentialError
	if errors.As(err, &cred) {
		return a.lookupText(err)
	}
	return batch.ErrorText(a.words, err)
}

// driven is the end of a run that was driven, or could not be.
func (a *App) driven(ctx context.Context, s *Session, sum batch.Summary, err error, o driveOptions) error {
	if sum.Outcome == nil { // it has not begun
		return err
	}
	unwritten := a.printSummary(s, sum, sum.Run.Finished && err == nil, o.json)
	if ctx.Err() != nil { // there may be no terminal any more
		unwritten = nil
	}
	a.printUnsaved(s, sum.Unsaved)
	var ledger *lookup.LedgerError
	unfinished := err != nil || !sum.Finished()
	if unfinished {
		a.tell("fourfactor: "+a.words.Runs.End.Unfinished+"\n", a.whyUnfinished(sum, err))
		a.tellResume(s, sum, err, o)
	}
	if n := sum.Outcome[juhe.Lost]; n > 0 && !s.Demo {
		a.tell(a.words.Runs.End.Resend+"\n%s\n", n, a.resumeCommand(sum.Run.ID, append([]string{"--resend-lost"}, o.again()...)...))
	}
	switch {
	case errors.As(err, &ledger):
		return &exitError{code: ExitLedger}
	case unfinished:
		return &exitError{code: ExitUnfinished}
	}
	return unwritten
}

// whyUnfinished says why something is left.
func (a *App) whyUnfinished(sum batch.Summary, err error) string {
	code := sum.StopCode()
	switch {
	case errors.Is(err, context.Canceled):
		return a.words.Stopped(string(lookup.StopOperator), 0)
	case err != nil:
		return a.batchText(err)
	case code != 0:
		return a.words.Stopped(string(sum.Run.StopReason), code) + a.words.Semicolon + a.words.NextStep(string(juhe.Refused), "", code)
	case sum.Alike != (batch.Answer{}):
		return fmt.Sprintf(a.words.Runs.End.Alike, a.answerText(sum.Alike))
	case sum.Run.StopReason != "":
		return a.words.Stopped(string(sum.Run.StopReason), 0)
	}
	return fmt.Sprintf(a.words.Runs.End.Left, sum.Outcome[juhe.Unsent])
}

// tellResume tells the command that goes on with a run, in a line of its own.
func (a *App) tellResume(s *Session, sum batch.Summary, err error, o driveOptions) {
	w := a.words.Runs.End
	if s.Demo {
		a.tell("%s\n", w.Demo)
		return
	}
	var problem *batch.Error
	elsewhere := errors.As(err, &problem) && (problem.Problem == batch.ProblemOutFail || problem.Problem == batch.ProblemOutThere)
	if elsewhere {
		a.tell("%s\n", w.Safe)
	}
	a.tell("%s\n%s\n", w.Resume, a.resumeCommand(sum.Run.ID, o.again()...))
	if elsewhere {
		a.tell("%s\n%s\n", w.Export, a.command("export "+sum.Run.ID.String()+" --out FILE"))
	}
}
