package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fourfactor/juhe/batch"
)

// typedConfirmOver is up to how many calls are agreed to by y. For more their number
// is typed.
const typedConfirmOver = 100

// confirmCalls makes sure that somebody wants so many calls to be paid. resend
// tells that some of them may have been paid for before.
func (a *App) confirmCalls(ctx context.Context, calls int, resend, yes bool) error {
	w := a.words.Runs.Plan
	switch {
	case ctx.Err() != nil:
		return &exitError{code: ExitInterrupted}
	case calls == 0 || yes:
		return nil
	case !a.InTerminal:
		return usageError(fmt.Sprintf(w.NeedYes, calls))
	}
	if resend {
		a.errf("%s\n", w.AskResend)
	}
	ask := a.confirm
	question := fmt.Sprintf(w.Ask, calls)
	if calls > typedConfirmOver {
		ask, question = a.confirmByTyping(calls), fmt.Sprintf(w.AskTyped, calls, calls)
	}
	agreed, err := ask(ctx, question)
	switch {
	case err != nil:
		return err
	case !agreed:
		return &exitError{ExitInterrupted, w.Declined}
	}
	return nil
}

// confirmTable makes sure that somebody wants a table to be sent although it has
// a fault as a whole. yes does not agree to one that is certain: it was said before
// anybody knew of it.
func (a *App) confirmTable(ctx context.Context, plan batch.Plan, yes bool) error {
	certain := slices.ContainsFunc(plan.TableFaults, batch.TableFault.IsCertain)
	switch {
	case len(plan.TableFaults) == 0 || plan.Sendable() == 0, yes && !certain, !yes && !a.InTerminal:
		return nil // without a terminal and yes nothing is sent: see consented
	case !a.InTerminal:
		return usageError(a.words.Runs.Whole.NeedFix)
	}
	agreed, err := a.confirm(ctx, a.words.Runs.Whole.Ask+" [y/N] ")
	switch {
	case err != nil:
		return err
	case !agreed:
		return &exitError{ExitInterrupted, a.words.Runs.Plan.Declined}
	}
	return nil
}

// confirmByTyping asks for a number to be typed, in half or full width.
func (a *App) confirmByTyping(number int) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, question string) (bool, error) {
		a.errf("%s", question)
		line, err := a.readLine(ctx)
		if ctx.Err() != nil {
			return false, err
		}
		line = strings.Map(func(r rune) rune {
			if '０' <= r && r <= '９' {
				r += '0' - '０'
			}
			return r
		}, line)
		return line == strconv.Itoa(number), nil
	}
}
