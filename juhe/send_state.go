package juhe

import (
	"context"
	"errors"
	"sync"
	"time"
)

// drainLimit bounds how long an answer is read that has begun to arrive when
// nobody waits for it any more.
const drainLimit = 500 * time.Millisecond

var (
	errConnectTimeout = errors.New("not connected in time")
	errCallEnded      = errors.New("the lookup is over")
)

// sendState is one lookup on its way. It knows whether the request may have left,
// and ends it: before that at once, afterwards only when everything that has
// arrived has been read. Cancelling the context of a request would close its
// connection and discard a complete answer in its buffer.
type sendState struct {
	parent context.Context // bars the request when it ends
	ctx    context.Context // of the requests, ended by cancel alone
	cancel context.CancelCauseFunc
	clock  clock

	mu        sync.Mutex
	conn      *drainConn // that the request goes over
	sent      bool       // some of the request may have left
	blocked   bool       // none of it may leave any more
	endReason FaultKind  // why it is not waited for any more; empty while it is
}

// newSendState begins a lookup that takes at most timeout and ends with parent (see
// Awaiting). done releases what it holds.
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

// blockSend keeps the request from leaving, and reports whether it does: it cannot
// once some of it has left. A lookup that was barred is over.
func (s *sendState) blockSend(why FaultKind) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sent {
		return false
	}
	if s.endReason == "" {
		s.endReason = why
	}
	s.blocked = true
	s.cancel(errCallEnded)
	return true
}

// end ends the lookup: at once if nothing has left, else when what has arrived
// is read.
func (s *sendState) end(why FaultKind) {
	if s.blockSend(why) {
		return
	}
	s.mu.Lock()
	if s.endReason == "" {
		s.endReason = why
	}
	conn := s.conn
	s.mu.Unlock()
	conn.drain()
	if s.clock.elapse(s.ctx, drainLimit) {
		s.cancel(errCallEnded)
	}
}

// startAttempt begins an attempt to connect.
func (s *sendState) startAttempt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocked = s.endReason != ""
}

// blockAttempt keeps the request from leaving in this attempt, and reports whether it
// does.
func (s *sendState) blockAttempt() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocked = s.blocked || !s.sent
	return s.blocked
}

// beginSend notes that the request leaves over conn now. The error says that it may
// not. That the parent has ended counts at once, whenever its function runs.
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

// isSent reports whether some of the request may have left.
func (s *sendState) isSent() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent
}

// reason returns why the lookup is not waited for any more; empty while it is.
func (s *sendState) reason() FaultKind {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.endReason
}
