package batch_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
)

// hookLedger is a ledger that calls recorded once, after the intent of a row is recorded.
type hookLedger struct {
	batch.Ledger
	row      int
	once     *sync.Once
	recorded func()
}

func (l hookLedger) RecordIntent(ctx context.Context, rec lookup.Record, allow func(lookup.Prior) bool) (bool, error) {
	ok, err := l.Ledger.RecordIntent(ctx, rec, allow)
	if ok && rec.RowRef.Row == l.row {
		l.once.Do(l.recorded)
	}
	return ok, err
}

// TestStopAfterIntent: a row whose intent is recorded when the run stops is not sent, and
// its intent does not remain.
func TestStopAfterIntent(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 1 })
	var r *batch.Run
	d.Ledger = hookLedger{d.ledger, 4, new(sync.Once), func() { r.Stop() }}
	r, _ = d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(10)))
	sum := assertRun(t, r, "match 2 unsent 8 sent 2 operator")
	r.Close()
	if got := s.requests(); got != 2 {
		t.Errorf("got %d requests, want 2", got)
	}
	d.Ledger = d.ledger
	next, plan := d.resumePlanned(t, sum.Run.ID, false)
	if plan.Calls != 8 {
		t.Errorf("got %d calls planned, want 8", plan.Calls)
	}
	assertRun(t, next, "match 10 sent 10")
}

// TestPauseAfterIntent: a row whose intent is recorded when the run pauses is sent when it
// continues, once.
func TestPauseAfterIntent(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 1 })
	var r *batch.Run
	d.Ledger = hookLedger{d.ledger, 4, new(sync.Once), func() { r.Pause() }}
	r, _ = d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(10)))
	done := startRun(t, r)
	waitUntil(t, r, func(p batch.Progress) bool { return p.State == batch.Paused && p.InFlight == 0 })
	if got := s.requests(); got != 2 {
		t.Errorf("got %d requests while paused, want 2", got)
	}
	r.Continue()
	if got, want := formatCounts(<-done), "match 10 sent 10"; got != want || s.requests() != 10 {
		t.Errorf("got %s after %d requests, want %s", got, s.requests(), want)
	}
}

// TestBackOffAfterIntent: a row whose intent is recorded when the run backs off is sent
// after the delay.
func TestBackOffAfterIntent(t *testing.T) {
	t.Parallel()
	var r *batch.Run
	s := newService(func(n, time int) string {
		if r.Progress().Backoff > 0 {
			t.Errorf("row %d is sent during the delay", n)
		}
		if n == 0 && time == 1 {
			return "10011"
		}
		return "match"
	})
	d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 2 })
	d.Ledger = hookLedger{d.ledger, 3, new(sync.Once), func() {
		waitUntil(t, r, func(p batch.Progress) bool { return p.Backoff > 0 })
	}}
	b := d.runner()
	b.SetBackoff(200 * time.Millisecond)
	r = openOrResume(t, b, d.writeFile(t, "a.csv", makeTable(2)), 0)
	assertRun(t, r, "match 2 sent 2")
}

// TestStopFirst: a run that is stopped before Execute sends nothing, and does not wait for
// the key.
func TestStopFirst(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	stopped, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(3)))
	stopped.Stop()
	assertRun(t, stopped, "unsent 3 sent 0 operator")
	o := juhetest.ClientOptions(d.Client.Service())
	o.Key = func(ctx context.Context) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	}
	d.Client = juhetest.NewClient(t, o)
	r, _ := d.openPlanned(t, d.writeFile(t, "b.csv", makeTable(3)))
	r.Stop()
	_, err := r.Execute(t.Context())
	var missing *juhe.CredentialError
	if !errors.As(err, &missing) || !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want a CredentialError of a cancelled context", err)
	}
	if got := s.requests(); got != 0 {
		t.Errorf("got %d requests, want 0", got)
	}
}

// fullAfter is a ledger that records only so many outcomes.
type fullAfter struct {
	batch.Ledger
	left *atomic.Int64
}

func (l fullAfter) RecordOutcome(ctx context.Context, rec lookup.Record) error {
	if l.left.Add(-1) < 0 {
		return &lookup.LedgerError{Problem: lookup.LedgerFull}
	}
	return l.Ledger.RecordOutcome(ctx, rec)
}

// TestOutcomeUnrecorded: a run stops when an outcome cannot be recorded, and returns the
// lookups concerned.
func TestOutcomeUnrecorded(t *testing.T) {
	t.Parallel()
	const rows = 60
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 1 })
	left := new(atomic.Int64)
	left.Store(3)
	d.Ledger = fullAfter{d.ledger, left}
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(rows)))
	sum, err := r.Execute(t.Context())
	var full *lookup.LedgerError
	if !errors.As(err, &full) {
		t.Errorf("got error %v, want a LedgerError", err)
	}
	if got, want := len(sum.Unrecorded), s.requests()-3; got != want || got == 0 || s.requests() >= rows {
		t.Errorf("got %d unrecorded lookups after %d requests, want %d", got, s.requests(), want)
	}
}
