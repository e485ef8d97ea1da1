package config

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"time"
)

// run gives what a program writes to its standard output. It runs without a
// shell, and until ctx ends. Nothing that the program writes, to its standard
// error neither, is in an error, nor are its arguments.
func run(ctx context.Context, key string, command []string) (string, error) {
	out := limited{most: maxSecret}
	program := exec.CommandContext(ctx, command[0], command[1:]...)
	program.Stdout = &out
	program.WaitDelay = time.Second // for what the program started and left behind
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

// reason is what the system says of a failure, without the names in front.
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

// limited keeps what is written, up to a limit.
type limited struct {
	kept bytes.Buffer
	most int
	full bool
}

var errFull = errors.New("too long")

// Write fails once there is more than the limit, which closes the pipe to the program.
func (l *limited) Write(p []byte) (int, error) {
	if l.kept.Len()+len(p) > l.most {
		l.full = true
		return 0, errFull
	}
	return l.kept.Write(p)
}
