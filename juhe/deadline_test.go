package juhe_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
)

// TestElapse: only time in which the process runs counts. A step during which it
// was stopped counts as twice its length.
func TestElapse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		late  time.Duration // of every step beyond its length
		steps int
	}{
		"on time":         {0, 150},
		"a little late":   {50 * time.Millisecond, 100},
		"stopped":         {time.Hour, 75},
		"clock goes back": {-time.Hour, 150},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, steps := time.Now(), 0
			after := func(d time.Duration) <-chan time.Time {
				steps++
				at = at.Add(d + test.late)
				now := make(chan time.Time, 1)
				now <- at
				return now
			}
			if !juhe.Elapse(t.Context(), func() time.Time { return at }, after, 15*time.Second) || steps != test.steps {
				t.Errorf("over after %d steps, want %d", steps, test.steps)
			}
		})
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if juhe.Elapse(ended, time.Now, time.After, time.Hour) {
		t.Error("it elapses although the context has ended")
	}
}

// stopped is a connection of a stopped process: it delivers data only after the read
// deadline, and that read fails.
type stopped struct {
	net.Conn
	answered <-chan struct{} // closed when an answer may be in the buffer
	timed    chan time.Time  // the read deadline
	goesOn   atomic.Bool
}

func (c *stopped) SetReadDeadline(at time.Time) error {
	err := c.Conn.SetReadDeadline(at)
	if !at.IsZero() {
		select {
		case c.timed <- at:
		default:
		}
	}
	return err
}

func (c *stopped) Read(p []byte) (int, error) {
	select {
	case <-c.answered:
		if !c.goesOn.Swap(true) {
			<-time.After(time.Until(<-c.timed))
		}
	default:
	}
	return c.Conn.Read(p)
}

// TestAnswerInBuffer: an answer that has arrived when the deadline passes or the
// operator stops waiting is read and not lost.
func TestAnswerInBuffer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ secure, interrupted bool }{
		"deadline": {}, "deadline, TLS": {secure: true},
		"interrupted": {interrupted: true}, "interrupted, TLS": {true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked, answered := make(chan struct{}), make(chan struct{})
			service := mockserver.New(mockserver.Key, mockserver.Openid)
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				answer := httptest.NewRecorder()
				service.ServeHTTP(answer, r)
				close(asked)
				conn, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				defer conn.Close()
				close(answered) // the client reads nothing from now on
				text := "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + answer.Body.String()
				if _, err := io.WriteString(conn, text); err != nil {
					t.Error(err)
				}
			}))
			server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
			if test.secure {
				server.StartTLS()
			} else {
				server.Start()
			}
			t.Cleanup(server.Close)
			c, err := juhe.New(juhe.Options{BaseURL: server.URL, Timeout: time.Second, Key: secret(mockserver.Key)})
			if err != nil {
				t.Fatal(err)
			}
			if test.secure {
				c.Trust(server.Certificate())
			}
			c.Through(func(conn net.Conn) net.Conn {
				return &stopped{Conn: conn, answered: answered, timed: make(chan time.Time, 1)}
			})
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			if test.interrupted {
				c.SetClock(time.Now, func(time.Duration) <-chan time.Time { return nil })
				go func() {
					<-answered
					interrupt()
				}()
			} else {
				c.SetClock(time.Now, onceOf(asked))
			}
			reply, err := c.Do(ctx, juhe.Query{API: juhe.APIQuery, Factors: factors})
			if err != nil || reply.Outcome != juhe.Match || service.Requests() != 1 {
				t.Errorf("%s %+v, %v, %d requests", reply.Outcome, reply.Fault, err, service.Requests())
			}
		})
	}
}

// onceOf is a clock that passes a deadline of 1 s after the channel is closed.
func onceOf(happened <-chan struct{}) func(time.Duration) <-chan time.Time {
	steps := new(atomic.Int32)
	return func(time.Duration) <-chan time.Time {
		now := make(chan time.Time)
		if steps.Add(1) <= 10 {
			go func() {
				<-happened
				close(now)
			}()
		}
		return now
	}
}

// TestNeverEnding: an endless answer is lost soon after the deadline.
func TestNeverEnding(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		blanks := bytes.Repeat([]byte(" "), 16)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for range tick.C {
			if _, err := w.Write(blanks); err != nil || r.Context().Err() != nil {
				return
			}
			http.NewResponseController(w).Flush()
		}
	}))
	t.Cleanup(server.Close)
	began := time.Now()
	reply := do(t, client(t, server.URL, http.MethodPost, 100*time.Millisecond), juhe.Query{API: juhe.APIQuery, Factors: factors})
	if reply.Outcome != juhe.Lost || reply.Fault.Kind != juhe.FaultTimeout || time.Since(began) > slack {
		t.Errorf("%s %+v after %v", reply.Outcome, reply.Fault, time.Since(began))
	}
}

// drained is how long an abandoned answer is read.
const drained = 100 * time.Millisecond

// TestWithGiveUp: when the first context ends, unsent lookups end, and sent ones
// wait until the second one ends.
func TestWithGiveUp(t *testing.T) {
	t.Parallel()
	query := juhe.Query{API: juhe.APIQuery, Factors: factors}
	t.Run("connecting", func(t *testing.T) {
		t.Parallel()
		listener, err := net.Listen("tcp", "127.0.0.1:0") // never completes the handshake
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		ctx, leave := context.WithCancel(t.Context())
		c := client(t, "https://"+listener.Addr().String(), http.MethodPost, slack)
		c.Through(func(conn net.Conn) net.Conn {
			leave()
			return conn
		})
		reply, err := c.Do(juhe.WithGiveUp(ctx, t.Context()), query)
		if err != nil || reply.Outcome != juhe.Unsent || reply.Fault.Kind != juhe.FaultCancelled {
			t.Errorf("%s %+v, %v", reply.Outcome, reply.Fault, err)
		}
	})
	t.Run("connected", func(t *testing.T) {
		t.Parallel()
		s, base := service(t)
		for range 20 { // the end comes before, between and behind
			ctx, leave := context.WithCancel(t.Context())
			c := client(t, base, http.MethodPost, slack)
			c.Through(func(conn net.Conn) net.Conn {
				go leave()
				return conn
			})
			before := s.Requests()
			reply, err := c.Do(juhe.WithGiveUp(ctx, t.Context()), query)
			sent := s.Requests() - before
			if want := map[int]juhe.Outcome{0: juhe.Unsent, 1: juhe.Match}[sent]; err != nil || reply.Outcome != want {
				t.Errorf("%d requests: %s %+v, %v", sent, reply.Outcome, reply.Fault, err)
			}
		}
	})
	for name, given := range map[string]bool{"answered": false, "given up": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, leave := context.WithCancel(t.Context())
			giving, giveUp := context.WithCancel(t.Context())
			defer giveUp()
			service := mockserver.New(mockserver.Key, mockserver.Openid)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				answer := httptest.NewRecorder()
				service.ServeHTTP(answer, r) // which reads the request
				if leave(); given {
					giveUp()
					<-r.Context().Done()
				}
				<-time.After(4 * drained)
				io.Copy(w, answer.Body)
			}))
			t.Cleanup(server.Close)
			reply, err := client(t, server.URL, http.MethodPost, slack).Do(juhe.WithGiveUp(ctx, giving), query)
			want, kind := juhe.Match, juhe.FaultKind("")
			if given {
				want, kind = juhe.Lost, juhe.FaultInterrupted
			}
			if err != nil || reply.Outcome != want || reply.Fault.Kind != kind {
				t.Errorf("%s %+v, %v", reply.Outcome, reply.Fault, err)
			}
		})
	}
}

// TestBlocked: a blocked request is not written.
func TestBlocked(t *testing.T) {
	t.Parallel()
	ours, theirs := net.Pipe()
	defer ours.Close()
	theirs.Close()
	if n, err := juhe.Blocked(ours).Write([]byte("POST")); n != 0 || err == nil || errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("%d bytes, %v", n, err)
	}
}
