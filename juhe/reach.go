package juhe

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// Reached is how far the way to the service is open.
type Reached struct {
	Address string        // that was connected to: the service's, or the proxy's before it
	TLS     string        // the version, such as "TLS 1.3"; empty where there is no encryption
	Took    time.Duration // to resolve, to connect and to shake hands
}

// Reach tries the way to the service once, as a look-up would go, through the
// proxy, the handshake and the check of the certificate, and sends nothing: no
// request, no key. It takes as long as one try to connect may. A Fault without
// a kind means that the way is open.
func (c *Client) Reach(parent context.Context) (Reached, Fault) {
	ctx, cancel := context.WithTimeout(parent, cmp.Or(c.connect, c.timeout))
	defer cancel()
	var reached Reached
	var connected atomic.Bool
	started := time.Now()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			reached = Reached{Address: info.Conn.RemoteAddr().String(), Took: time.Since(started)}
			if secure, ok := info.Conn.(*tls.Conn); ok {
				reached.TLS = tls.VersionName(secure.ConnectionState().Version)
			}
			connected.Store(true)
		},
	})
	transport := c.mute(&connected)
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, c.base.String(), nil)
	if err != nil {
		return Reached{}, Fault{Kind: FaultConnect, Detail: c.base.Host}
	}
	resp, err := transport.RoundTrip(req)
	if err == nil { // an answer that nobody has asked for
		resp.Body.Close()
	}
	if connected.Load() {
		return reached, Fault{}
	}
	over := FaultKind("")
	switch {
	case parent.Err() != nil:
		over = FaultCancelled
	case ctx.Err() != nil:
		over = FaultTimeout
	}
	return Reached{}, c.notConnected(over, err).Fault
}

// mute is the look-ups' own transport, but whose connections take nothing once
// they are connected: the transport has its connection before it writes the
// request.
func (c *Client) mute(connected *atomic.Bool) *http.Transport {
	t := c.transport.Clone()
	dial := t.DialContext
	t.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &muteConn{conn, connected}, nil
	}
	return t
}

// muteConn is a connection that only connects.
type muteConn struct {
	net.Conn
	connected *atomic.Bool
}

// errMute keeps back what would be written to the service.
var errMute = errors.New("nothing is sent")

func (c *muteConn) Write(p []byte) (int, error) {
	if c.connected.Load() {
		return 0, errMute
	}
	return c.Conn.Write(p)
}
