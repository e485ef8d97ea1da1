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
	lookup.Caller
	slots chan struct{}
	held  func() bool
}

func (w *wire) Do(ctx context.Context, q juhe.Query) (juhe.Reply, error) {
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
	case <-ctx.Done():
		return juhe.Reply{}, errHeld
	}
	if w.held() {
		return juhe.Reply{}, errHeld
	}
	return w.Caller.Do(ctx, q)
}

// inside is a ledger that looks at the past of a look-up only where it decides:
// inside the transaction that records the intent.
type inside struct{ lookup.Ledger }

func (inside) Past(context.Context, lookup.Record) (lookup.Past, error) { return lookup.Past{}, nil }
