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

// ProbeResult is how far the way to the service is open.
type ProbeResult struct {
	Address string        // that was connected to: the service's, or the proxy's before it
	TLS     string        // the version, such as "TLS 1.3"; empty where there is no encryption
	Took    time.Duration // to resolve, to connect and to shake hands
}

// Probe tries the way to the service once, as a look-up would go, through the
// proxy, the handshake and the check of the certificate, and sends nothing: no
// request, no key. It takes as long as one try to connect may. A Fault without
// a kind means that the way is open.
func (c *Client) Probe(parent context.Context) (ProbeResult, Fault) {
	ctx, cancel := context.WithTimeout(parent, cmp.Or(c.connectTimeout, c.timeout))
	defer cancel()
	var probed ProbeResult
	var connected atomic.Bool
	started := time.Now()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			probed = ProbeResult{Address: info.Conn.RemoteAddr().String(), Took: time.Since(started)}
			if secure, ok := info.Conn.(*tls.Conn); ok {
				probed.TLS = tls.VersionName(secure.ConnectionState().Version)
			}
			connected.Store(true)
		},
	})
	transport := c.dialOnly(&connected)
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, c.baseURL.String(), nil)
	if err != nil {
		return ProbeResult{}, Fault{Kind: FaultConnect, Detail: c.baseURL.Host}
	}
	resp, err := transport.RoundTrip(req)
	if err == nil { // an answer that nobody has asked for
		resp.Body.Close()
	}
	if connected.Load() {
		return probed, Fault{}
	}
	endReason := FaultKind("")
	switch {
	case parent.Err() != nil:
		endReason = FaultCancelled
	case ctx.Err() != nil:
		endReason = FaultTimeout
	}
	return ProbeResult{}, c.connectFailure(endReason, err).Fault
}

// dialOnly is the look-ups' own transport, but whose connections take nothing once
// they are connected: the transport has its connection before it writes the
// request.
func (c *Client) dialOnly(connected *atomic.Bool) *http.Transport {
	t := c.transport.Clone()
	dial := t.DialContext
	t.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &writeBlockedConn{conn, connected}, nil
	}
	return t
}

// writeBlockedConn is a connection that only connects.
type writeBlockedConn struct {
	net.Conn
	connected *atomic.Bool
}

// errWriteBlocked keeps back what would be written to the service.
var errWriteBlocked = errors.New("nothing is sent")

func (c *writeBlockedConn) Write(p []byte) (int, error) {
	if c.connected.Load() {
		return 0, errWriteBlocked
	}
	return c.Conn.Write(p)
}
