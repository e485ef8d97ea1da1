package juhe

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// keptIdle is for how long a connection is kept without a look-up. Services
// close theirs after some seconds, and what goes out just then is lost.
const keptIdle = time.Second

// keep has a transport keep its connections for further look-ups. Only a POST
// may go over one: see newTransport.
func keep(t *http.Transport) {
	dial := t.DialContext
	t.DisableKeepAlives, t.MaxIdleConnsPerHost, t.IdleConnTimeout = false, 256, keptIdle
	t.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &keptConn{Conn: c}, nil
	}
}

// keptConn is a connection that look-ups use one after another. It takes no
// further one unless all that has come over it is read and belonged to those
// before, so that the rest of one answer is never taken for the next person's.
// The transport looks for such a rest too, but not before it gives the
// connection to the next one.
type keptConn struct {
	net.Conn
	mu      sync.Mutex
	reading bool // the transport waits for more: it has no rest of an answer
	next    bool // the next write begins a further look-up
	odd     bool // an answer was not as it should be
}

// errRest keeps a look-up from a connection. Nothing of it has been written, so
// the transport takes another connection.
var errRest = errors.New("the connection may hold the rest of an answer")

func (c *keptConn) Read(p []byte) (int, error) {
	c.set(func() { c.reading = true })
	n, err := c.Conn.Read(p)
	c.set(func() { c.reading = false })
	return n, err
}

func (c *keptConn) Write(p []byte) (int, error) {
	refused := false
	c.set(func() {
		refused = c.next && (c.odd || !c.reading)
		c.next = false
	})
	if refused {
		return 0, errRest
	}
	return c.Conn.Write(p)
}

func (c *keptConn) set(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
}

// kept is the keptConn below a connection of the transport, if there is one.
func kept(c net.Conn) (*keptConn, bool) {
	if secure, ok := c.(*tls.Conn); ok {
		c = secure.NetConn()
	}
	k, ok := c.(*keptConn)
	return k, ok
}

// onward tells that a further look-up is about to go over a connection.
func onward(c net.Conn) {
	if k, ok := kept(c); ok {
		k.set(func() { k.next = true })
	}
}

// odd tells that an answer that came over a connection was not as it should be.
func odd(c net.Conn) {
	if k, ok := kept(c); ok {
		k.set(func() { k.odd = true })
	}
}
