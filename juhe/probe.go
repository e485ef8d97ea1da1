package juhe

import (
	"cmp"
	"context"
	"crypto/tls"
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
	ctx, cancel := context.WithTimeout(parent, cmp.Or(c.options.ConnectTimeout, c.options.Timeout))
	defer cancel()
	var probed ProbeResult
	var connected atomic.Bool
	started := time.Now()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) { // before the request is written
			if conn, ok := drainConnOf(info.Conn); ok {
				conn.attach(&sendState{parent: context.Background(), blocked: true})
			}
			probed = ProbeResult{Address: info.Conn.RemoteAddr().String(), Took: time.Since(started)}
			if secure, ok := info.Conn.(*tls.Conn); ok {
				probed.TLS = tls.VersionName(secure.ConnectionState().Version)
			}
			connected.Store(true)
		},
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, c.baseURL.String(), nil)
	if err != nil {
		return ProbeResult{}, Fault{Kind: FaultConnect, Detail: c.baseURL.Host}
	}
	resp, err := c.transport.RoundTrip(req)
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
