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

// proxyFunc returns the Proxy function of a transport for Options.Proxy.
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

// errInvalidProxyVariable does not contain the variable, which may hold a password.
var errInvalidProxyVariable = errors.New("the proxy in the environment is not a URL")

// proxyFromEnvironment returns the proxy function for the environment, by the rules
// of net/http. Unlike net/http it fails if a variable is not a valid URL, instead of
// going without the proxy.
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
		// An invalid URL is tried with http:// in front, which makes its host "http:".
		if err != nil || u == nil || u.Hostname() == "" || strings.HasSuffix(u.Host, ":") {
			return nil, errInvalidProxyVariable
		}
		return u, nil
	}
}

// HasInvalidProxy reports whether the proxy that the environment names for the
// service is not a valid URL. Every lookup then ends as unsent.
func (c *Client) HasInvalidProxy() bool {
	_, err := c.proxy()
	return err != nil
}

// Proxy returns the host of the proxy, or "".
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

// checkTunnel returns an error if the proxy refuses the tunnel. It leaves out the
// reason phrase of the proxy, which net/http would pass on.
func checkTunnel(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return errors.New(strings.TrimSpace(fmt.Sprint(resp.StatusCode, " ", http.StatusText(resp.StatusCode))))
}

// proxySecrets returns the secrets in the proxy's URL. A proxy can repeat them in
// its answer.
func (c *Client) proxySecrets() []string {
	proxy, err := c.proxy()
	if err != nil || proxy == nil || proxy.User == nil {
		return nil
	}
	password, _ := proxy.User.Password()
	return []string{password, base64.StdEncoding.EncodeToString([]byte(proxy.User.Username() + ":" + password))}
}
