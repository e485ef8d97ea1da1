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
	"fourfactor/juhe/mockserver"
)

// quiet starts a service that counts its requests.
func quiet(t *testing.T, secure bool) (server *httptest.Server, requests *atomic.Int64) {
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

// reaching returns a client without secrets: Probe needs none.
func reaching(t *testing.T, base, proxy string) *juhe.Client {
	t.Helper()
	never := func(context.Context) (string, error) {
		t.Error("a secret was asked for")
		return "", nil
	}
	c, err := juhe.New(juhe.Options{BaseURL: base, Proxy: proxy, ConnectTimeout: slack, Timeout: slack, Key: never, Openid: never})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestProbe: Probe connects and sends no request.
func TestProbe(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		server, requests := quiet(t, secure)
		c := reaching(t, server.URL, "none")
		want := ""
		if secure {
			c.Trust(server.Certificate())
			want = "TLS 1.3"
		}
		reached, fault := c.Probe(t.Context())
		if fault.Kind != "" || reached.Address != server.Listener.Addr().String() || reached.TLS != want || reached.Took <= 0 {
			t.Errorf("%s: %+v, %+v", server.URL, reached, fault)
		}
		server.Close() // waits for requests in progress
		if requests.Load() != 0 {
			t.Errorf("%s: %d requests", server.URL, requests.Load())
		}
	}
}

// TestProbeSendsNothing: without TLS not one byte is sent.
func TestProbeSendsNothing(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
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
	if _, fault := reaching(t, "http://"+listener.Addr().String(), "none").Probe(t.Context()); fault.Kind != "" {
		t.Errorf("%+v", fault)
	}
	if text := <-sent; text != "" {
		t.Errorf("it has sent %q", text)
	}
}

// TestProbeFaults: faults have the same kinds as in lookups.
func TestProbeFaults(t *testing.T) {
	t.Parallel()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mute.Close() })
	untrusted, requests := quiet(t, true)
	plain, plainRequests := quiet(t, false)
	for name, test := range map[string]struct {
		base, proxy string
		want        juhe.FaultKind
	}{
		"refused":         {"https://" + closed.Addr().String(), "none", juhe.FaultConnect},
		"certificate":     {untrusted.URL, "none", juhe.FaultTLS},
		"no TLS at all":   {strings.Replace(plain.URL, "http:", "https:", 1), "none", juhe.FaultTLS},
		"mute":            {"https://" + mute.Addr().String(), "none", juhe.FaultConnectTimeout},
		"proxy refused":   {"https://juhe.example", "http://" + closed.Addr().String(), juhe.FaultProxy},
		"proxy variable":  {"https://juhe.example", "env", juhe.FaultProxy},
		"socks5, refused": {"https://juhe.example", "socks5://" + closed.Addr().String(), juhe.FaultProxy},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := reaching(t, test.base, test.proxy)
			if name == "mute" {
				c = client(t, test.base, http.MethodPost, brief)
			}
			reached, fault := c.Probe(t.Context())
			if fault.Kind != test.want || reached != (juhe.ProbeResult{}) || strings.Contains(fault.Detail, "password") {
				t.Errorf("%+v, %+v", reached, fault)
			}
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, fault := reaching(t, "https://127.0.0.1:1", "none").Probe(ended); fault.Kind != juhe.FaultCancelled {
		t.Errorf("%+v", fault)
	}
	t.Cleanup(func() {
		if n := requests.Load() + plainRequests.Load(); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
}

// TestProbeProxy: the proxy opens a tunnel, and no request goes through it.
func TestProbeProxy(t *testing.T) {
	t.Parallel()
	server, requests := quiet(t, true)
	var asked atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.Method != http.MethodConnect || r.Host != server.Listener.Addr().String() {
			t.Errorf("the proxy was asked: %s %s", r.Method, r.URL)
		}
		tunnel(w, r)
	}))
	t.Cleanup(proxy.Close)
	c := reaching(t, server.URL, proxy.URL)
	c.Trust(server.Certificate())
	reached, fault := c.Probe(t.Context())
	if fault.Kind != "" || reached.TLS != "TLS 1.3" || reached.Address != proxy.Listener.Addr().String() || asked.Load() != 1 {
		t.Errorf("%+v, %+v, the proxy was asked %d times", reached, fault, asked.Load())
	}
	server.Close()
	if requests.Load() != 0 {
		t.Errorf("%d requests", requests.Load())
	}
}

// tunnel handles CONNECT like a proxy.
func tunnel(w http.ResponseWriter, r *http.Request) {
	there, err := net.Dial("tcp", r.Host)
	if err != nil {
		http.Error(w, "", http.StatusBadGateway)
		return
	}
	here, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		there.Close()
		return
	}
	io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
	go func() {
		io.Copy(there, bufio.NewReader(here))
		there.Close()
	}()
	go func() {
		io.Copy(here, there)
		here.Close()
	}()
}

// TestProxyVariable: a lookup does not quote a variable that may contain a
// password.
func TestProxyVariable(t *testing.T) {
	t.Parallel()
	c, err := juhe.New(juhe.Options{BaseURL: "https://juhe.example", Proxy: "env", ConnectTimeout: slack, Timeout: slack, Key: secret(mockserver.Key)})
	if err != nil {
		t.Fatal(err)
	}
	reply := do(t, c, juhe.Query{API: juhe.APIQuery, Factors: factors})
	if reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultProxy || strings.Contains(reply.Fault.Detail, "password") || !c.HasInvalidProxy() || c.Proxy() != "" {
		t.Errorf("%s %+v", reply.Outcome, reply.Fault)
	}
}
