package batch

import (
	"context"
	"errors"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// errNotAllowed is the error of a call that the run no longer allows after the intent was
// recorded.
var errNotAllowed = errors.New("call not allowed")

// limitedClient is the client of one row. It calls the service only if the run still
// allows it after the intent was recorded, and passes the reply to the run before the
// outcome is recorded.
type limitedClient struct {
	lookup.Client
	run          *Run
	slotReleased bool
}

// CheckCredentials does nothing, because a run prepares the client once.
func (c *limitedClient) CheckCredentials(context.Context, juhe.API) error { return nil }

func (c *limitedClient) Do(ctx context.Context, q juhe.Query) (juhe.Reply, error) {
	if !c.run.allowCall() {
		return juhe.Reply{}, errNotAllowed
	}
	send, cancel := withStop(ctx, c.run.sendingEnded)
	defer cancel()
	reply, err := c.Client.Do(juhe.WithGiveUp(send, ctx), q)
	if err != nil {
		reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo}
	}
	c.slotReleased = c.run.onReply(reply)
	return reply, err
}

// withStop returns a context that is also cancelled when stop is closed.
func withStop(ctx context.Context, stop <-chan struct{}) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-stop:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// noPrecheck is a ledger with an empty Prior. RecordIntent checks the Prior in its
// transaction, so a check before it would only take time.
type noPrecheck struct{ lookup.Ledger }

func (noPrecheck) Prior(context.Context, lookup.Record) (lookup.Prior, error) {
	return lookup.Prior{}, nil
}
