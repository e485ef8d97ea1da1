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
	out := limited{most: maxSecret}
	program := exec.CommandContext(ctx, command[0], command[1:]...)
	program.Stdout = &out
	program.WaitDelay = time.Second // for processes that the program leaves behind
	err := program.Run()
	failed := &Error{File: command[0], Key: key, Problem: ProblemRead}
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return out.kept.String(), nil
	case ctx.Err() != nil:
		failed.Other, failed.cause = ctx.Err().Error(), ctx.Err()
	case out.full:
		failed.Other = "too long"
	default:
		failed.Other, failed.cause = reason(err), err
	}
	return "", failed
}

// reason returns the message of the system, without the names in front of it.
func reason(err error) string {
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

// limited is a buffer with a size limit.
type limited struct {
	kept bytes.Buffer
	most int
	full bool
}

var errFull = errors.New("too long")

// Write fails beyond the limit, which closes the pipe to the program.
func (l *limited) Write(p []byte) (int, error) {
	if l.kept.Len()+len(p) > l.most {
		l.full = true
		return 0, errFull
	}
	return l.kept.Write(p)
}
