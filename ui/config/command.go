package config

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"time"
)

// LedgerKey runs the ledger's key_command until ctx ends and returns its output
// without surrounding white space. It caches nothing.
//
// An error is [ErrMissing] if there is no command, else an [*Error] whose File
// is the program: ProblemValue if the output is empty or contains white space or
// control characters, else ProblemRead. It never holds the output.
func (c *Config) LedgerKey(ctx context.Context) (string, error) {
	command := c.Ledger.KeyCommand
	if len(command) == 0 {
		return "", ErrMissing
	}
	printed, err := run(ctx, "ledger.key_command", command)
	if err != nil {
		return "", err
	}
	key, ok := cleanSecret(printed)
	if !ok {
		return "", &Error{File: command[0], Key: "ledger.key_command", Problem: ProblemValue}
	}
	return key, nil
}

// run returns the standard output of a program, which runs without a shell and
// until ctx ends. An error holds neither the arguments nor the output of the
// program.
func run(ctx context.Context, key string, command []string) (string, error) {
	out := limitedBuffer{limit: maxSecret}
	program := exec.CommandContext(ctx, command[0], command[1:]...)
	program.Stdout = &out
	program.WaitDelay = time.Second // for processes that the program leaves behind
	err := program.Run()
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return out.buffer.String(), nil
	case ctx.Err() != nil:
		err = ctx.Err()
	case out.full:
		err = errTooLong
	}
	return "", unreadable(command[0], key, err)
}

// limitedBuffer is a buffer with a size limit.
type limitedBuffer struct {
	buffer bytes.Buffer
	limit  int
	full   bool
}

// Write fails beyond the limit, which closes the pipe to the program.
func (l *limitedBuffer) Write(p []byte) (int, error) {
	if l.buffer.Len()+len(p) > l.limit {
		l.full = true
		return 0, errTooLong
	}
	return l.buffer.Write(p)
}
