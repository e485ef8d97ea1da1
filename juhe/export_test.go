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

// Environment is the proxy by these variables.
var Environment = proxyFromEnvironment

// Through makes a Client wrap its connections.
func (c *Client) Through(wrap func(net.Conn) net.Conn) {
	c.transport.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return wrap(conn), nil
	}
	useDrainConns(c.transport)
}

// SetClock replaces the clock of a Client.
func (c *Client) SetClock(now func() time.Time, after func(time.Duration) <-chan time.Time) {
	c.clock = clock{now, after}
}

// Elapse calls clock.elapse.
func Elapse(ctx context.Context, now func() time.Time, after func(time.Duration) <-chan time.Time, d time.Duration) bool {
	return clock{now, after}.elapse(ctx, d)
}

// Blocked returns a connection that carries a blocked lookup.
func Blocked(conn net.Conn) net.Conn {
	l, done := newSendState(context.Background(), clock{time.Now, time.After}, time.Hour)
	defer done()
	l.blockSend(FaultCancelled)
	c := &drainConn{Conn: conn}
	c.attach(l)
	return c
}
