package juhe_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
)

var factors = mockserver.Companies()[0].Factors(juhe.APIQuery)

// TestWire: the request is as the API document describes.
func TestWire(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		for _, api := range juhe.APIs() {
			for _, asked := range []bool{true, false} {
				var got *http.Request
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					r.ParseForm()
					got = r
					io.WriteString(w, "{}")
				}))
				do(t, client(t, server.URL, method, slack), juhe.Query{API: api, Factors: factors, Regstatus: asked})
				server.Close()
				checkWire(t, got, method, api, asked)
			}
		}
	}
}

func checkWire(t *testing.T, r *http.Request, method string, api juhe.API, asked bool) {
	t.Helper()
	if !r.Close {
		t.Error("got a reusable connection, want Connection: close")
	}
	if r.Method != method || r.URL.Path != "/enterprise_four_factors/"+string(api) || r.Proto != "HTTP/1.1" {
		t.Errorf("%s %s %s", r.Method, r.URL.Path, r.Proto)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "fourfactor/test",
		"Referer": "", "Accept-Encoding": "", "Cookie": "", "Idempotency-Key": "", "Authorization": "",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	params, elsewhere := r.PostForm, r.URL.Query()
	if method == http.MethodGet {
		params, elsewhere = r.URL.Query(), r.PostForm
	}
	want := 5
	regstatus := map[bool]string{true: "1", false: ""}[asked]
	if api == juhe.APIQueryV2 && !asked {
		regstatus = "0"
	}
	if regstatus != "" {
		want++
	}
	if len(params) != want || len(elsewhere) != 0 || params.Get("regstatus") != regstatus || params.Get("key") != mockserver.Key {
		t.Errorf("%s %s: %v and %v", method, api, params, elsewhere)
	}
	plain := params.Get("entname") == factors[juhe.Entname] && params.Get("entmark") == factors[juhe.Entmark] &&
		params.Get("realname") == factors[juhe.Realname] && params.Get("idcard") == factors[juhe.Idcard]
	if plain == (api == juhe.APIQueryEncry) {
		t.Errorf("%s: plain is %v: %v", api, plain, params)
	}
}

// TestHTTP2Reset: a service that offers HTTP/2 and resets the connection after
// the body gets the request once, over HTTP/1.1.
func TestHTTP2Reset(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			var requests, http2 atomic.Int64
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				if r.ProtoMajor == 2 {
					http2.Add(1)
				}
				io.Copy(io.Discard, r.Body)
				panic(http.ErrAbortHandler)
			}))
			server.EnableHTTP2 = true
			server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
			server.StartTLS()
			t.Cleanup(server.Close)
			c := client(t, server.URL, method, slack)
			c.Trust(server.Certificate())
			reply := do(t, c, juhe.Query{API: juhe.APIQuery, Factors: factors})
			if reply.Outcome != juhe.Lost || reply.Fault.Kind != juhe.FaultTruncated || requests.Load() != 1 || http2.Load() != 0 {
				t.Errorf("%s %+v, %d requests, %d by HTTP/2", reply.Outcome, reply.Fault, requests.Load(), http2.Load())
			}
		})
	}
}

// TestNoResend: net/http repeats a GET if a reused connection closes. Here
// a closed connection costs one lookup, and nothing is sent twice.
func TestNoResend(t *testing.T) {
	t.Parallel()
	everyWay(t, func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string) {
		c := client(t, base, method, slack)
		good := mockserver.Companies()[0].Factors(api)
		bad := good
		bad[juhe.Entname] = "虚构close公司"
		for _, want := range []juhe.Outcome{juhe.Match, juhe.Match, juhe.Lost, juhe.Match} {
			f := good
			if want == juhe.Lost {
				f = bad
			}
			reply := do(t, c, juhe.Query{API: api, Factors: f})
			if reply.Outcome != want {
				t.Errorf("got outcome %s %+v, want %s", reply.Outcome, reply.Fault, want)
			}
			if reply.Fault.Detail != "" { // "EOF" would say nothing to an operator
				t.Errorf("got detail %q, want none", reply.Fault.Detail)
			}
		}
		if s.Requests() != 4 {
			t.Errorf("%d requests for 4 lookups", s.Requests())
		}
	})
}

// TestRedirectElsewhere: redirects are not followed.
func TestRedirectElsewhere(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(other.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := httptest.NewServer(http.RedirectHandler(other.URL, status))
		for _, method := range []string{http.MethodPost, http.MethodGet} {
			reply := do(t, client(t, server.URL, method, slack), juhe.Query{API: juhe.APIQuery, Factors: factors})
			if reply.Outcome != juhe.Unclear || reply.Fault.Kind != juhe.FaultRedirect {
				t.Errorf("%d by %s: %s %+v", status, method, reply.Outcome, reply.Fault)
			}
		}
		server.Close()
	}
	if elsewhere.Load() != 0 {
		t.Errorf("the other host heard %d requests", elsewhere.Load())
	}
}

// TestConnecting: three attempts to connect, but only one after an invalid
// certificate.
func TestConnecting(t *testing.T) {
	t.Parallel()
	t.Run("handshake", func(t *testing.T) {
		t.Parallel()
		listener, accepted := hangUp(t, func() {})
		reply := do(t, client(t, "https://"+listener, http.MethodPost, slack), juhe.Query{API: juhe.APIQuery, Factors: factors})
		if reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultTLS || accepted.Load() != 3 {
			t.Errorf("%s %+v after %d tries", reply.Outcome, reply.Fault, accepted.Load())
		}
	})
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		listener.Close()
		reply := do(t, client(t, "http://"+listener.Addr().String(), http.MethodPost, slack), juhe.Query{API: juhe.APIQuery, Factors: factors})
		if reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultConnect || reply.Billable != juhe.BillableNo {
			t.Errorf("%s %+v", reply.Outcome, reply.Fault)
		}
	})
	t.Run("certificate", func(t *testing.T) {
		t.Parallel()
		var connections atomic.Int64
		server := httptest.NewUnstartedServer(http.NotFoundHandler())
		server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				connections.Add(1)
			}
		}
		server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
		server.StartTLS()
		t.Cleanup(server.Close)
		reply := do(t, client(t, server.URL, http.MethodPost, slack), juhe.Query{API: juhe.APIQuery, Factors: factors})
		if reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultTLS || connections.Load() != 1 {
			t.Errorf("%s %+v after %d connections", reply.Outcome, reply.Fault, connections.Load())
		}
	})
	t.Run("interrupted between tries", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(context.Background())
		listener, accepted := hangUp(t, cancel)
		reply, err := client(t, "https://"+listener, http.MethodPost, slack).Do(ctx, juhe.Query{API: juhe.APIQuery, Factors: factors})
		if err != nil || reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultCancelled || accepted.Load() != 1 {
			t.Errorf("%s %+v after %d tries, %v", reply.Outcome, reply.Fault, accepted.Load(), err)
		}
	})
	t.Run("mute proxy", func(t *testing.T) {
		t.Parallel()
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		c, err := juhe.New(juhe.Options{
			BaseURL: "https://juhe.example", Proxy: "http://" + listener.Addr().String(),
			ConnectTimeout: brief, Timeout: slack, Key: secret(mockserver.Key),
		})
		if err != nil {
			t.Fatal(err)
		}
		if reply := do(t, c, juhe.Query{API: juhe.APIQuery, Factors: factors}); reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultConnectTimeout {
			t.Errorf("%s %+v", reply.Outcome, reply.Fault)
		}
	})
	t.Run("no answer to the handshake", func(t *testing.T) {
		t.Parallel()
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		reply := do(t, client(t, "https://"+listener.Addr().String(), http.MethodPost, brief), juhe.Query{API: juhe.APIQuery, Factors: factors})
		if reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultConnectTimeout {
			t.Errorf("%s %+v", reply.Outcome, reply.Fault)
		}
	})
}

// hangUp accepts connections. It closes each one after its first byte, after
// calling word.
func hangUp(t *testing.T, word func()) (addr string, accepted *atomic.Int64) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	accepted = new(atomic.Int64)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			accepted.Add(1)
			conn.Read(make([]byte, 1))
			word()
			conn.Close()
		}
	}()
	return listener.Addr().String(), accepted
}

// untold is a context that has ended but whose Done channel is not closed yet, as on
// a busy machine.
type untold struct{ context.Context }

func (untold) Done() <-chan struct{} { return nil }

// TestInterrupt: an interrupted lookup is unsent before it is sent, and lost
// afterwards.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	everyWay(t, func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string) {
		f := mockserver.Companies()[0].Factors(api)
		f[juhe.Entname] = "虚构hang公司"
		early, cancel := context.WithCancel(context.Background())
		cancel()
		c := client(t, base, method, slack)
		reply, err := c.Do(early, juhe.Query{API: api, Factors: f})
		if err != nil || reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultCancelled || s.Requests() != 0 {
			t.Errorf("early: %s %+v, %v, %d requests", reply.Outcome, reply.Fault, err, s.Requests())
		}
		if reply, err = c.Do(untold{early}, juhe.Query{API: api, Factors: f}); err != nil || reply.Outcome != juhe.Unsent || s.Requests() != 0 {
			t.Errorf("early, before Done is closed: %s %+v, %v, %d requests", reply.Outcome, reply.Fault, err, s.Requests())
		}
		ctx, cancel := context.WithCancel(context.Background())
		arrived := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body) // otherwise the server does not notice the disconnect
			cancel()
			<-r.Context().Done()
		}))
		t.Cleanup(arrived.Close)
		reply, err = client(t, arrived.URL, method, slack).Do(ctx, juhe.Query{API: api, Factors: f})
		if err != nil || reply.Outcome != juhe.Lost || reply.Fault.Kind != juhe.FaultInterrupted {
			t.Errorf("late: %s %+v, %v", reply.Outcome, reply.Fault, err)
		}
	})
}

// TestProxy: only the configured proxy is used, and its password appears
// nowhere.
func TestProxy(t *testing.T) {
	t.Parallel()
	const password = "proxy-password"
	_, base := service(t)
	var through atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		through.Add(1)
		if r.Method == http.MethodConnect {
			http.Error(w, "no "+password, http.StatusForbidden)
			return
		}
		mockserver.New(mockserver.Key, mockserver.Openid).ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	named := strings.Replace(proxy.URL, "http://", "http://user:"+password+"@", 1)
	by := func(base string) (*juhe.Client, juhe.Reply) {
		c, err := juhe.New(juhe.Options{
			BaseURL: base, Timeout: slack, ConnectTimeout: slack, Proxy: named,
			Key: secret(mockserver.Key), Openid: secret(mockserver.Openid),
		})
		if err != nil {
			t.Fatal(err)
		}
		return c, do(t, c, juhe.Query{API: juhe.APIQuery, Factors: factors})
	}
	c, reply := by(base)
	host, _ := url.Parse(proxy.URL)
	if reply.Outcome != juhe.Match || through.Load() != 1 || c.Proxy() != host.Host {
		t.Errorf("%s %+v, %d by the proxy %q", reply.Outcome, reply.Fault, through.Load(), c.Proxy())
	}
	_, reply = by("https://juhe.example")
	if reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultProxy || strings.Contains(reply.Fault.Detail, password) {
		t.Errorf("%s %+v", reply.Outcome, reply.Fault)
	}
}

// TestDebugLog: the log contains no secret, person or company.
func TestDebugLog(t *testing.T) {
	t.Parallel()
	_, base := service(t)
	var log bytes.Buffer
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		for _, slug := range []string{"echo-in-text", "echo-in-html", "redirect-307", "reset", "cut", "bom", "evil-text"} {
			c, err := juhe.New(juhe.Options{
				BaseURL: base, Method: method, Timeout: slack, Key: secret(mockserver.Key), Openid: secret(mockserver.Openid),
				Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			})
			if err != nil {
				t.Fatal(err)
			}
			f := factors
			f[juhe.Entname] = "虚构" + slug + "公司"
			do(t, c, juhe.Query{API: juhe.APIQueryEncry, Factors: f})
		}
	}
	if !strings.Contains(log.String(), "lookup ended") {
		t.Fatalf("the log says nothing: %s", log.String())
	}
	q := juhe.Query{API: juhe.APIQueryEncry, Factors: factors}
	checkPrivate(t, juhe.Reply{Raw: log.String()}, q)
	if strings.Contains(log.String(), "虚构") || strings.ContainsRune(log.String(), 0x1b) {
		t.Errorf("the log has a company or a control: %s", log.String())
	}
}
