package juhe_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
)

// TestConnectionPerLookup: every lookup has a connection of its own, over TLS
// too, by both methods and when several run at once.
func TestConnectionPerLookup(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		for _, method := range []string{http.MethodPost, http.MethodGet} {
			t.Run(fmt.Sprintf("%s, TLS %t", method, secure), func(t *testing.T) {
				t.Parallel()
				const workers, each = 4, 10
				var connections atomic.Int32
				service := mockserver.New(mockserver.Key, mockserver.Openid)
				server := httptest.NewUnstartedServer(service)
				server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
					if s == http.StateNew {
						connections.Add(1)
					}
				}
				if secure {
					server.StartTLS()
				} else {
					server.Start()
				}
				t.Cleanup(server.Close)
				c := newClient(t, server.URL, method, longTimeout)
				if secure {
					c.Trust(server.Certificate())
				}
				var all sync.WaitGroup
				for range workers {
					all.Go(func() {
						for range each {
							if reply := do(t, c, juhetest.Query(juhe.APIQuery)); reply.Outcome != juhe.Match {
								t.Errorf("got %+v, want a match", reply)
							}
						}
					})
				}
				all.Wait()
				if got := connections.Load(); got != workers*each {
					t.Errorf("got %d connections, want %d", got, workers*each)
				}
				if got := service.Requests(); got != workers*each {
					t.Errorf("got %d requests, want %d", got, workers*each)
				}
			})
		}
	}
}

// TestTrailingBytes: what a service sends after an answer never reaches the
// next lookup, and closing the connection costs none.
func TestTrailingBytes(t *testing.T) {
	t.Parallel()
	match, mismatch := response(1, 7), response(2, -22)
	for name, answer := range map[string]string{
		"nothing":        match,
		"another answer": match + mismatch,
		"part of one":    match + mismatch[:40],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const lookups = 20
			url, requests := rawServer(t, answer)
			c := newClient(t, url, http.MethodPost, longTimeout)
			for n := range lookups {
				if reply := do(t, c, juhetest.Query(juhe.APIQuery)); reply.Outcome != juhe.Match {
					t.Fatalf("lookup %d: got %+v, want a match", n, reply)
				}
			}
			if got := requests.Load(); got != lookups {
				t.Errorf("got %d requests, want %d", got, lookups)
			}
		})
	}
}

// rawServer writes answer, as it is, after each request, and keeps its
// connections open. It counts the requests.
func rawServer(t *testing.T, answer string) (url string, requests *atomic.Int32) {
	t.Helper()
	listener := newListener(t)
	requests = new(atomic.Int32)
	serve := func(c net.Conn) {
		defer c.Close()
		for r := bufio.NewReader(c); ; {
			request, err := http.ReadRequest(r)
			if err != nil {
				return
			}
			io.Copy(io.Discard, request.Body)
			requests.Add(1)
			io.WriteString(c, answer)
		}
	}
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	return "http://" + listener.Addr().String(), requests
}

// response returns a whole HTTP response with the given result.
func response(state, code int) string {
	body := fmt.Sprintf(`{"reason":"成功","result":{"state":%d,"detail":{"code":%d,"desc":""}},"error_code":0}`, state, code)
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}
