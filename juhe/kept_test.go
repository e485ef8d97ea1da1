package juhe_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
)

// keeping is a client that keeps its connections.
func keeping(t *testing.T, url string) *juhe.Client {
	t.Helper()
	key := func(context.Context) (string, error) { return mockserver.Key, nil }
	c, err := juhe.New(juhe.Options{BaseURL: url, Timeout: slack, Keep: true, Key: key, Openid: key})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestKept: look-ups that follow each other share connections, over TLS too, and
// each gets its own answer.
func TestKept(t *testing.T) {
	t.Parallel()
	for name, secure := range map[string]bool{"plain": false, "TLS": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var connections, requests atomic.Int32
			service := mockserver.New(mockserver.Key, mockserver.Openid)
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				service.ServeHTTP(w, r)
			}))
			server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
				if s == http.StateNew {
					connections.Add(1)
				}
			}
			if server.Start(); secure {
				server.Close()
				server = httptest.NewUnstartedServer(server.Config.Handler)
				server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
					if s == http.StateNew {
						connections.Add(1)
					}
				}
				server.StartTLS()
			}
			defer server.Close()
			c := keeping(t, server.URL)
			if secure {
				c.Trust(server.Certificate())
			}
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					for n := range 60 {
						company := mockserver.Companies()[n%len(mockserver.Companies())]
						q := juhe.Query{API: juhe.APIQuery, Factors: company.Factors(juhe.APIQuery)}
						want := juhe.Match
						if n%3 == 0 {
							q.Factors[juhe.Realname], want = "某某", juhe.Mismatch
						}
						if reply := do(t, c, q); reply.Outcome != want {
							t.Errorf("%+v, want %s", reply, want)
						}
					}
				})
			}
			all.Wait()
			if connections.Load() > 120 || requests.Load() != 240 {
				t.Errorf("%d connections for %d requests", connections.Load(), requests.Load())
			}
		})
	}
}

// raw serves connections by hand: each request is read, and answer writes what
// it likes. It counts the requests.
func raw(t *testing.T, answer func(c net.Conn, n int)) (url string, requests *atomic.Int32) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	requests = new(atomic.Int32)
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				for r := bufio.NewReader(c); ; {
					request, err := http.ReadRequest(r)
					if err != nil {
						return
					}
					io.Copy(io.Discard, request.Body)
					answer(c, int(requests.Add(1)))
				}
			}()
		}
	}()
	return "http://" + listener.Addr().String(), requests
}

// said is a whole HTTP answer: state 1 and code 7, or 2 and -22.
func said(state, code int) string {
	body := fmt.Sprintf(`{"reason":"成功","result":{"state":%d,"detail":{"code":%d,"desc":""}},"error_code":0}`, state, code)
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

// TestKeptRest: what comes with an answer, beyond it, is never taken for the next
// one's.
func TestKeptRest(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(net.Conn, int){
		"another one": func(c net.Conn, _ int) { io.WriteString(c, said(1, 7)+said(2, -22)) },
		"a part of one": func(c net.Conn, _ int) {
			io.WriteString(c, said(1, 7)+said(2, -22)[:40])
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, requests := raw(t, answer)
			c := keeping(t, url)
			for n := range 100 {
				reply := do(t, c, juhe.Query{API: juhe.APIQuery, Factors: factors})
				if reply.Outcome != juhe.Match {
					t.Fatalf("%d: %+v", n, reply)
				}
			}
			if requests.Load() > 100 {
				t.Errorf("%d requests for 100 look-ups", requests.Load())
			}
		})
	}
}

// TestKeptClosed: a service that closes what it could have kept costs one
// look-up at the most, and none is sent twice.
func TestKeptClosed(t *testing.T) {
	t.Parallel()
	url, requests := raw(t, func(c net.Conn, _ int) {
		io.WriteString(c, said(1, 7))
		c.Close()
	})
	c := keeping(t, url)
	lost := 0
	for range 100 {
		switch reply := do(t, c, juhe.Query{API: juhe.APIQuery, Factors: factors}); reply.Outcome {
		case juhe.Match:
		case juhe.Lost:
			lost++
		default:
			t.Fatalf("%+v", reply)
		}
	}
	if lost > 1 || requests.Load() > 100 {
		t.Errorf("%d lost, %d requests", lost, requests.Load())
	}
}

// TestKeptOdd: an answer that is not as it should be is the last over its
// connection.
func TestKeptOdd(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	over := map[net.Conn]int{}
	url, _ := raw(t, func(c net.Conn, _ int) {
		mu.Lock()
		over[c]++
		mu.Unlock()
		io.WriteString(c, said(3, 7))
	})
	c := keeping(t, url)
	for range 20 {
		if reply := do(t, c, juhe.Query{API: juhe.APIQuery, Factors: factors}); reply.Outcome != juhe.Unclear {
			t.Fatalf("%+v", reply)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for _, n := range over {
		if n > 1 {
			t.Errorf("%d look-ups over one connection", n)
		}
	}
}

// TestKeptGET: a GET would be sent again by itself.
func TestKeptGET(t *testing.T) {
	t.Parallel()
	if _, err := juhe.New(juhe.Options{BaseURL: "https://apis.juhe.cn", Method: http.MethodGet, Keep: true}); err == nil {
		t.Error("no error")
	}
}
