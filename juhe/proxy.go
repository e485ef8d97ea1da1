package juhe

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

func proxyFunc(proxy string) (func(*http.Request) (*url.URL, error), error) {
	switch proxy {
	case "", "none":
		return nil, nil
	case "env":
		return proxyFromEnvironment(httpproxy.FromEnvironment()), nil
	}
	u, err := url.Parse(proxy)
	if err != nil || u.Host == "" {
		return nil, errors.New("proxy: want none, env, or a URL with a host")
	}
	return http.ProxyURL(u), nil
}

// errInvalidProxyVariable stands for whatever is wrong with a proxy's variable, which
// may hold a password.
var errInvalidProxyVariable = errors.New("the proxy in the environment is not a URL")

// proxyFromEnvironment is the proxy that the environment names for a request, by the
// rules of net/http. But net/http goes without one where a variable is no URL,
// and past the proxy that was asked for; here nothing is sent then.
func proxyFromEnvironment(config *httpproxy.Config) func(*http.Request) (*url.URL, error) {
	valid := *config
	for _, variable := range []*string{&valid.HTTPProxy, &valid.HTTPSProxy} {
		if *variable != "" {
			*variable = "http://proxy.invalid"
		}
	}
	proxyOf, validProxyOf := config.ProxyFunc(), valid.ProxyFunc()
	return func(r *http.Request) (*url.URL, error) {
		if u, err := validProxyOf(r.URL); u == nil && err == nil {
			return nil, nil
		}
		u, err := proxyOf(r.URL)
		// A URL that is none is tried with http:// before it, whose host is "http:" then.
		if err != nil || u == nil || u.Hostname() == "" || strings.HasSuffix(u.Host, ":") {
			return nil, errInvalidProxyVariable
		}
		return u, nil
	}
}

// HasInvalidProxy tells that the environment is to name the proxy on the way to the
// service, and that what it says is none: every look-up is unsent then.
func (c *Client) HasInvalidProxy() bool {
	_, err := c.proxy()
	return err != nil
}

// Proxy is the host of the proxy on the way to the service, or empty.
func (c *Client) Proxy() string {
	proxy, err := c.proxy()
	if err != nil || proxy == nil {
		return ""
	}
	return Sanitize(proxy.Host)
}

func (c *Client) proxy() (*url.URL, error) {
	if c.transport.Proxy == nil {
		return nil, nil
	}
	return c.transport.Proxy(&http.Request{URL: c.baseURL})
}

// checkTunnel says why a proxy opens no tunnel. What it wrote behind the status is
// foreign text, which net/http would pass on.
func checkTunnel(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return errors.New(strings.TrimSpace(fmt.Sprint(answer.StatusCode, " ", http.StatusText(answer.StatusCode))))
}

// proxySecrets are what must not be shown of the proxy's URL: a proxy can say it
// again in what it answers.
func (c *Client) proxySecrets() []string {
	proxy, err := c.proxy()
	if err != nil || proxy == nil || proxy.User == nil {
		return nil
	}
	password, _ := proxy.User.Password()
	return []string{password, base64.StdEncoding.EncodeToString([]byte(proxy.User.Username() + ":" + password))}
}
