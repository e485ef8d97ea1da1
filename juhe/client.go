package juhe

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fourfactor/juhe/internal/aesecb"
)

// Options are what a Client is made of.
type Options struct {
	// BaseURL is the service's origin, with a path before the endpoint's if a
	// gateway wants one: https://apis.juhe.cn.
	BaseURL string
	// Method is http.MethodPost or http.MethodGet; empty means POST.
	Method string
	// ConnectTimeout bounds each try to connect, with proxy and TLS.
	ConnectTimeout time.Duration
	// Timeout bounds the whole look-up, from the first try to connect to the
	// last byte of the answer, in time that the process runs. What has arrived
	// by then is read. Fetching key and openid, once, is bounded by
	// the same time again.
	Timeout time.Duration
	// Proxy is "none" or empty, "env", or the URL of a proxy.
	Proxy string
	// Key and Openid are asked for at the first look-up that needs them.
	Key, Openid func(context.Context) (string, error)
	// KnownOpenid is the openid as far as it is known without asking for it,
	// so that it is redacted where it is not needed too. Nil means unknown.
	KnownOpenid func() string
	// Version stands in the User-Agent.
	Version string
	// Log gets a few lines a look-up, none of which holds a secret or a
	// factor. Nil means no log.
	Log *slog.Logger
}

// Client makes look-ups. It is safe for concurrent use.
type Client struct {
	baseURL        *url.URL
	method         string
	timeout        time.Duration
	connectTimeout time.Duration
	transport      *http.Transport
	key            func(context.Context) (string, error)
	openid         func(context.Context) (string, error)
	knownOpenid    func() string
	userAgent      string
	clock          clock
	log            *slog.Logger
}

// New makes a Client. It fails when the base URL, the method or the proxy
// cannot be used; the error holds no part of a proxy's URL.
func New(o Options) (*Client, error) {
	base, err := parseBaseURL(o.BaseURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" ||
		base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("base URL: want http or https, a host and at most a path")
	}
	if o.Method == "" {
		o.Method = http.MethodPost
	}
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
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Client{
		baseURL: base, method: o.Method, timeout: o.Timeout, connectTimeout: o.ConnectTimeout, transport: transport,
		key: o.Key, openid: o.Openid, knownOpenid: o.KnownOpenid, userAgent: "fourfactor/" + o.Version, log: o.Log,
		clock: clock{time.Now, time.After},
	}, nil
}

// parseBaseURL reads the address of a service and writes it in one way, so that the
// same service is known again: no default port, small letters in the host.
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

// Service is the base URL that look-ups go to.
func (c *Client) Service() string { return c.baseURL.String() }

// Insecure tells whether the way to the service is plain text (明文).
func (c *Client) Insecure() bool { return c.baseURL.Scheme == "http" }

// Timeout is the longest that a look-up takes.
func (c *Client) Timeout() time.Duration { return c.timeout }

// CredentialError says that the key or the openid could not be had. Nothing
// was sent.
type CredentialError struct {
	Name string // key or openid
	Err  error
}

func (e *CredentialError) Error() string { return e.Name + ": " + e.Err.Error() }

func (e *CredentialError) Unwrap() error { return e.Err }

// credentials are the secrets of one look-up. Where the endpoint does not
// encrypt, the openid may be empty.
type credentials struct{ key, openid string }

// credentials asks for the key, and for the openid if the endpoint encrypts.
func (c *Client) credentials(ctx context.Context, api API) (credentials, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	var cred credentials
	var err error
	if cred.key, err = c.key(ctx); err != nil {
		return cred, &CredentialError{Name: "key", Err: err}
	}
	if api != APIQueryEncry {
		cred.openid = c.knownOpenid()
		return cred, nil
	}
	if cred.openid, err = c.openid(ctx); err != nil {
		return cred, &CredentialError{Name: "openid", Err: err}
	}
	return cred, nil
}

// CheckCredentials asks for what a look-up by this endpoint needs, so that a missing
// key or openid (a *CredentialError) is told before anything else happens.
func (c *Client) CheckCredentials(ctx context.Context, api API) error {
	_, err := c.credentials(ctx, api)
	return err
}

// Do makes one look-up. The request is sent at most once; before its first
// byte may have left, connecting is tried up to three times. An error means
// that the query itself cannot be sent: a *CredentialError, or an unknown
// endpoint. Whatever happens later is in the Reply. When ctx ends, a lookup that
// may have left becomes lost, unless its answer has arrived (see Awaiting), and
// any other unsent.
func (c *Client) Do(ctx context.Context, q Query) (Reply, error) {
	if !q.API.IsValid() {
		return Reply{}, fmt.Errorf("unknown endpoint %q", q.API)
	}
	cred, err := c.credentials(ctx, q.API)
	if err != nil {
		return Reply{}, err
	}
	form, secrets, err := encode(q, cred)
	if err != nil {
		return Reply{}, err
	}
	started := time.Now()
	reply := c.exchange(ctx, q.API, form.Encode())
	reply.redact(NewRedactor(append(secrets, c.proxySecrets()...)...))
	c.log.Debug("look-up ended", "api", q.API, "outcome", reply.Outcome,
		"fault", reply.Fault.Kind, "ms", time.Since(started).Milliseconds())
	return reply, nil
}

// encode makes the parameters of a query (parts 1 to 3 of the document), and
// lists every value that must not be shown afterwards.
func encode(q Query, cred credentials) (form url.Values, secrets []string, err error) {
	factors := map[string]string{
		"entname": q.Factors[Entname], "entmark": q.Factors[Entmark], "realname": q.Factors[Realname], "idcard": q.Factors[Idcard],
	}
	cipherKey := aesecb.Key(cred.openid)
	secrets = []string{cred.key, cred.openid, cipherKey, q.Factors[Realname], q.Factors[Idcard]}
	form = url.Values{"key": {cred.key}}
	if q.API == APIQueryEncry {
		for name, plain := range factors {
			if factors[name], err = aesecb.Seal(cipherKey, plain); err != nil {
				return nil, nil, err
			}
			secrets = append(secrets, factors[name])
		}
	}
	for name, value := range factors {
		form.Set(name, value)
	}
	switch {
	case q.Regstatus:
		form.Set("regstatus", "1")
	case q.API == APIQueryV2:
		form.Set("regstatus", "0")
	}
	return form, secrets, nil
}

// redact takes the secrets out of everything that came from outside, and
// bounds it.
func (r *Reply) redact(red Redactor) {
	for _, s := range []*string{&r.Reason, &r.Desc, &r.Regstatus, &r.Orderid, &r.Fault.Detail} {
		*s = red.Redact(*s, TextLimit)
	}
	r.Raw = red.Redact(r.Raw, RawLimit)
}
