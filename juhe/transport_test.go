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
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
)

// TestWire: the request is as the API document describes.
func TestWire(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		for _, api := range juhe.APIs() {
			for _, regstatus := range []bool{true, false} {
				var got *http.Request
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					r.ParseForm()
					got = r
					io.WriteString(w, "{}")
				}))
				do(t, newClient(t, server.URL, method, longTimeout), juhe.Query{API: api, Factors: juhetest.Query(juhe.APIQuery).Factors, Regstatus: regstatus})
				server.Close()
				checkWire(t, got, method, api, regstatus)
			}
		}
	}
}

// checkWire checks a request with the factors of the first company.
func checkWire(t *testing.T, r *http.Request, method string, api juhe.API, regstatus bool) {
	t.Helper()
	if !r.Close {
		t.Error("got a reusable connection, want Connection: close")
	}
	got, want := r.Method+" "+r.URL.Path+" "+r.Proto, method+" /enterprise_four_factors/"+string(api)+" HTTP/1.1"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "fourfactor/test",
		"Referer": "", "Accept-Encoding": "", "Cookie": "", "Idempotency-Key": "", "Authorization": "",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("got %s %q, want %q", name, got, want)
		}
	}
	params, others := r.PostForm, r.URL.Query()
	if method == http.MethodGet {
		params, others = others, params
	}
	if len(others) > 0 {
		t.Errorf("%s %s: got parameters %v in the wrong place", method, api, others)
	}
	values := url.Values{"key": {mockserver.Key}}
	for f, value := range juhetest.Query(juhe.APIQuery).Factors {
		name := juhe.Factor(f).String()
		values.Set(name, value)
		if api == juhe.APIQueryEncry {
			values.Set(name, params.Get(name))
			if params.Get(name) == value {
				t.Errorf("%s: %s is not encrypted", api, name)
			}
		}
	}
	switch {
	case regstatus:
		values.Set("regstatus", "1")
	case api == juhe.APIQueryV2:
		values.Set("regstatus", "0")
	}
	if got, want := params.Encode(), values.Encode(); got != want {
		t.Errorf("%s %s: got parameters %s, want %s", method, api, got, want)
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
			c := newClient(t, server.URL, method, longTimeout)
			c.Trust(server.Certificate())
			reply := do(t, c, juhetest.Query(juhe.APIQuery))
			checkOutcome(t, reply, juhe.Lost, juhe.FaultTruncated)
			checkCount(t, "requests", requests.Load(), 1)
			checkCount(t, "requests by HTTP/2", http2.Load(), 0)
		})
	}
}

// TestNoResend: nothing is sent twice if a connection closes. net/http repeats a GET on
// a reused connection.
func TestNoResend(t *testing.T) {
	t.Parallel()
	forEachEndpoint(t, func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string) {
		c := newClient(t, base, method, longTimeout)
		match, closing := juhetest.Query(api), juhetest.QueryNamed(api, juhetest.CaseName(t, "close"))
		for range 2 {
			checkOutcome(t, do(t, c, match), juhe.Match, "")
		}
		lost := do(t, c, closing)
		checkOutcome(t, lost, juhe.Lost, juhe.FaultTruncated)
		if lost.Fault.Detail != "" { // "EOF" would say nothing to an operator
			t.Errorf("got detail %q, want none", lost.Fault.Detail)
		}
		checkOutcome(t, do(t, c, match), juhe.Match, "")
		checkCount(t, "requests", s.Requests(), 4)
	})
}

// TestRedirect: redirects to another host are not followed.
func TestRedirect(t *testing.T) {
	t.Parallel()
	other, requests := newCountingServer(t, false)
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := httptest.NewServer(http.RedirectHandler(other.URL, status))
		for _, method := range []string{http.MethodPost, http.MethodGet} {
			reply := do(t, newClient(t, server.URL, method, longTimeout), juhetest.Query(juhe.APIQuery))
			checkOutcome(t, reply, juhe.Unclear, juhe.FaultRedirect)
		}
		server.Close()
	}
	checkCount(t, "requests to the other host", requests.Load(), 0)
}

// TestConnecting: a lookup that cannot connect is unsent, after three attempts or, if the
// certificate is invalid, after one.
func TestConnecting(t *testing.T) {
	t.Parallel()
	t.Run("handshake", func(t *testing.T) {
		t.Parallel()
		listener, accepted := newClosingListener(t, func() {})
		reply := do(t, newClient(t, "https://"+listener, http.MethodPost, longTimeout), juhetest.Query(juhe.APIQuery))
		checkOutcome(t, reply, juhe.Unsent, juhe.FaultTLS)
		checkCount(t, "attempts", accepted.Load(), 3)
	})
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		listener := newListener(t)
		listener.Close()
		reply := do(t, newClient(t, "http://"+listener.Addr().String(), http.MethodPost, longTimeout), juhetest.Query(juhe.APIQuery))
		checkOutcome(t, reply, juhe.Unsent, juhe.FaultConnect)
		if reply.Billable != juhe.BillableNo {
			t.Errorf("got billable %s, want no", reply.Billable)
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
		reply := do(t, newClient(t, server.URL, http.MethodPost, longTimeout), juhetest.Query(juhe.APIQuery))
		checkOutcome(t, reply, juhe.Unsent, juhe.FaultTLS)
		checkCount(t, "connections", connections.Load(), 1)
	})
	t.Run("interrupted between attempts", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(context.Background())
		listener, accepted := newClosingListener(t, cancel)
		reply, err := lookUp(ctx, newClient(t, "https://"+listener, http.MethodPost, longTimeout), juhetest.Query(juhe.APIQuery))
		if err != nil {
			t.Error(err)
		}
		checkOutcome(t, reply, juhe.Unsent, juhe.FaultCancelled)
		checkCount(t, "attempts", accepted.Load(), 1)
	})
	t.Run("silent proxy", func(t *testing.T) {
		t.Parallel()
		listener := newListener(t)
		o := clientOptions("https://juhe.example", longTimeout)
		o.Proxy, o.ConnectTimeout = "http://"+listener.Addr().String(), shortTimeout
		reply := do(t, juhetest.NewClient(t, o), juhetest.Query(juhe.APIQuery))
		checkOutcome(t, reply, juhe.Unsent, juhe.FaultConnectTimeout)
	})
	t.Run("no answer to the handshake", func(t *testing.T) {
		t.Parallel()
		listener := newListener(t)
		reply := do(t, newClient(t, "https://"+listener.Addr().String(), http.MethodPost, shortTimeout), juhetest.Query(juhe.APIQuery))
		checkOutcome(t, reply, juhe.Unsent, juhe.FaultConnectTimeout)
	})
}

// newListener listens on a free port and accepts no connection.
func newListener(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener
}

// newClosingListener accepts connections. After the first byte of each it calls
// beforeClose and closes the connection.
func newClosingListener(t *testing.T, beforeClose func()) (addr string, accepted *atomic.Int64) {
	t.Helper()
	listener := newListener(t)
	accepted = new(atomic.Int64)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			accepted.Add(1)
			conn.Read(make([]byte, 1))
			beforeClose()
			conn.Close()
		}
	}()
	return listener.Addr().String(), accepted
}

// endedContext is a context that has ended but whose Done channel is not closed yet, as on
// a busy machine.
type endedContext struct{ context.Context }

func (endedContext) Done() <-chan struct{} { return nil }

// TestInterrupt: an interrupted lookup is unsent before it is sent, and lost
// afterwards.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	forEachEndpoint(t, func(t *testing.T, s *mockserver.Server, base string, api juhe.API, method string) {
		query := juhetest.QueryNamed(api, juhetest.CaseName(t, "hang"))
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		c := newClient(t, base, method, longTimeout)
		for _, early := range []context.Context{ended, endedContext{ended}} {
			reply, err := lookUp(early, c, query)
			if err != nil {
				t.Error(err)
			}
			checkOutcome(t, reply, juhe.Unsent, juhe.FaultCancelled)
			checkCount(t, "requests", s.Requests(), 0)
		}
		ctx, cancel := context.WithCancel(context.Background())
		arrived := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body) // otherwise the server does not notice the disconnect
			cancel()
			<-r.Context().Done()
		}))
		t.Cleanup(arrived.Close)
		reply, err := lookUp(ctx, newClient(t, arrived.URL, method, longTimeout), query)
		if err != nil {
			t.Error(err)
		}
		checkOutcome(t, reply, juhe.Lost, juhe.FaultInterrupted)
	})
}

// TestDebugLog: the log contains no secret, person or company.
func TestDebugLog(t *testing.T) {
	t.Parallel()
	_, base := juhetest.NewMockServer(t)
	var log bytes.Buffer
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		for _, slug := range []string{"echo-in-text", "echo-in-html", "redirect-307", "reset", "cut", "bom", "evil-text"} {
			o := clientOptions(base, longTimeout)
			o.Method, o.Log = method, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			do(t, juhetest.NewClient(t, o), juhetest.QueryNamed(juhe.APIQueryEncry, juhetest.CaseName(t, slug)))
		}
	}
	if !strings.Contains(log.String(), "lookup ended") {
		t.Fatalf("got log %s, want the ends of lookups", log.String())
	}
	checkPrivate(t, juhe.Reply{Raw: log.String()}, juhetest.Query(juhe.APIQueryEncry))
	if strings.Contains(log.String(), "虚构") {
		t.Errorf("the log has a company: %s", log.String())
	}
	if strings.ContainsRune(log.String(), 0x1b) {
		t.Errorf("the log has a control: %s", log.String())
	}
}
