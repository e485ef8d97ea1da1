package cli

import (
	"context"
	"time"

	"fourfactor/juhe"
)

// awaitNoticeDelay is how long a lookup may take to end by itself when the program is to
// end, before it is said that it is awaited.
const awaitNoticeDelay = 100 * time.Millisecond

// giveUpContext returns the context that ends when nothing is to be awaited any more.
func (a *App) giveUpContext() context.Context {
	if a.GiveUp == nil {
		return context.Background()
	}
	return a.GiveUp
}

// lookupContext returns a context for one lookup, which may be paid for. When ctx
// ends, a lookup that has not left is not sent, and one that has is awaited
// until the next signal, which is said. end has to be called when it has ended:
// these words come before the answer's.
func (a *App) lookupContext(ctx context.Context, s *Session) (awaiting context.Context, end func()) {
	over, told := make(chan struct{}), make(chan struct{})
	forget := context.AfterFunc(ctx, func() {
		defer close(told)
		select {
		case <-over:
			return
		case <-time.After(awaitNoticeDelay):
		}
		if a.ErrTerminal { // which has written ^C
			a.errf("\n")
		}
		if a.giveUpContext().Err() == nil {
			a.errf(a.words.Runs.Progress.GivesUp+"\n", 1, s.Client.Timeout())
		}
	})
	return juhe.WithGiveUp(ctx, a.giveUpContext()), func() {
		close(over)
		if !forget() {
			<-told
		}
	}
}
