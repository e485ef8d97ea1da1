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

// drainWait is the time that a drained connection has to yield more data.
const drainWait = 50 * time.Millisecond

// wrapDrainConns makes every connection of a transport a drainConn.
func wrapDrainConns(t *http.Transport) {
	dial := t.DialContext
	t.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &drainConn{Conn: c}, nil
	}
}

// drainConn is a connection whose received data can be read after the deadline. A
// process that was stopped finds its deadline passed and the answer in the buffer at
// the same moment.
type drainConn struct {
	net.Conn
	mu    sync.Mutex
	state *sendState // nil until the connection is ready
}

// attach assigns the connection to a lookup before anything is written.
func (c *drainConn) attach(state *sendState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = state
}

// drain makes reads fail as soon as no data is left.
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

// Read reads once more after a timeout, because a read whose deadline has passed
// does not look at the buffer. Connecting has its own timeout.
func (c *drainConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) || !c.isAttached() {
		return n, err
	}
	c.drain()
	return c.Conn.Read(p)
}

func (c *drainConn) isAttached() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state != nil
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
