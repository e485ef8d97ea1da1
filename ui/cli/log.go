package cli

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
)

// debugLog writes the lines of --debug to w. They contain no secrets and no
// factors, so that they can be posted in public.
func debugLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// commandLog is the log of a command: standard error with --debug, otherwise
// discarded.
func (a *App) commandLog() *slog.Logger {
	if a.flags.debug {
		return debugLog(a.Err)
	}
	return slog.New(slog.DiscardHandler)
}

// logFile opens the log of --debug.
func (a *App) logFile() (*os.File, error) { return a.stateFile("fourfactor.log") }

// stateFile opens a private file in the state folder for appending.
func (a *App) stateFile(name string) (*os.File, error) {
	state := a.Env("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		if !filepath.IsAbs(a.Env("HOME")) {
			return nil, errors.New(a.messages.Errors.NoHome)
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
