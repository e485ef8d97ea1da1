package juhe

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"strings"
	"time"
)

const (
	tries   = 3                      // to connect
	backoff = 200 * time.Millisecond // after the first, then twice as long
)

// newTransport returns the only transport used for paid calls. It disables
// everything in net/http that can send a request twice or hand one lookup the
// answer of another: HTTP/2 and reused connections. It takes a proxy from the
// environment only if o.Proxy says so.
func newTransport(o Options) (*http.Transport, error) {
	proxy, err := proxyFunc(o.Proxy)
	if err != nil {
		return nil, err
	}
	var http1 http.Protocols
	http1.SetHTTP1(true)
	dialer := net.Dialer{Timeout: o.ConnectTimeout, KeepAlive: -1} // for one look-up
	t := &http.Transport{
		Proxy:               proxy,
		DialContext:         dialer.DialContext,
		TLSHandshakeTimeout: o.ConnectTimeout,
		Protocols:           &http1,
		DisableKeepAlives:   true,
		// The limit holds after decoding, so decoding is ours (see unzip).
		DisableCompression:     true,
		MaxResponseHeaderBytes: 64 << 10,
		OnProxyConnectResponse: tunnelled,
	}
	drainable(t)
	return t, nil
}

// exchange sends the form and reads the answer, within the deadline.
func (c *Client) exchange(parent context.Context, api API, form string) Reply {
	l, done := newCall(parent, c.clock, c.timeout)
	defer done()
	for try := 1; ; try++ {
		reply, again := c.attempt(l, api, form)
		if !again || try == tries {
			return reply
		}
		c.log.Debug("not connected, trying again", "try", try, "fault", reply.Fault.Kind)
		select {
		case <-time.After(backoff << (try - 1)):
		case <-l.ctx.Done():
		}
		switch l.why() {
		case "":
		case FaultTimeout: // which says less than why it did not connect
			return reply
		default:
			return unsent(FaultCancelled, "")
		}
	}
}

// attempt sends the request once at the most. It may be made again only while
// no byte of the request can have left.
func (c *Client) attempt(l *call, api API, form string) (reply Reply, again bool) {
	l.try()
	ctx, cancel := context.WithCancelCause(l.ctx)
	defer cancel(nil)
	if c.connect > 0 {
		defer time.AfterFunc(c.connect, func() {
			if l.barTry() {
				cancel(errConnect)
			}
		}).Stop()
	}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			if below, ok := drained(info.Conn); ok {
				below.carry(l)
			}
			c.log.Debug("connected", "to", c.base.Host)
		},
	})
	req, err := c.request(ctx, api, form)
	if err != nil {
		return unsent(FaultConnect, c.base.Host), false
	}
	// The transport itself, not an http.Client: it follows no redirect, keeps
	// no cookie and sets no Referer.
	resp, err := c.transport.RoundTrip(req)
	switch {
	case err == nil && !l.hasLeft():
		// The service has answered a request that was kept from leaving.
		resp.Body.Close()
		return unsent(FaultConnect, c.base.Host), true
	case err == nil:
		return c.receive(l, api, resp), false
	case l.hasLeft():
		return c.lost(l, err), false
	}
	over := l.why()
	again = over == "" && !certificate(err)
	if over == "" && context.Cause(ctx) == errConnect {
		over = FaultTimeout
	}
	return c.notConnected(over, err), again
}

func (c *Client) request(ctx context.Context, api API, form string) (*http.Request, error) {
	target := c.base.JoinPath(api.Path())
	var body io.Reader
	if c.method == http.MethodGet {
		target.RawQuery = form
	} else {
		body = strings.NewReader(form)
	}
	req, err := http.NewRequestWithContext(ctx, c.method, target.String(), body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", c.agent)
	return req, nil
}

// receive reads a whole answer and decides what it says.
func (c *Client) receive(l *call, api API, resp *http.Response) Reply {
	defer resp.Body.Close()
	status := strconv.Itoa(resp.StatusCode)
	c.log.Debug("answer begins", "status", status)
	if resp.StatusCode == http.StatusSwitchingProtocols || resp.ProtoMajor != 1 {
		return unclear(FaultStatus, status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, BodyLimit+1))
	if err != nil {
		return c.lost(l, err)
	}
	c.log.Debug("answer ends", "bytes", len(body))
	reply := read(api, resp.StatusCode, resp.Header.Values("Content-Encoding"), &body)
	reply.Raw = HarmlessLines(string(body))
	return reply
}

// read turns a complete answer into a Reply, and body into its decoded form.
func read(api API, status int, encodings []string, body *[]byte) Reply {
	if len(*body) <= BodyLimit && !unzip(encodings, body) {
		return unclear(FaultEncoding, "")
	}
	switch {
	case status >= 300 && status <= 399:
		return unclear(FaultRedirect, strconv.Itoa(status))
	case status != http.StatusOK:
		return unclear(FaultStatus, strconv.Itoa(status))
	case len(*body) > BodyLimit:
		return unclear(FaultTooLarge, "")
	}
	return decode(api, *body)
}

// unzip undoes gzip, which nobody asked for but a gateway may add, up to one
// byte over BodyLimit. It leaves body alone when it cannot.
func unzip(encodings []string, body *[]byte) bool {
	switch strings.ToLower(strings.Join(encodings, ",")) {
	case "", "identity":
		return true
	case "gzip", "x-gzip":
	default:
		return false
	}
	zipped, err := gzip.NewReader(bytes.NewReader(*body))
	if err != nil {
		return false
	}
	plain, err := io.ReadAll(io.LimitReader(zipped, BodyLimit+1))
	if err != nil {
		return false
	}
	*body = plain
	return true
}

// lost describes a look-up that may have been sent and was not answered.
func (c *Client) lost(l *call, err error) Reply {
	fault := Fault{Kind: FaultCut, Detail: cause(err)}
	switch l.why() {
	case "":
	case FaultTimeout:
		fault = Fault{Kind: FaultTimeout, Detail: c.timeout.String()}
	default:
		fault = Fault{Kind: FaultInterrupted}
	}
	return Reply{Outcome: Lost, Billable: BillableUnknown, Fault: fault}
}

// notConnected describes a look-up that never left. over is why it was not
// waited for any more, if it was not.
func (c *Client) notConnected(over FaultKind, err error) Reply {
	var dns *net.DNSError
	var op *net.OpError
	var timeout net.Error
	switch {
	case over == FaultTimeout:
		return unsent(FaultConnectTimeout, c.base.Host)
	case over != "":
		return unsent(FaultCancelled, "")
	case errors.Is(err, errProxyVariable), c.Proxy() != "" && !certificate(err):
		return unsent(FaultProxy, NewRedactor(c.proxySecrets()...).Redact(cause(err), TextLimit))
	case errors.As(err, &dns):
		return unsent(FaultDNS, Harmless(dns.Name))
	case errors.As(err, &timeout) && timeout.Timeout():
		return unsent(FaultConnectTimeout, c.base.Host)
	case errors.As(err, &op) && op.Op == "dial":
		return unsent(FaultConnect, fmt.Sprintf("%s: %s", c.base.Host, cause(err)))
	}
	return unsent(FaultTLS, cause(err))
}

func unsent(kind FaultKind, detail string) Reply {
	return Reply{Outcome: Unsent, Billable: BillableNo, Fault: Fault{Kind: kind, Detail: detail}}
}

// certificate tells whether the service could not prove who it is, which does
// not get better by trying again.
func certificate(err error) bool {
	var bad *tls.CertificateVerificationError
	return errors.As(err, &bad)
}

// cause gives the innermost error's text: url.Error and its like print whole
// addresses, with the query string.
func cause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return Harmless(err.Error())
		}
		err = inner
	}
}
