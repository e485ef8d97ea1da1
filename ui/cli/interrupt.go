package cli

import (
	"context"
	"time"

	"fourfactor/juhe"
)

// awaitNoticeDelay is the time that an interrupted lookup has to finish before the
// wait is announced.
const awaitNoticeDelay = 100 * time.Millisecond

// lookupContext returns a context for one lookup. When ctx ends, a lookup that
// has not been sent is cancelled; one that has is awaited until giveUpContext
// ends, which is announced. The caller must call end before it prints the
// result, so that the announcement comes first.
func (a *App) lookupContext(ctx context.Context, s *Session) (lookupCtx context.Context, end func()) {
	finished, announced := make(chan struct{}), make(chan struct{})
	cancelNotice := context.AfterFunc(ctx, func() {
		defer close(announced)
		select {
		case <-finished:
			return
		case <-time.After(awaitNoticeDelay):
		}
		if a.ErrTerminal { // after the ^C that it echoed
			a.errf("\n")
		}
		if a.GiveUp.Err() == nil {
			a.errf(a.messages.Runs.Progress.Interrupted+"\n", 1, s.Client.Timeout())
		}
	})
	return juhe.WithGiveUp(ctx, a.GiveUp), func() {
		close(finished)
		if !cancelNotice() {
			<-announced
		}
	}
}
