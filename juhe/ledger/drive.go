package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"fourfactor/juhe/lookup"
)

// LockRun keeps others from driving a run until let is called, or the process
// ends. The error is lookup.ErrDriven if somebody drives it.
func (l *Ledger) LockRun(ctx context.Context, id lookup.RunID) (let func(), err error) {
	if err := l.Open(ctx); err != nil {
		return nil, err
	}
	dir := l.files.runs()
	if err := folder(dir); err != nil {
		return nil, l.problem(l.problemOf(err), err)
	}
	path := filepath.Join(dir, id.String())
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, l.problem(l.problemOf(err), err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		err = lookup.ErrLocked
	case err == nil && !sameFile(file, path): // whoever drove it has just let go
		err = lookup.ErrLocked
	case err != nil:
		err = l.problem(l.problemOf(err), err)
	}
	if err == nil && l.readonly() == nil { // whoever drove it before may have been killed since
		err = l.write(ctx, l.loseGone)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return func() {
		os.Remove(path)
		file.Close()
	}, nil
}
