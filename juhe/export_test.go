package juhe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"time"
)

// Trust makes a Client accept the certificate of a test server.
func (c *Client) Trust(cert *x509.Certificate) {
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	c.transport.TLSClientConfig = &tls.Config{RootCAs: pool}
}

// ProxyFromEnvironment is proxyFromEnvironment.
var ProxyFromEnvironment = proxyFromEnvironment

// WrapConns makes a Client wrap its connections.
func (c *Client) WrapConns(wrap func(net.Conn) net.Conn) {
	c.transport.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return wrap(conn), nil
	}
	wrapDrainConns(c.transport)
}

// SetClock replaces the clock of a Client.
func (c *Client) SetClock(now func() time.Time, after func(time.Duration) <-chan time.Time) {
	c.clock = clock{now, after}
}

// Elapse calls clock.elapse.
func Elapse(ctx context.Context, now func() time.Time, after func(time.Duration) <-chan time.Time, d time.Duration) bool {
	return clock{now, after}.elapse(ctx, d)
}

// NewBlockedConn returns a connection on which a lookup must not be sent any more.
func NewBlockedConn(conn net.Conn) net.Conn {
	state, done := newSendState(context.Background(), clock{time.Now, time.After}, time.Hour)
	defer done()
	state.blockSend(FaultCancelled)
	c := &drainConn{Conn: conn}
	c.attach(state)
	return c
}

// EndReason returns why a lookup has ended that first runs out of time and is then given
// up. sent reports whether its request may have been sent.
func EndReason(sent bool) FaultKind {
	state, done := newSendState(context.Background(), clock{time.Now, time.After}, time.Hour)
	defer done()
	client, server := net.Pipe()
	defer client.Close()
	defer server.Close()
	if sent {
		state.beginSend(&drainConn{Conn: client})
	}
	state.cancel(nil) // nothing has to be read any more
	state.end(FaultTimeout)
	state.end(FaultInterrupted)
	return state.reason()
}
