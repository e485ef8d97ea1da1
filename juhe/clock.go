package juhe

import (
	"context"
	"time"
)

// giveUpKey is the context key of Awaiting.
type giveUpKey struct{}

// WithGiveUp returns a context for lookups that may be paid for. When ctx ends, a
// lookup of which nothing has left ends unsent, but one that may have left is
// awaited up to its deadline, or until giveUp ends. Without Awaiting the end of
// ctx gives up both.
func WithGiveUp(ctx, giveUp context.Context) context.Context {
	return context.WithValue(ctx, giveUpKey{}, giveUp)
}

// giveUpFrom returns the context whose end gives up a lookup that may have left.
func giveUpFrom(ctx context.Context) context.Context {
	if giveUp, ok := ctx.Value(giveUpKey{}).(context.Context); ok {
		return giveUp
	}
	return ctx
}

// clock measures deadlines. Tests pass in one that they move themselves.
type clock struct {
	now   func() time.Time
	after func(time.Duration) <-chan time.Time
}

// maxStep bounds a step of elapse.
const maxStep = 100 * time.Millisecond

// elapse waits until the process has run for d, and reports whether it has; it
// has not if ctx ends first. A process that is stopped (SIGSTOP, a paused
// container or virtual machine) reads no answer in that time, so the time does
// not count: elapse waits in short steps, and counts each as twice its length at
// the most.
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
