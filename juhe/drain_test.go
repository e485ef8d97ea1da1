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
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/mockserver"
)

// stoppedConn is a connection of a stopped process: it delivers data only after the read
// deadline, and that read fails.
type stoppedConn struct {
	net.Conn
	answered <-chan struct{} // closed when an answer may be in the buffer
	deadline chan time.Time  // the read deadline
	resumed  atomic.Bool
}

func (c *stoppedConn) SetReadDeadline(at time.Time) error {
	err := c.Conn.SetReadDeadline(at)
	if !at.IsZero() {
		select {
		case c.deadline <- at:
		default:
		}
	}
	return err
}

func (c *stoppedConn) Read(p []byte) (int, error) {
	select {
	case <-c.answered:
		if !c.resumed.Swap(true) {
			<-time.After(time.Until(<-c.deadline))
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
			arrived, answered := make(chan struct{}), make(chan struct{})
			service := mockserver.New(mockserver.Key, mockserver.Openid)
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				answer := httptest.NewRecorder()
				service.ServeHTTP(answer, r)
				close(arrived)
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
			o := juhetest.ClientOptions(server.URL)
			o.ConnectTimeout, o.Timeout = 0, time.Second
			c := juhetest.NewClient(t, o)
			if test.secure {
				c.Trust(server.Certificate())
			}
			c.WrapConns(func(conn net.Conn) net.Conn {
				return &stoppedConn{Conn: conn, answered: answered, deadline: make(chan time.Time, 1)}
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
				c.SetClock(time.Now, clockAfter(arrived))
			}
			reply, err := lookUp(ctx, c, juhetest.Query(juhe.APIQuery))
			if err != nil {
				t.Error(err)
			}
			checkOutcome(t, reply, juhe.Match, "")
			checkCount(t, "requests", service.Requests(), 1)
		})
	}
}

// clockAfter returns the after function of a clock on which the first second passes when
// the channel is closed.
func clockAfter(closed <-chan struct{}) func(time.Duration) <-chan time.Time {
	steps := new(atomic.Int32)
	return func(time.Duration) <-chan time.Time {
		now := make(chan time.Time)
		if steps.Add(1) <= 10 {
			go func() {
				<-closed
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
	reply := do(t, newClient(t, server.URL, http.MethodPost, 100*time.Millisecond), juhetest.Query(juhe.APIQuery))
	checkOutcome(t, reply, juhe.Lost, juhe.FaultTimeout)
	if took := time.Since(began); took > longTimeout {
		t.Errorf("took %v, want at most %v", took, longTimeout)
	}
}

// TestBlocked: a blocked request is not written.
func TestBlocked(t *testing.T) {
	t.Parallel()
	client, server := net.Pipe()
	defer client.Close()
	server.Close()
	if n, err := juhe.NewBlockedConn(client).Write([]byte("POST")); n != 0 || err == nil || errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("wrote %d bytes with error %v, want none because the lookup is blocked", n, err)
	}
}

// TestFirstEndReason: a lookup that ends twice reports why it ended first.
func TestFirstEndReason(t *testing.T) {
	t.Parallel()
	for _, sent := range []bool{false, true} {
		if got := juhe.EndReason(sent); got != juhe.FaultTimeout {
			t.Errorf("sent %t: got %q, want %q", sent, got, juhe.FaultTimeout)
		}
	}
}
