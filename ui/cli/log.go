package cli

import (
	"io"
	"log/slog"
)

// debugLog writes every line of --debug to w. The lines are made so that they
// can be pasted in public: they hold no secret and no factor.
func debugLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// commandLog is for commands: standard error with --debug, else nowhere.
func (a *App) commandLog() *slog.Logger {
	if a.flags.debug {
		return debugLog(a.Err)
	}
	return slog.New(slog.DiscardHandler)
}
