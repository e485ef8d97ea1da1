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
	maxAttempts  = 3                      // attempts to connect
	firstBackoff = 200 * time.Millisecond // after the first attempt; doubles each time
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
	dialer := net.Dialer{Timeout: o.ConnectTimeout, KeepAlive: -1} // one lookup per connection
	t := &http.Transport{
		Proxy:               proxy,
		DialContext:         dialer.DialContext,
		TLSHandshakeTimeout: o.ConnectTimeout,
		Protocols:           &protocols,
		DisableKeepAlives:   true,
		// BodyLimit applies to the decoded body, so we decode it; see decompress.
		DisableCompression:     true,
		MaxResponseHeaderBytes: 64 << 10,
		OnProxyConnectResponse: checkTunnel,
	}
	wrapDrainConns(t)
	return t, nil
}

// send makes one lookup and redacts its answer.
func (c *Client) send(ctx context.Context, api API, form string, secrets []string) Reply {
	started := time.Now()
	reply := c.exchange(ctx, api, form)
	reply.redact(NewRedactor(append(secrets, c.proxySecrets()...)...))
	c.options.Log.Debug("lookup ended", "api", api, "outcome", reply.Outcome,
		"fault", reply.Fault.Kind, "ms", time.Since(started).Milliseconds())
	return reply
}

// exchange sends the form and reads the answer within the deadline.
func (c *Client) exchange(parent context.Context, api API, form string) Reply {
	state, done := newSendState(parent, c.clock, c.options.Timeout)
	defer done()
	for attempt := 1; ; attempt++ {
		reply, retry := c.attempt(state, api, form)
		if !retry || attempt == maxAttempts {
			return reply
		}
		c.options.Log.Debug("cannot connect, trying again", "attempt", attempt, "fault", reply.Fault.Kind)
		select {
		case <-time.After(firstBackoff << (attempt - 1)):
		case <-state.ctx.Done():
		}
		switch state.reason() {
		case "":
		case FaultTimeout: // the last fault says more
			return reply
		default:
			return unsentReply(FaultCancelled, "")
		}
	}
}

// attempt sends the request at most once. retry is true only if no byte of it can
// have been sent.
func (c *Client) attempt(state *sendState, api API, form string) (reply Reply, retry bool) {
	state.startAttempt()
	ctx, cancel := context.WithCancelCause(state.ctx)
	defer cancel(nil)
	if c.options.ConnectTimeout > 0 {
		defer time.AfterFunc(c.options.ConnectTimeout, func() {
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
			c.options.Log.Debug("connected", "to", c.baseURL.Host)
		},
	})
	req, err := c.request(ctx, api, form)
	if err != nil {
		return unsentReply(FaultConnect, c.baseURL.Host), false
	}
	// A transport follows no redirects, keeps no cookies and sets no Referer;
	// an http.Client would.
	resp, err := c.transport.RoundTrip(req)
	switch {
	case err == nil && !state.isSent():
		// The service answered although the request was blocked.
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
	if c.options.Method == http.MethodGet {
		target.RawQuery = form
	} else {
		body = strings.NewReader(form)
	}
	req, err := http.NewRequestWithContext(ctx, c.options.Method, target.String(), body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", "fourfactor/"+c.options.Version)
	return req, nil
}

func (c *Client) readAnswer(state *sendState, api API, resp *http.Response) Reply {
	defer resp.Body.Close()
	status := strconv.Itoa(resp.StatusCode)
	c.options.Log.Debug("answer begins", "status", status)
	if resp.StatusCode == http.StatusSwitchingProtocols || resp.ProtoMajor != 1 {
		return unclearReply(FaultStatus, status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, BodyLimit+1))
	if err != nil {
		return c.lostReply(state, err)
	}
	c.options.Log.Debug("answer ends", "bytes", len(body))
	reply := unclearReply(FaultEncoding, "")
	body, ok := decompress(resp.Header.Values("Content-Encoding"), body)
	if ok {
		reply = parseAnswer(api, resp.StatusCode, body)
	}
	reply.Raw = SanitizeLines(string(body))
	return reply
}

// parseAnswer turns a complete, decoded answer into a Reply.
func parseAnswer(api API, status int, body []byte) Reply {
	switch {
	case status >= 300 && status <= 399:
		return unclearReply(FaultRedirect, strconv.Itoa(status))
	case status != http.StatusOK:
		return unclearReply(FaultStatus, strconv.Itoa(status))
	case len(body) > BodyLimit:
		return unclearReply(FaultTooLarge, "")
	}
	return decode(api, body)
}

// decompress decodes gzip, which a gateway may add without being asked, up to one
// byte more than BodyLimit. It returns body unchanged if that is too large already,
// and with false if it cannot be decoded.
func decompress(encodings []string, body []byte) (plain []byte, ok bool) {
	encoding := strings.ToLower(strings.Join(encodings, ","))
	switch {
	case len(body) > BodyLimit, encoding == "", encoding == "identity":
		return body, true
	case encoding != "gzip" && encoding != "x-gzip":
		return body, false
	}
	zipped, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body, false
	}
	plain, err = io.ReadAll(io.LimitReader(zipped, BodyLimit+1))
	if err != nil {
		return body, false
	}
	return plain, true
}

// lostReply returns the Reply for a lookup that may have been sent and has no
// complete answer.
func (c *Client) lostReply(state *sendState, err error) Reply {
	fault := Fault{Kind: FaultTruncated}
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) { // the kind says as much
		fault.Detail = rootCause(err)
	}
	switch state.reason() {
	case "":
	case FaultTimeout:
		fault = Fault{Kind: FaultTimeout, Detail: c.options.Timeout.String()}
	default:
		fault = Fault{Kind: FaultInterrupted}
	}
	return Reply{Outcome: Lost, Billable: BillableUnknown, Fault: fault}
}

// connectFailure returns the Reply for a lookup that was never sent. endReason is
// why it ended early, or "".
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

// isCertificateError reports whether the certificate of the service is invalid.
// Trying again does not help.
func isCertificateError(err error) bool {
	var bad *tls.CertificateVerificationError
	return errors.As(err, &bad)
}

// rootCause returns the text of the innermost error. Outer errors such as url.Error
// contain the address with its query string.
func rootCause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return Sanitize(err.Error())
		}
		err = inner
	}
}
