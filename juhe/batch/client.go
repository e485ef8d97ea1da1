package batch

import (
	"context"
	"errors"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// errHeldBack ends a look-up that was about to go out when the run stopped, or when
// the service had asked for patience.
var errHeldBack = errors.New("held back")

// limitedClient is the client of one row. It sends only if the run still allows it once the
// intent is recorded, and tells the run the reply before that is recorded.
type limitedClient struct {
	lookup.Client
	run          *Run
	slotReleased bool // the row has made room for another one
}

// Prepare does nothing: a run does so once, if it will send anything.
func (c *limitedClient) Prepare(context.Context, juhe.API) error { return nil }

func (c *limitedClient) Do(ctx context.Context, q juhe.Query) (juhe.Reply, error) {
	if !c.run.allowSend() {
		return juhe.Reply{}, errHeldBack
	}
	send, cancel := c.run.sendContext(ctx)
	defer cancel()
	reply, err := c.Client.Do(juhe.Awaiting(send, ctx), q)
	if err != nil {
		reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo}
	}
	c.slotReleased = c.run.onReply(reply)
	return reply, err
}

// sendContext returns a context that ends when nothing may leave any more.
func (r *Run) sendContext(ctx context.Context) (send context.Context, cancel context.CancelFunc) {
	send, cancel = context.WithCancel(ctx)
	go func() {
		select {
		case <-r.sendingEnded:
			cancel()
		case <-send.Done():
		}
	}()
	return send, cancel
}

// noPrecheck is a ledger that looks at the past of a look-up only where it decides:
// inside the transaction that records the intent.
type noPrecheck struct{ lookup.Ledger }

func (noPrecheck) Prior(context.Context, lookup.Record) (lookup.Prior, error) {
	return lookup.Prior{}, nil
}
