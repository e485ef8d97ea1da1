package batchcmd

import (
	"context"
	"fmt"
	"slices"

	"fourfactor/juhe/batch"
	"fourfactor/ui/cli"
	"fourfactor/ui/consent"
)

// confirmCalls asks whether calls lookups may be charged. resend means that some
// may have been charged before.
func (o *sendOptions) confirmCalls(ctx context.Context, calls int, resend bool) error {
	w := o.Messages.Runs.Plan
	switch {
	case ctx.Err() != nil:
		return &cli.ExitError{Code: cli.ExitInterrupted}
	case calls == 0 || o.yes:
		return nil
	case !o.InTerminal:
		return cli.UsageError(fmt.Sprintf(w.NeedYes, calls))
	}
	if resend {
		o.Errf("%s\n", w.AskResend)
	}
	if !consent.NeedsNumber(calls) {
		return o.consentError(o.Confirm(ctx, fmt.Sprintf(w.Ask, calls)))
	}
	o.Errf(w.AskTyped, calls, calls)
	line, err := o.ReadLine(ctx)
	if ctx.Err() == nil {
		err = nil
	}
	return o.consentError(consent.IsNumber(line, calls), err)
}

// confirmTable asks whether to send a table that is suspicious as a whole. --yes
// does not cover a certain mistake: it was given before anybody knew of it.
func (o *sendOptions) confirmTable(ctx context.Context, plan batch.Plan) error {
	certain := slices.ContainsFunc(plan.TableFaults, batch.TableFault.IsCertain)
	switch {
	case len(plan.TableFaults) == 0 || plan.Sendable() == 0, o.yes && !certain, !o.yes && !o.InTerminal:
		return nil // without a terminal and --yes, confirmCalls refuses
	case !o.InTerminal:
		return cli.UsageError(o.Messages.Runs.TableFaults.NeedFix)
	}
	return o.consentError(o.Confirm(ctx, o.Messages.Runs.TableFaults.Ask+" [y/N] "))
}

// consentError returns the error of a question that was not answered with yes.
func (o *sendOptions) consentError(yes bool, err error) error {
	if err == nil && !yes {
		return &cli.ExitError{Code: cli.ExitInterrupted, Text: o.Messages.Runs.Plan.Declined}
	}
	return err
}
