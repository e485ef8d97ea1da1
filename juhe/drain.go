package juhe

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// drainWait is how long a connection that is drained is given to yield more.
const drainWait = 50 * time.Millisecond

// useDrainConns makes every connection of a transport a drainConn.
func useDrainConns(t *http.Transport) {
	dial := t.DialContext
	t.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &drainConn{Conn: c}, nil
	}
}

// drainConn is a connection of which everything that has arrived can be read
// when there is no more time: a process that was stopped finds its deadline past
// and the answer in the buffer at the same moment.
type drainConn struct {
	net.Conn
	mu    sync.Mutex
	state *sendState // nil until the connection is ready
}

// attach gives the connection to a lookup, before anything of it is written.
func (c *drainConn) attach(state *sendState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = state
}

// drain has reads fail as soon as nothing more has arrived.
func (c *drainConn) drain() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Conn.SetReadDeadline(time.Now().Add(drainWait))
}

func (c *drainConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	state := c.state
	c.mu.Unlock()
	if state != nil {
		if err := state.beginSend(c); err != nil {
			return 0, err
		}
	}
	return c.Conn.Write(p)
}

// Read tries once more when the time of a drained connection is up: a read whose
// time is up does not look at what has arrived.
func (c *drainConn) Read(p []byte) (int, error) {
	for tries := 0; ; tries++ {
		n, err := c.Conn.Read(p)
		if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) || !c.canRetry(tries) {
			return n, err
		}
	}
}

// canRetry reports whether to try again a read whose time was up.
func (c *drainConn) canRetry(tries int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.state == nil: // connecting, where the time is another's
		return false
	case tries > 0:
		return false
	}
	c.Conn.SetReadDeadline(time.Now().Add(drainWait))
	return true
}

// drainConnOf returns the drainConn below a connection of the transport.
func drainConnOf(c net.Conn) (*drainConn, bool) {
	for {
		switch below := c.(type) {
		case *tls.Conn:
			c = below.NetConn()
		case *drainConn:
			return below, true
		default:
			return nil, false
		}
	}
}
