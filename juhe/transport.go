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
	maxAttempts  = 3                      // to connect
	firstBackoff = 200 * time.Millisecond // after the first, then twice as long
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
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	dialer := net.Dialer{Timeout: o.ConnectTimeout, KeepAlive: -1} // for one look-up
	t := &http.Transport{
		Proxy:               proxy,
		DialContext:         dialer.DialContext,
		TLSHandshakeTimeout: o.ConnectTimeout,
		Protocols:           &protocols,
		DisableKeepAlives:   true,
		// The limit holds after decoding, so decoding is ours (see unzip).
		DisableCompression:     true,
		MaxResponseHeaderBytes: 64 << 10,
		OnProxyConnectResponse: checkTunnel,
	}
	useDrainConns(t)
	return t, nil
}

// exchange sends the form and reads the answer, within the deadline.
func (c *Client) exchange(parent context.Context, api API, form string) Reply {
	state, done := newSendState(parent, c.clock, c.timeout)
	defer done()
	for attempt := 1; ; attempt++ {
		reply, retry := c.attempt(state, api, form)
		if !retry || attempt == maxAttempts {
			return reply
		}
		c.log.Debug("not connected, trying again", "try", attempt, "fault", reply.Fault.Kind)
		select {
		case <-time.After(firstBackoff << (attempt - 1)):
		case <-state.ctx.Done():
		}
		switch state.reason() {
		case "":
		case FaultTimeout: // which says less than why it did not connect
			return reply
		default:
			return unsentReply(FaultCancelled, "")
		}
	}
}

// attempt sends the request once at the most. It may be made again only while
// no byte of the request can have left.
func (c *Client) attempt(state *sendState, api API, form string) (reply Reply, retry bool) {
	state.startAttempt()
	ctx, cancel := context.WithCancelCause(state.ctx)
	defer cancel(nil)
	if c.connectTimeout > 0 {
		defer time.AfterFunc(c.connectTimeout, func() {
			if state.blockAttempt() {
				cancel(errConnectTimeout)
			}
		}).Stop()
	}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			if below, ok := drainConnOf(info.Conn); ok {
				below.attach(state)
			}
			c.log.Debug("connected", "to", c.baseURL.Host)
		},
	})
	req, err := c.request(ctx, api, form)
	if err != nil {
		return unsentReply(FaultConnect, c.baseURL.Host), false
	}
	// The transport itself, not an http.Client: it follows no redirect, keeps
	// no cookie and sets no Referer.
	resp, err := c.transport.RoundTrip(req)
	switch {
	case err == nil && !state.isSent():
		// The service has answered a request that was kept from leaving.
		resp.Body.Close()
		return unsentReply(FaultConnect, c.baseURL.Host), true
	case err == nil:
		return c.readAnswer(state, api, resp), false
	case state.isSent():
		return c.lostReply(state, err), false
	}
	endReason := state.reason()
	retry = endReason == "" && !isCertificateError(err)
	if endReason == "" && context.Cause(ctx) == errConnectTimeout {
		endReason = FaultTimeout
	}
	return c.connectFailure(endReason, err), retry
}

func (c *Client) request(ctx context.Context, api API, form string) (*http.Request, error) {
	target := c.baseURL.JoinPath(api.Path())
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
	req.Header.Set("User-Agent", c.userAgent)
	return req, nil
}

// readAnswer reads a whole answer and decides what it says.
func (c *Client) readAnswer(state *sendState, api API, resp *http.Response) Reply {
	defer resp.Body.Close()
	status := strconv.Itoa(resp.StatusCode)
	c.log.Debug("answer begins", "status", status)
	if resp.StatusCode == http.StatusSwitchingProtocols || resp.ProtoMajor != 1 {
		return unclearReply(FaultStatus, status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, BodyLimit+1))
	if err != nil {
		return c.lostReply(state, err)
	}
	c.log.Debug("answer ends", "bytes", len(body))
	reply := parseAnswer(api, resp.StatusCode, resp.Header.Values("Content-Encoding"), &body)
	reply.Raw = SanitizeLines(string(body))
	return reply
}

// parseAnswer turns a complete answer into a Reply, and body into its decoded form.
func parseAnswer(api API, status int, encodings []string, body *[]byte) Reply {
	if len(*body) <= BodyLimit && !decompress(encodings, body) {
		return unclearReply(FaultEncoding, "")
	}
	switch {
	case status >= 300 && status <= 399:
		return unclearReply(FaultRedirect, strconv.Itoa(status))
	case status != http.StatusOK:
		return unclearReply(FaultStatus, strconv.Itoa(status))
	case len(*body) > BodyLimit:
		return unclearReply(FaultTooLarge, "")
	}
	return decode(api, *body)
}

// decompress undoes gzip, which nobody asked for but a gateway may add, up to one
// byte over BodyLimit. It leaves body alone when it cannot.
func decompress(encodings []string, body *[]byte) bool {
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

// lostReply describes a look-up that may have been sent and was not answered.
func (c *Client) lostReply(state *sendState, err error) Reply {
	fault := Fault{Kind: FaultTruncated, Detail: rootCause(err)}
	switch state.reason() {
	case "":
	case FaultTimeout:
		fault = Fault{Kind: FaultTimeout, Detail: c.timeout.String()}
	default:
		fault = Fault{Kind: FaultInterrupted}
	}
	return Reply{Outcome: Lost, Billable: BillableUnknown, Fault: fault}
}

// connectFailure describes a look-up that never left. over is why it was not
// waited for any more, if it was not.
func (c *Client) connectFailure(endReason FaultKind, err error) Reply {
	var dns *net.DNSError
	var op *net.OpError
	var timeout net.Error
	switch {
	case endReason == FaultTimeout:
		return unsentReply(FaultConnectTimeout, c.baseURL.Host)
	case endReason != "":
		return unsentReply(FaultCancelled, "")
	case errors.Is(err, errInvalidProxyVariable), c.Proxy() != "" && !isCertificateError(err):
		return unsentReply(FaultProxy, NewRedactor(c.proxySecrets()...).Redact(rootCause(err), TextLimit))
	case errors.As(err, &dns):
		return unsentReply(FaultDNS, Sanitize(dns.Name))
	case errors.As(err, &timeout) && timeout.Timeout():
		return unsentReply(FaultConnectTimeout, c.baseURL.Host)
	case errors.As(err, &op) && op.Op == "dial":
		return unsentReply(FaultConnect, fmt.Sprintf("%s: %s", c.baseURL.Host, rootCause(err)))
	}
	return unsentReply(FaultTLS, rootCause(err))
}

func unsentReply(kind FaultKind, detail string) Reply {
	return Reply{Outcome: Unsent, Billable: BillableNo, Fault: Fault{Kind: kind, Detail: detail}}
}

// isCertificateError tells whether the service could not prove who it is, which does
// not get better by trying again.
func isCertificateError(err error) bool {
	var bad *tls.CertificateVerificationError
	return errors.As(err, &bad)
}

// rootCause gives the innermost error's text: url.Error and its like print whole
// addresses, with the query string.
func rootCause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return Sanitize(err.Error())
		}
		err = inner
	}
}
