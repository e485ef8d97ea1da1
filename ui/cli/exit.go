package cli

import (
	"context"
	"errors"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// The exit codes of every command.
const (
	ExitOK         = 0 // match, or done
	ExitMismatch   = 1
	ExitRefused    = 3 // refused or unclear
	ExitKey        = 4 // key, permission or quota: 10001 to 10013
	ExitLost       = 5 // also when interrupted after sending
	ExitUnfinished = 6 // a batch has something left to send
	ExitUnsent     = 7
	ExitLedger     = 8  // the ledger cannot be read or written
	ExitBug        = 70 // a defect of ours, or the result could not be written
	// ExitUsage is for usage, config or input: nothing was sent. It is not 2,
	// with which Go itself exits when it breaks, whatever was sent.
	ExitUsage       = 64
	ExitInterrupted = 130 // before anything was sent
)

// exitError ends a command with a code, and with what to say about it.
type exitError struct {
	code int
	text string // empty when all is said
}

func (e *exitError) Error() string { return e.text }

// ledgerExit is how a command that uses the ledger ends with err: interrupted, or
// with what is wrong with the ledger, or as err says.
func (a *App) ledgerExit(ctx context.Context, err error) error {
	var exit *exitError
	var problem *lookup.LedgerError
	switch {
	case err == nil, errors.As(err, &exit):
		return err
	case errors.As(err, &problem):
		return &exitError{ExitLedger, lookup.ErrorText(a.words, err)}
	case ctx.Err() != nil:
		return &exitError{code: ExitInterrupted}
	}
	return err
}

// usageError is an exitError for what the caller can mend.
func usageError(text string) error { return &exitError{ExitUsage, text} }

// exitCode gives the exit code of a lookup, or of its ledger if that did not take
// it.
func exitCode(rec lookup.Record) int {
	if rec.RecordErr != nil {
		return ExitLedger
	}
	return outcomeExitCode(rec)
}

// outcomeExitCode gives the exit code of a look-up.
func outcomeExitCode(rec lookup.Record) int {
	switch rec.Reply.Outcome {
	case juhe.Match:
		return ExitOK
	case juhe.Mismatch:
		return ExitMismatch
	case juhe.Lost:
		return ExitLost
	case juhe.Unsent:
		if rec.Reply.Fault.Kind == juhe.FaultCancelled {
			return ExitInterrupted
		}
		return ExitUnsent
	}
	if code := rec.Code(); rec.Reply.Outcome == juhe.Refused && code >= 10001 && code <= 10013 {
		return ExitKey
	}
	return ExitRefused
}
