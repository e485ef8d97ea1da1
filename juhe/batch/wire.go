package batch

import (
	"context"
	"errors"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// errHeld ends a look-up that was about to go out when the run stopped, or when
// the service had asked for patience.
var errHeld = errors.New("held back")

// wire is the client of one row. It sends only if the run still allows it once the
// intent is recorded, and tells the run the reply before that is recorded.
type wire struct {
	lookup.Client
	run  *Run
	left bool // the row has made room for another one
}

// Prepare does nothing: a run does so once, if it will send anything.
func (w *wire) Prepare(context.Context, juhe.API) error { return nil }

func (w *wire) Do(ctx context.Context, q juhe.Query) (juhe.Reply, error) {
	if !w.run.goes() {
		return juhe.Reply{}, errHeld
	}
	open, shut := w.run.open(ctx)
	defer shut()
	reply, err := w.Client.Do(juhe.Awaiting(open, ctx), q)
	if err != nil {
		reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo}
	}
	w.left = w.run.came(reply)
	return reply, err
}

// open returns a context that ends when nothing may leave any more.
func (r *Run) open(ctx context.Context) (open context.Context, shut context.CancelFunc) {
	open, shut = context.WithCancel(ctx)
	go func() {
		select {
		case <-r.bar:
			shut()
		case <-open.Done():
		}
	}()
	return open, shut
}

// inside is a ledger that looks at the past of a look-up only where it decides:
// inside the transaction that records the intent.
type inside struct{ lookup.Ledger }

func (inside) Prior(context.Context, lookup.Record) (lookup.Prior, error) { return lookup.Prior{}, nil }
