package juhe_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/http/httpproxy"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
)

// TestProxyEnvironment: where the environment names a proxy that is none, nothing
// goes past it. Requests that need no proxy do not fail.
func TestProxyEnvironment(t *testing.T) {
	t.Parallel()
	const bad, broken = "http://user:pass%word@proxy.example:3128", "!"
	for name, test := range map[string]struct {
		set  httpproxy.Config
		url  string
		want string // the proxy's host, or broken
	}{
		"none set":          {httpproxy.Config{}, "https://juhe.example", ""},
		"a URL":             {httpproxy.Config{HTTPSProxy: "http://proxy.example:3128"}, "https://juhe.example", "proxy.example:3128"},
		"host and port":     {httpproxy.Config{HTTPSProxy: "proxy.example:3128"}, "https://juhe.example", "proxy.example:3128"},
		"socks5":            {httpproxy.Config{HTTPSProxy: "socks5://proxy.example"}, "https://juhe.example", "proxy.example"},
		"by the scheme":     {httpproxy.Config{HTTPProxy: "proxy.example", HTTPSProxy: bad}, "http://juhe.example", "proxy.example"},
		"the other's":       {httpproxy.Config{HTTPProxy: bad}, "https://juhe.example", ""},
		"not named":         {httpproxy.Config{HTTPSProxy: "http://proxy.example", NoProxy: ".juhe.example"}, "https://apis.juhe.example", ""},
		"a bad one":         {httpproxy.Config{HTTPSProxy: bad}, "https://juhe.example", broken},
		"a bad port":        {httpproxy.Config{HTTPSProxy: "http://proxy.example:port"}, "https://juhe.example", broken},
		"a blank":           {httpproxy.Config{HTTPSProxy: " "}, "https://juhe.example", broken},
		"a blank password":  {httpproxy.Config{HTTPSProxy: "http://user:pass word@proxy.example"}, "https://juhe.example", broken},
		"no host":           {httpproxy.Config{HTTPSProxy: "http://"}, "https://juhe.example", broken},
		"a bad one, http":   {httpproxy.Config{HTTPProxy: bad}, "http://juhe.example", broken},
		"a bad one, CGI":    {httpproxy.Config{HTTPProxy: bad, CGI: true}, "http://juhe.example", broken},
		"CGI":               {httpproxy.Config{HTTPProxy: "proxy.example", CGI: true}, "http://juhe.example", broken},
		"bad, but not here": {httpproxy.Config{HTTPSProxy: bad, NoProxy: "juhe.example"}, "https://juhe.example", ""},
		"bad, but nowhere":  {httpproxy.Config{HTTPSProxy: bad, NoProxy: "*"}, "https://juhe.example", ""},
		"bad, but loopback": {httpproxy.Config{HTTPSProxy: bad}, "https://127.0.0.1:8443", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := http.NewRequest(http.MethodPost, test.url, nil)
			if err != nil {
				t.Fatal(err)
			}
			u, err := juhe.Environment(&test.set)(r)
			switch {
			case err != nil && (test.want != broken || u != nil || strings.Contains(err.Error(), "pass") || strings.Contains(err.Error(), "proxy.example")):
				t.Errorf("%v, %v", u, err)
			case err == nil && u == nil && test.want != "", err == nil && u != nil && u.Host != test.want:
				t.Errorf("%v, want %q", u, test.want)
			}
		})
	}
}

// TestProxyStatus: nothing of what a proxy writes beside its refusal is shown, by a
// lookup and by Reach, nor its password where an answer is malformed.
func TestProxyStatus(t *testing.T) {
	t.Parallel()
	const password = "s3cret-of-the-proxy"
	for answer, want := range map[string]string{
		"HTTP/1.1 407 give me user:" + password + "\x1b[2J\u202e\r\n\r\n": "407 Proxy Authentication Required",
		"HTTP/1.1 599 \x1b]0;x\x07\r\n\r\n":                               "599",
		"HTTP/1.1 xx " + password + "\r\n\r\n":                            "",
		password + "\x1b[2J\r\n\r\n":                                      "",
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		go func() {
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				bufio.NewReader(conn).ReadString('\n')
				io.WriteString(conn, answer)
				conn.Close()
			}
		}()
		c, err := juhe.New(juhe.Options{
			BaseURL: "https://juhe.example", Timeout: slack, ConnectTimeout: slack, Proxy: "http://user:" + password + "@" + listener.Addr().String(),
			Key: secret(mockserver.Key), Openid: secret(mockserver.Openid),
		})
		if err != nil {
			t.Fatal(err)
		}
		reply := do(t, c, juhe.Query{API: juhe.APIQuery, Factors: factors})
		_, reached := c.Probe(t.Context())
		for _, fault := range []juhe.Fault{reply.Fault, reached} {
			if fault.Kind != juhe.FaultProxy || want != "" && fault.Detail != want ||
				strings.Contains(fault.Detail, password) || fault.Detail != juhe.Sanitize(fault.Detail) {
				t.Errorf("%q: %+v", answer, fault)
			}
		}
	}
}
