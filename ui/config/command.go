package config

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"time"
)

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
