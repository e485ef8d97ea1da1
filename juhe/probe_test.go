package juhe_test

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"fourfactor/juhe"
)

// newCountingServer starts a service that counts its requests.
func newCountingServer(t *testing.T, secure bool) (server *httptest.Server, requests *atomic.Int64) {
	t.Helper()
	requests = new(atomic.Int64)
	server = httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	if secure {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server, requests
}

// newProbeClient returns a client without secrets: Probe needs none.
func newProbeClient(t *testing.T, base, proxy string) *juhe.Client {
	t.Helper()
	never := func(context.Context) (string, error) {
		t.Error("Probe needs a secret")
		return "", nil
	}
	c, err := juhe.New(juhe.Options{BaseURL: base, Proxy: proxy, ConnectTimeout: longTimeout, Timeout: longTimeout, Key: never, Openid: never})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestProbe: Probe connects and sends no request.
func TestProbe(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		server, requests := newCountingServer(t, secure)
		c := newProbeClient(t, server.URL, "none")
		want := ""
		if secure {
			c.Trust(server.Certificate())
			want = "TLS 1.3"
		}
		checkProbe(t, c, server.Listener.Addr().String(), want)
		server.Close() // waits for requests in progress
		checkCount(t, "requests", requests.Load(), 0)
	}
}

// checkProbe checks that Probe reaches an address with a version of TLS.
func checkProbe(t *testing.T, c *juhe.Client, address, tls string) {
	t.Helper()
	got, fault := c.Probe(t.Context())
	if fault != (juhe.Fault{}) {
		t.Errorf("got fault %+v, want none", fault)
	}
	if got.Address != address {
		t.Errorf("got address %s, want %s", got.Address, address)
	}
	if got.TLS != tls {
		t.Errorf("got TLS %q, want %q", got.TLS, tls)
	}
	if got.Took <= 0 {
		t.Errorf("got duration %v, want more than 0", got.Took)
	}
}

// TestProbeSendsNothing: without TLS not one byte is sent.
func TestProbeSendsNothing(t *testing.T) {
	t.Parallel()
	listener := newListener(t)
	sent := make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		text, _ := io.ReadAll(conn)
		sent <- string(text)
	}()
	if _, fault := newProbeClient(t, "http://"+listener.Addr().String(), "none").Probe(t.Context()); fault != (juhe.Fault{}) {
		t.Errorf("got fault %+v, want none", fault)
	}
	if text := <-sent; text != "" {
		t.Errorf("sent %q, want nothing", text)
	}
}

// TestProbeFaults: faults have the same kinds as in lookups.
func TestProbeFaults(t *testing.T) {
	t.Parallel()
	closed, silent := newListener(t), newListener(t)
	closed.Close()
	untrusted, requests := newCountingServer(t, true)
	plain, plainRequests := newCountingServer(t, false)
	for name, test := range map[string]struct {
		base, proxy string
		want        juhe.FaultKind
	}{
		"refused":         {"https://" + closed.Addr().String(), "none", juhe.FaultConnect},
		"certificate":     {untrusted.URL, "none", juhe.FaultTLS},
		"no TLS at all":   {strings.Replace(plain.URL, "http:", "https:", 1), "none", juhe.FaultTLS},
		"silent":          {"https://" + silent.Addr().String(), "none", juhe.FaultConnectTimeout},
		"proxy refused":   {"https://juhe.example", "http://" + closed.Addr().String(), juhe.FaultProxy},
		"proxy variable":  {"https://juhe.example", "env", juhe.FaultProxy},
		"socks5, refused": {"https://juhe.example", "socks5://" + closed.Addr().String(), juhe.FaultProxy},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newProbeClient(t, test.base, test.proxy)
			if name == "silent" {
				c = newClient(t, test.base, http.MethodPost, shortTimeout)
			}
			got, fault := c.Probe(t.Context())
			if fault.Kind != test.want {
				t.Errorf("got fault %+v, want %s", fault, test.want)
			}
			if got != (juhe.ProbeResult{}) {
				t.Errorf("got result %+v, want none", got)
			}
			if strings.Contains(fault.Detail, "password") {
				t.Errorf("got detail %q, want it without the password", fault.Detail)
			}
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, fault := newProbeClient(t, "https://127.0.0.1:1", "none").Probe(ended); fault.Kind != juhe.FaultCancelled {
		t.Errorf("got fault %+v, want %s", fault, juhe.FaultCancelled)
	}
	t.Cleanup(func() { checkCount(t, "requests", requests.Load()+plainRequests.Load(), 0) })
}

// TestProbeProxy: the proxy opens a tunnel, and no request goes through it.
func TestProbeProxy(t *testing.T) {
	t.Parallel()
	server, requests := newCountingServer(t, true)
	var proxied atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		proxied.Add(1)
		if r.Method != http.MethodConnect || r.Host != server.Listener.Addr().String() {
			t.Errorf("the proxy got %s %s, want CONNECT to the service", r.Method, r.URL)
		}
		tunnel(w, r)
	}))
	t.Cleanup(proxy.Close)
	c := newProbeClient(t, server.URL, proxy.URL)
	c.Trust(server.Certificate())
	checkProbe(t, c, proxy.Listener.Addr().String(), "TLS 1.3")
	checkCount(t, "requests to the proxy", proxied.Load(), 1)
	server.Close() // waits for requests in progress
	checkCount(t, "requests", requests.Load(), 0)
}

// tunnel handles CONNECT like a proxy.
func tunnel(w http.ResponseWriter, r *http.Request) {
	server, err := net.Dial("tcp", r.Host)
	if err != nil {
		http.Error(w, "", http.StatusBadGateway)
		return
	}
	client, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		server.Close()
		return
	}
	io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n")
	go func() {
		io.Copy(server, bufio.NewReader(client))
		server.Close()
	}()
	go func() {
		io.Copy(client, server)
		client.Close()
	}()
}
