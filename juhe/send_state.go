package juhe

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"
)

// drainLimit is the time for which a partly received answer is still read after
// the lookup has ended.
const drainLimit = 500 * time.Millisecond

var (
	errConnectTimeout = errors.New("connecting timed out")
	errCallEnded      = errors.New("the lookup has ended")
)

// sendState tracks whether the request of a lookup may have been sent, and ends the
// lookup: at once if it was not, otherwise after everything that has arrived has
// been read. Cancelling the request context would close the connection and discard a
// complete answer in its buffer.
type sendState struct {
	parent context.Context // its end blocks the request
	ctx    context.Context // of the HTTP requests; only cancel ends it
	cancel context.CancelCauseFunc
	clock  clock

	mu        sync.Mutex
	conn      *drainConn // carries the request
	sent      bool       // a byte of the request may have been sent
	blocked   bool       // nothing may be sent any more
	endReason FaultKind  // why the lookup has ended; "" while it runs
}

// newSendState starts a lookup that takes at most timeout and ends with parent (see
// WithGiveUp). done releases its resources.
func newSendState(parent context.Context, clock clock, timeout time.Duration) (s *sendState, done func()) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(parent))
	s = &sendState{parent: parent, ctx: ctx, cancel: cancel, clock: clock}
	stopParent := context.AfterFunc(parent, func() { s.blockSend(FaultCancelled) })
	stopGiveUp := context.AfterFunc(giveUpFrom(parent), func() { s.end(FaultInterrupted) })
	go func() {
		if clock.elapse(ctx, timeout) {
			s.end(FaultTimeout)
		}
	}()
	return s, func() {
		stopParent()
		stopGiveUp()
		cancel(nil)
	}
}

// blockSend prevents the request from being sent and ends the lookup. It returns
// false if the request may have been sent.
func (s *sendState) blockSend(why FaultKind) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sent {
		return false
	}
	s.endReason = cmp.Or(s.endReason, why)
	s.blocked = true
	s.cancel(errCallEnded)
	return true
}

// end ends the lookup: at once if nothing was sent, otherwise after everything that
// has arrived has been read.
func (s *sendState) end(why FaultKind) {
	if s.blockSend(why) {
		return
	}
	s.mu.Lock()
	s.endReason = cmp.Or(s.endReason, why)
	conn := s.conn
	s.mu.Unlock()
	conn.drain()
	if s.clock.elapse(s.ctx, drainLimit) {
		s.cancel(errCallEnded)
	}
}

// startAttempt starts an attempt to connect.
func (s *sendState) startAttempt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocked = s.endReason != ""
}

// blockAttempt prevents the request from being sent in this attempt. It returns
// false if the request may have been sent.
func (s *sendState) blockAttempt() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocked = s.blocked || !s.sent
	return s.blocked
}

// beginSend records that the request is about to be written to conn. It fails if it
// must not be. It checks parent itself, because the AfterFunc of newSendState may
// run late.
func (s *sendState) beginSend(conn *drainConn) error {
	if s.parent.Err() != nil {
		s.blockSend(FaultCancelled)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.blocked {
		return errCallEnded
	}
	s.sent, s.conn = true, conn
	return nil
}

// isSent reports whether any byte of the request may have been sent.
func (s *sendState) isSent() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent
}

// reason returns why the lookup has ended, or "".
func (s *sendState) reason() FaultKind {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.endReason
}
