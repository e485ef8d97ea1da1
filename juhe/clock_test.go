package juhe_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
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
			if !juhe.Elapse(t.Context(), func() time.Time { return at }, after, 15*time.Second) {
				t.Error("Elapse returned false")
			}
			checkCount(t, "steps", steps, test.steps)
		})
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if juhe.Elapse(ended, time.Now, time.After, time.Hour) {
		t.Error("Elapse returned true although the context has ended")
	}
}

// TestWithGiveUp: when the first context ends, unsent lookups end, and sent ones
// wait until the second one ends.
func TestWithGiveUp(t *testing.T) {
	t.Parallel()
	query := juhetest.Query(juhe.APIQuery)
	t.Run("connecting", func(t *testing.T) {
		t.Parallel()
		listener, err := net.Listen("tcp", "127.0.0.1:0") // never completes the handshake
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		ctx, cancel := context.WithCancel(t.Context())
		c := newClient(t, "https://"+listener.Addr().String(), http.MethodPost, longTimeout)
		c.WrapConns(func(conn net.Conn) net.Conn {
			cancel()
			return conn
		})
		reply, err := lookUp(juhe.WithGiveUp(ctx, t.Context()), c, query)
		if err != nil {
			t.Error(err)
		}
		checkOutcome(t, reply, juhe.Unsent, juhe.FaultCancelled)
	})
	t.Run("connected", func(t *testing.T) {
		t.Parallel()
		s, base := juhetest.NewMockServer(t)
		for range 20 { // the context ends before, while and after the request is sent
			ctx, cancel := context.WithCancel(t.Context())
			c := newClient(t, base, http.MethodPost, longTimeout)
			c.WrapConns(func(conn net.Conn) net.Conn {
				go cancel()
				return conn
			})
			before := s.Requests()
			reply, err := lookUp(juhe.WithGiveUp(ctx, t.Context()), c, query)
			sent := s.Requests() - before
			if err != nil {
				t.Error(err)
			}
			if want := map[int]juhe.Outcome{0: juhe.Unsent, 1: juhe.Match}[sent]; reply.Outcome != want {
				t.Errorf("%d requests: got outcome %s with fault %+v, want %s", sent, reply.Outcome, reply.Fault, want)
			}
		}
	})
	for name, givenUp := range map[string]bool{"answered": false, "given up": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			giveUpCtx, giveUp := context.WithCancel(t.Context())
			defer giveUp()
			service := mockserver.New(mockserver.Key, mockserver.Openid)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				answer := httptest.NewRecorder()
				service.ServeHTTP(answer, r) // which reads the request
				if cancel(); givenUp {
					giveUp()
					<-r.Context().Done()
				}
				<-time.After(400 * time.Millisecond)
				io.Copy(w, answer.Body)
			}))
			t.Cleanup(server.Close)
			reply, err := lookUp(juhe.WithGiveUp(ctx, giveUpCtx), newClient(t, server.URL, http.MethodPost, longTimeout), query)
			want, kind := juhe.Match, juhe.FaultKind("")
			if givenUp {
				want, kind = juhe.Lost, juhe.FaultInterrupted
			}
			if err != nil {
				t.Error(err)
			}
			checkOutcome(t, reply, want, kind)
		})
	}
}
