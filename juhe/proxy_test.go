package juhe_test

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/http/httpproxy"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
)

// TestProxyEnvironment: an invalid proxy in the environment makes requests fail that it
// is for, and no others.
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
			got := ""
			u, err := juhe.ProxyFromEnvironment(&test.set)(r)
			switch {
			case err != nil:
				got = broken
				if strings.Contains(err.Error(), "pass") || strings.Contains(err.Error(), "proxy.example") {
					t.Errorf("got error %v, want it without the variable", err)
				}
			case u != nil:
				got = u.Host
			}
			if got != test.want {
				t.Errorf("got proxy %q, want %q", got, test.want)
			}
		})
	}
}

// TestProxyStatus: a lookup and Probe report only the status with which a proxy refuses,
// not its reason phrase, and never its password.
func TestProxyStatus(t *testing.T) {
	t.Parallel()
	const password = "s3cret-of-the-proxy"
	for answer, want := range map[string]string{
		"HTTP/1.1 407 give me user:" + password + "\x1b[2J\u202e\r\n\r\n": "407 Proxy Authentication Required",
		"HTTP/1.1 599 \x1b]0;x\x07\r\n\r\n":                               "599",
		"HTTP/1.1 xx " + password + "\r\n\r\n":                            "",
		password + "\x1b[2J\r\n\r\n":                                      "",
	} {
		listener := newListener(t)
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
		o := clientOptions("https://juhe.example", longTimeout)
		o.Proxy = "http://user:" + password + "@" + listener.Addr().String()
		c := juhetest.NewClient(t, o)
		reply := do(t, c, juhetest.Query(juhe.APIQuery))
		_, probed := c.Probe(t.Context())
		for _, fault := range []juhe.Fault{reply.Fault, probed} {
			if fault.Kind != juhe.FaultProxy {
				t.Errorf("%q: got fault %+v, want %s", answer, fault, juhe.FaultProxy)
			}
			if want != "" && fault.Detail != want {
				t.Errorf("%q: got detail %q, want %q", answer, fault.Detail, want)
			}
			if strings.Contains(fault.Detail, password) {
				t.Errorf("%q: got detail %q, want it without the password", answer, fault.Detail)
			}
			if fault.Detail != juhe.Sanitize(fault.Detail) {
				t.Errorf("%q: detail %q is not sanitized", answer, fault.Detail)
			}
		}
	}
}

// TestProxy: only the configured proxy is used, and its password appears
// nowhere.
func TestProxy(t *testing.T) {
	t.Parallel()
	const password = "proxy-password"
	_, base := juhetest.NewMockServer(t)
	var requests atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if r.Method == http.MethodConnect {
			http.Error(w, "no "+password, http.StatusForbidden)
			return
		}
		mockserver.New(mockserver.Key, mockserver.Openid).ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	lookUp := func(base string) (*juhe.Client, juhe.Reply) {
		o := clientOptions(base, longTimeout)
		o.Proxy = strings.Replace(proxy.URL, "http://", "http://user:"+password+"@", 1)
		c := juhetest.NewClient(t, o)
		return c, do(t, c, juhetest.Query(juhe.APIQuery))
	}
	c, reply := lookUp(base)
	checkOutcome(t, reply, juhe.Match, "")
	checkCount(t, "requests to the proxy", requests.Load(), 1)
	if got, want := c.Proxy(), proxy.Listener.Addr().String(); got != want {
		t.Errorf("got proxy %q, want %q", got, want)
	}
	_, reply = lookUp("https://juhe.example")
	checkOutcome(t, reply, juhe.Unsent, juhe.FaultProxy)
	if strings.Contains(reply.Fault.Detail, password) {
		t.Errorf("got detail %q, want it without the password", reply.Fault.Detail)
	}
}

// TestProxyVariable: a lookup does not quote a variable that may contain a
// password.
func TestProxyVariable(t *testing.T) {
	t.Parallel()
	o := clientOptions("https://juhe.example", longTimeout)
	o.Proxy = "env"
	c := juhetest.NewClient(t, o)
	reply := do(t, c, juhetest.Query(juhe.APIQuery))
	checkOutcome(t, reply, juhe.Unsent, juhe.FaultProxy)
	if strings.Contains(reply.Fault.Detail, "password") {
		t.Errorf("got detail %q, want it without the password", reply.Fault.Detail)
	}
	if !c.HasInvalidProxy() {
		t.Error("the proxy is valid")
	}
	if got := c.Proxy(); got != "" {
		t.Errorf("got proxy %q, want none", got)
	}
}
