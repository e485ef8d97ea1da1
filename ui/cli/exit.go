package cli

import (
	"context"
	"errors"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Exit codes of all commands.
const (
	ExitOK         = 0 // match, or done
	ExitMismatch   = 1
	ExitRefused    = 3 // refused or unclear
	ExitKey        = 4 // key, permission or quota: 10001 to 10013
	ExitLost       = 5 // also when interrupted after sending
	ExitUnfinished = 6 // a batch run has rows left to send
	ExitUnsent     = 7
	ExitLedger     = 8  // the ledger cannot be read or written
	ExitBug        = 70 // a bug, or the result could not be written
	// ExitUsage means invalid usage, config or input: nothing was sent. It is
	// not 2, with which Go exits after a fatal error, whatever was sent.
	ExitUsage       = 64
	ExitInterrupted = 130 // before anything was sent
)

// ErrTerminated is the cause of a context that a signal other than Ctrl+C ended.
var ErrTerminated = errors.New("the program ends")

// ExitError ends a command with an exit code and a message.
type ExitError struct {
	Code int
	Text string // "" if everything is printed already
}

func (e *ExitError) Error() string { return e.Text }

// ledgerExit returns the exit error of a command that failed with err: of the
// ledger, interrupted, or err itself.
func (s *Streams) ledgerExit(ctx context.Context, err error) error {
	var exit *ExitError
	var problem *lookup.LedgerError
	switch {
	case err == nil, errors.As(err, &exit):
		return err
	case errors.As(err, &problem):
		return &ExitError{ExitLedger, s.Messages.ErrorText(err)}
	case ctx.Err() != nil:
		return &ExitError{Code: ExitInterrupted}
	}
	return err
}

// UsageError returns an exit error for what the caller can fix.
func UsageError(text string) error { return &ExitError{ExitUsage, text} }

// ExitCode returns the exit code of a lookup: ExitLedger if it was not recorded.
func ExitCode(rec lookup.Record) int {
	if rec.RecordErr != nil {
		return ExitLedger
	}
	return outcomeExitCode(rec)
}

// outcomeExitCode returns the exit code of a lookup's outcome.
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
