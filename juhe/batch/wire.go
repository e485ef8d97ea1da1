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

// wire lets only so many look-ups out at a time. Their intents may be recorded
// before it is their turn, so that many become durable at once.
type wire struct {
	lookup.Client
	slots chan struct{}
	bar   <-chan struct{} // closed when nothing may leave any more
	// goes tells whether a look-up may go out, and came how it ended, before the
	// next one may.
	goes func() bool
	came func(juhe.Reply)
}

// Prepare does nothing: a run does so once, if it will send anything.
func (w *wire) Prepare(context.Context, juhe.API) error { return nil }

func (w *wire) Do(ctx context.Context, q juhe.Query) (juhe.Reply, error) {
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
	case <-ctx.Done():
		return juhe.Reply{}, errHeld
	}
	if !w.goes() {
		return juhe.Reply{}, errHeld
	}
	open, shut := w.open(ctx)
	defer shut()
	reply, err := w.Client.Do(juhe.Awaiting(open, ctx), q)
	if err != nil {
		reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo}
	}
	w.came(reply)
	return reply, err
}

// open returns a context that ends when nothing may leave any more.
func (w *wire) open(ctx context.Context) (open context.Context, shut context.CancelFunc) {
	open, shut = context.WithCancel(ctx)
	go func() {
		select {
		case <-w.bar:
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
