package juhe

import (
	"context"
	"errors"
	"sync"
	"time"
)

// drainMost bounds how long an answer is read that has begun to arrive when
// nobody waits for it any more.
const drainMost = 500 * time.Millisecond

var (
	errConnect = errors.New("not connected in time")
	errOver    = errors.New("the lookup is over")
)

// call is one lookup on its way. It knows whether the request may have left,
// and ends it: before that at once, afterwards only when everything that has
// arrived has been read. Cancelling the context of a request would close its
// connection and discard a complete answer in its buffer.
type call struct {
	parent context.Context // bars the request when it ends
	ctx    context.Context // of the requests, ended by cancel alone
	cancel context.CancelCauseFunc
	clock  clock

	mu     sync.Mutex
	conn   *drainConn // that the request goes over
	left   bool       // some of the request may have left
	barred bool       // none of it may leave any more
	over   FaultKind  // why it is not waited for any more; empty while it is
}

// newCall begins a lookup that takes at most timeout and ends with parent (see
// Awaiting). done releases what it holds.
func newCall(parent context.Context, clock clock, timeout time.Duration) (l *call, done func()) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(parent))
	l = &call{parent: parent, ctx: ctx, cancel: cancel, clock: clock}
	forgetLeave := context.AfterFunc(parent, func() { l.bar(FaultCancelled) })
	forgetGiveUp := context.AfterFunc(giveUpOf(parent), func() { l.end(FaultInterrupted) })
	go func() {
		if clock.elapse(ctx, timeout) {
			l.end(FaultTimeout)
		}
	}()
	return l, func() {
		forgetLeave()
		forgetGiveUp()
		cancel(nil)
	}
}

// bar keeps the request from leaving, and reports whether it does: it cannot
// once some of it has left. A lookup that was barred is over.
func (l *call) bar(why FaultKind) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left {
		return false
	}
	if l.over == "" {
		l.over = why
	}
	l.barred = true
	l.cancel(errOver)
	return true
}

// end ends the lookup: at once if nothing has left, else when what has arrived
// is read.
func (l *call) end(why FaultKind) {
	if l.bar(why) {
		return
	}
	l.mu.Lock()
	if l.over == "" {
		l.over = why
	}
	conn := l.conn
	l.mu.Unlock()
	conn.drain()
	if l.clock.elapse(l.ctx, drainMost) {
		l.cancel(errOver)
	}
}

// try begins an attempt to connect.
func (l *call) try() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.barred = l.over != ""
}

// barTry keeps the request from leaving in this attempt, and reports whether it
// does.
func (l *call) barTry() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.barred = l.barred || !l.left
	return l.barred
}

// leave notes that the request leaves over conn now. The error says that it may
// not. That the parent has ended counts at once, whenever its function runs.
func (l *call) leave(conn *drainConn) error {
	if l.parent.Err() != nil {
		l.bar(FaultCancelled)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.barred {
		return errOver
	}
	l.left, l.conn = true, conn
	return nil
}

// hasLeft reports whether some of the request may have left.
func (l *call) hasLeft() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.left
}

// why returns why the lookup is not waited for any more; empty while it is.
func (l *call) why() FaultKind {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over
}
