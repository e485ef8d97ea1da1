package juhe

import (
	"context"
	"time"
)

// giveUpKey is the context key of WithGiveUp.
type giveUpKey struct{}

// WithGiveUp returns a context for lookups that may be charged. If ctx ends, a
// lookup that was not sent ends as unsent, but one that may have been sent waits for
// its answer until its deadline, or until giveUp ends. Without WithGiveUp the end of
// ctx ends both.
func WithGiveUp(ctx, giveUp context.Context) context.Context {
	return context.WithValue(ctx, giveUpKey{}, giveUp)
}

// giveUpFrom returns the context whose end stops waiting for an answer.
func giveUpFrom(ctx context.Context) context.Context {
	if giveUp, ok := ctx.Value(giveUpKey{}).(context.Context); ok {
		return giveUp
	}
	return ctx
}

// clock measures deadlines. Tests replace it.
type clock struct {
	now   func() time.Time
	after func(time.Duration) <-chan time.Time
}

// maxStep is the longest step of elapse.
const maxStep = 100 * time.Millisecond

// elapse waits until the process has run for d. It returns false if ctx ends first.
// Time in which the process is stopped (SIGSTOP, a paused container or virtual
// machine) does not count, because no answer is read then: elapse waits in short
// steps and counts each as at most twice its length.
func (c clock) elapse(ctx context.Context, d time.Duration) bool {
	step := min(max(d/10, time.Millisecond), maxStep)
	for d > 0 {
		step = min(step, d)
		began := c.now()
		select {
		case <-c.after(step):
		case <-ctx.Done():
			return false
		}
		d -= min(max(c.now().Sub(began), step), 2*step)
	}
	return ctx.Err() == nil
}

// Beijing returns the time zone in which the service counts days. China has had no
// daylight saving time since 1991.
func Beijing() *time.Location { return time.FixedZone("CST", 8*60*60) }
