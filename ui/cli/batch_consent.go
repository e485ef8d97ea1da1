package cli

import (
	"context"
	"fmt"
	"slices"

	"fourfactor/juhe/batch"
	"fourfactor/ui/consent"
)

// confirmCalls asks whether calls lookups may be charged. resend means that some
// may have been charged before.
func (a *App) confirmCalls(ctx context.Context, calls int, resend, yes bool) error {
	w := a.Messages.Runs.Plan
	switch {
	case ctx.Err() != nil:
		return &ExitError{Code: ExitInterrupted}
	case calls == 0 || yes:
		return nil
	case !a.InTerminal:
		return UsageError(fmt.Sprintf(w.NeedYes, calls))
	}
	if resend {
		a.Errf("%s\n", w.AskResend)
	}
	ask := a.Confirm
	question := fmt.Sprintf(w.Ask, calls)
	if consent.NeedsNumber(calls) {
		ask, question = a.confirmByTyping(calls), fmt.Sprintf(w.AskTyped, calls, calls)
	}
	return a.consentError(ask(ctx, question))
}

// consentError returns the error of a question that was not answered with yes.
func (a *App) consentError(yes bool, err error) error {
	if err == nil && !yes {
		return &ExitError{ExitInterrupted, a.Messages.Runs.Plan.Declined}
	}
	return err
}

// confirmTable asks whether to send a table that is suspicious as a whole. yes
// does not cover a certain mistake: it was given before anybody knew of it.
func (a *App) confirmTable(ctx context.Context, plan batch.Plan, yes bool) error {
	certain := slices.ContainsFunc(plan.TableFaults, batch.TableFault.IsCertain)
	switch {
	case len(plan.TableFaults) == 0 || plan.Sendable() == 0, yes && !certain, !yes && !a.InTerminal:
		return nil // without a terminal and yes, confirmCalls refuses
	case !a.InTerminal:
		return UsageError(a.Messages.Runs.TableFaults.NeedFix)
	}
	return a.consentError(a.Confirm(ctx, a.Messages.Runs.TableFaults.Ask+" [y/N] "))
}

// confirmByTyping returns a question that is confirmed by typing number, in half
// or full width.
func (a *App) confirmByTyping(number int) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, question string) (bool, error) {
		a.Errf("%s", question)
		line, err := a.ReadLine(ctx)
		if ctx.Err() != nil {
			return false, err
		}
		return consent.IsNumber(line, number), nil
	}
}
