// Package juhe is a client for Juhe's enterprise four-factor verification (企业四要素核验):
// it checks whether a company name, a company ID, a person and a document number
// match the register.
//
// Every lookup costs money, the service has neither idempotency keys nor an order
// query, and its answers are personal data. A Client therefore sends a Query at most
// once, ends it with exactly one Outcome, reports a match or mismatch only if a
// well-formed answer says so, and redacts secrets and the person from everything it
// returns.
//
// The wire format follows the service's API document.
package juhe

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fourfactor/juhe/internal/aesecb"
)

// Options configure a Client.
type Options struct {
	// BaseURL is the origin of the service, such as https://apis.juhe.cn, with a
	// path if a gateway needs one.
	BaseURL string
	// Method is http.MethodPost or http.MethodGet; "" means POST.
	Method string
	// ConnectTimeout limits each attempt to connect, including proxy and TLS.
	ConnectTimeout time.Duration
	// Timeout limits a lookup from the first attempt to connect to the last byte of the
	// answer. Only time in which the process runs counts, and data that has arrived by the
	// end is still read. Fetching the key and the openid has the same limit of its own.
	Timeout time.Duration
	// Proxy is "none" or "", "env", or the URL of a proxy.
	Proxy string
	// Key and Openid return the secrets. Prepare calls those that it needs.
	Key, Openid func(context.Context) (string, error)
	// KnownOpenid returns the openid if it is known without asking for it, so that
	// it is redacted on every endpoint. Nil means unknown.
	KnownOpenid func() string
	// Version is part of the User-Agent.
	Version string
	// Log receives a few lines per lookup, without secrets and factors. Nil means no
	// log.
	Log *slog.Logger
}

// Client makes lookups. It is safe for concurrent use.
type Client struct {
	options   Options // complete
	baseURL   *url.URL
	transport *http.Transport
	clock     clock
}

// New returns a Client. It fails if the base URL, the method or the proxy is
// invalid. The error contains no part of a proxy URL.
func New(o Options) (*Client, error) {
	base, err := parseBaseURL(o.BaseURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" ||
		base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("base URL: want http or https, a host and at most a path")
	}
	o.Method = cmp.Or(o.Method, http.MethodPost)
	if o.Method != http.MethodPost && o.Method != http.MethodGet {
		return nil, fmt.Errorf("method %q: want POST or GET", o.Method)
	}
	if o.KnownOpenid == nil {
		o.KnownOpenid = func() string { return "" }
	}
	transport, err := newTransport(o)
	if err != nil {
		return nil, err
	}
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	return &Client{options: o, baseURL: base, transport: transport, clock: clock{time.Now, time.After}}, nil
}

// parseBaseURL parses the address of a service and normalizes it, so that one
// service has one spelling: no default port, lower-case host.
func parseBaseURL(text string) (*url.URL, error) {
	base, err := url.Parse(text)
	if err != nil {
		return nil, err
	}
	base.Host = strings.ToLower(base.Host)
	base.Host = strings.TrimSuffix(base.Host, map[string]string{"http": ":80", "https": ":443"}[base.Scheme])
	base = base.JoinPath()
	base.Path = strings.TrimRight(base.Path, "/")
	base.RawPath = strings.TrimRight(base.RawPath, "/")
	return base, nil
}

// Service returns the base URL.
func (c *Client) Service() string { return c.baseURL.String() }

// Insecure reports whether the service is reached without TLS (明文).
func (c *Client) Insecure() bool { return c.baseURL.Scheme == "http" }

// Timeout returns the limit of a lookup.
func (c *Client) Timeout() time.Duration { return c.options.Timeout }

// CredentialError is returned if the key or the openid is not available. Nothing was
// sent.
type CredentialError struct {
	Name string // key or openid
	Err  error
}

func (e *CredentialError) Error() string { return e.Name + ": " + e.Err.Error() }

func (e *CredentialError) Unwrap() error { return e.Err }

// credentials are the secrets of one lookup. openid may be "" if the endpoint does
// not encrypt.
type credentials struct{ key, openid string }

// credentials fetches the key, and the openid if the endpoint encrypts.
func (c *Client) credentials(ctx context.Context, api API) (credentials, error) {
	ctx, cancel := context.WithTimeout(ctx, c.options.Timeout)
	defer cancel()
	var cred credentials
	var err error
	if cred.key, err = c.options.Key(ctx); err != nil {
		return cred, &CredentialError{Name: "key", Err: err}
	}
	if api != APIQueryEncry {
		cred.openid = c.options.KnownOpenid()
		return cred, nil
	}
	if cred.openid, err = c.options.Openid(ctx); err != nil {
		return cred, &CredentialError{Name: "openid", Err: err}
	}
	return cred, nil
}

// Prepare prepares one lookup and sends nothing. An error means that the query cannot be
// sent: a *CredentialError or an unknown endpoint.
//
// The caller calls send at most once. It tries to connect up to three times, but never
// sends the request twice. If its context ends, a lookup that was not sent becomes unsent.
// One that may have been sent becomes lost, unless its answer has already arrived; see
// WithGiveUp.
func (c *Client) Prepare(ctx context.Context, q Query) (send func(context.Context) Reply, err error) {
	if !q.API.IsValid() {
		return nil, fmt.Errorf("unknown endpoint %q", q.API)
	}
	cred, err := c.credentials(ctx, q.API)
	if err != nil {
		return nil, err
	}
	form, secrets, err := encode(q, cred)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) Reply { return c.send(ctx, q.API, form.Encode(), secrets) }, nil
}

// encode returns the request parameters (API document, parts 1 to 3) and every value
// that must be redacted from the answer.
func encode(q Query, cred credentials) (form url.Values, secrets []string, err error) {
	cipherKey := aesecb.Key(cred.openid)
	secrets = []string{cred.key, cred.openid, cipherKey, q.Factors[Realname], q.Factors[Idcard]}
	form = url.Values{"key": {cred.key}}
	for f := range NumFactors {
		value := q.Factors[f]
		if q.API == APIQueryEncry {
			if value, err = aesecb.Seal(cipherKey, value); err != nil {
				return nil, nil, err
			}
			secrets = append(secrets, value)
		}
		form.Set(f.String(), value)
	}
	switch {
	case q.Regstatus:
		form.Set("regstatus", "1")
	case q.API == APIQueryV2:
		form.Set("regstatus", "0")
	}
	return form, secrets, nil
}
