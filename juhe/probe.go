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

// ProbeResult describes the connection to the service.
type ProbeResult struct {
	Address string        // of the service, or of the proxy
	TLS     string        // such as "TLS 1.3"; "" without TLS
	Took    time.Duration // to resolve, connect and shake hands
}

// Probe connects to the service as a lookup would, through the proxy and with the
// TLS handshake, and sends nothing: no request, no key. It has the time limit of one
// attempt to connect. A zero Fault means that the service is reachable.
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
	if err == nil { // an unsolicited answer
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

// dialOnly returns a copy of the transport whose connections fail every write once
// connected is true. The transport has its connection before it writes the request.
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

// writeBlockedConn is a connection that fails writes once it is connected.
type writeBlockedConn struct {
	net.Conn
	connected *atomic.Bool
}

// errWriteBlocked is the error of a blocked write.
var errWriteBlocked = errors.New("nothing is sent")

func (c *writeBlockedConn) Write(p []byte) (int, error) {
	if c.connected.Load() {
		return 0, errWriteBlocked
	}
	return c.Conn.Write(p)
}
