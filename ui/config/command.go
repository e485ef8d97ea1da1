package config

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
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
	failed := &Error{File: command[0], Key: key, Problem: ProblemRead}
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return out.buffer.String(), nil
	case ctx.Err() != nil:
		failed.Other, failed.cause = ctx.Err().Error(), ctx.Err()
	case out.full:
		failed.Other = "too long"
	default:
		failed.Other, failed.cause = systemMessage(err), err
	}
	return "", failed
}

// systemMessage returns the message of the system, without the names in front of it.
func systemMessage(err error) string {
	var path *fs.PathError
	var program *exec.Error
	switch {
	case errors.As(err, &path):
		return path.Err.Error()
	case errors.As(err, &program):
		return program.Err.Error()
	default:
		return err.Error()
	}
}

// limitedBuffer is a buffer with a size limit.
type limitedBuffer struct {
	buffer bytes.Buffer
	limit  int
	full   bool
}

var errTooLong = errors.New("too long")

// Write fails beyond the limit, which closes the pipe to the program.
func (l *limitedBuffer) Write(p []byte) (int, error) {
	if l.buffer.Len()+len(p) > l.limit {
		l.full = true
		return 0, errTooLong
	}
	return l.buffer.Write(p)
}
