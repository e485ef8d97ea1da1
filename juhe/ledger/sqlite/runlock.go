package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"fourfactor/juhe/lookup"
)

// LockRun locks a run until unlock is called or the process ends. The error is
// lookup.ErrLocked if it is already locked.
func (l *Ledger) LockRun(ctx context.Context, id lookup.RunID) (unlock func(), err error) {
	if err := l.Open(ctx); err != nil {
		return nil, err
	}
	dir := l.files.runsDir()
	if err := makePrivateDir(dir); err != nil {
		return nil, l.wrapErr(ctx, err)
	}
	path := filepath.Join(dir, id.String())
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, l.wrapErr(ctx, err)
	}
	err = tryLock(file)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK),
		err == nil && !isFileAt(file, path): // the process that held the lock has just removed the file
		err = lookup.ErrLocked
	case err != nil:
		err = l.wrapErr(ctx, err)
	}
	if err == nil && l.readOnlyErr() == nil { // the previous process of the run may have been killed
		err = l.write(ctx, l.recordLostIntents)
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
