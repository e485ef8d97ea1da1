package app

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"fourfactor/juhe"
)

// reportCrash writes a panic to a log of its own and returns the message for the
// operator.
//
// The log is meant to be sent to us. It has no panic value, which may contain a
// person or a key; a stack has only numbers and function names.
func (a *App) reportCrash(p *juhe.Panic) string {
	// a.Now may be what has panicked.
	now := time.Now().In(juhe.Beijing())
	what := fmt.Sprintf("panic (%T)", p.Value)
	if err, ok := p.Value.(runtime.Error); ok {
		what = juhe.Sanitize(err.Error())
	}
	file, err := a.stateFile("crash-" + now.Format("20060102-150405") + ".log")
	if err == nil {
		_, err = fmt.Fprintf(file, "fourfactor %s\n%s\n%s %s/%s\n%s\n\n%s",
			a.Version, now.Format(time.RFC3339), runtime.Version(), runtime.GOOS, runtime.GOARCH, what, p.Stack)
		err = cmp.Or(err, file.Close())
	}
	if err != nil {
		return fmt.Sprintf(a.Messages.Errors.InternalError, what)
	}
	return fmt.Sprintf(a.Messages.Errors.InternalErrorLogged, what, juhe.Sanitize(file.Name()))
}

// stateFile opens a private file in the state folder for appending.
func (a *App) stateFile(name string) (*os.File, error) {
	state := a.Env("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		if !filepath.IsAbs(a.Env("HOME")) {
			return nil, errors.New(a.Messages.Errors.NoHome)
		}
		state = filepath.Join(a.Env("HOME"), ".local", "state")
	}
	dir := filepath.Join(state, "fourfactor")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return file, errors.Join(os.Chmod(dir, 0o700), file.Chmod(0o600))
}
