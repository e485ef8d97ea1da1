package batch_test

import (
	"context"
	"sync/atomic"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
)

// openIntents counts the intents whose call has not returned.
type openIntents struct{ now, most atomic.Int64 }

type intentLedger struct {
	batch.Ledger
	open *openIntents
}

func (l intentLedger) RecordIntent(ctx context.Context, rec lookup.Record, may func(lookup.Prior) bool) (bool, error) {
	ok, err := l.Ledger.RecordIntent(ctx, rec, may)
	if n := l.open.now.Add(1); n > l.open.most.Load() {
		l.open.most.Store(n)
	}
	return ok, err
}

type intentClient struct {
	lookup.Client
	open *openIntents
}

func (c intentClient) Prepare(ctx context.Context, q juhe.Query) (func(context.Context) juhe.Reply, error) {
	send, err := c.Client.Prepare(ctx, q)
	return func(ctx context.Context) juhe.Reply {
		defer c.open.now.Add(-1)
		return send(ctx)
	}, err
}

// TestIntents: an intent is recorded right before its own call, so that a killed run
// has no more open intents than concurrent calls.
func TestIntents(t *testing.T) {
	t.Parallel()
	var open openIntents
	d := newFixture(t, newService(alwaysAnswer("match")))
	d.Ledger, d.Client = intentLedger{d.Ledger, &open}, intentClient{d.Client, &open}
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(300)))
	assertRun(t, r, "match 300 sent 300")
	if got, want := open.most.Load(), int64(d.Concurrency); got > want {
		t.Errorf("got %d intents open at a time, want %d at most", got, want)
	}
}
