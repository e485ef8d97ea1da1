// Package lookup asks the service whether a company, its ID, a person and their ID number
// belong together. It avoids paying twice for the same question and records each lookup.
// A verdict is match or mismatch; no other outcome is a verdict. An intent is the record
// that a lookup is about to be sent. A run is one execution of a batch.
//
// A Verifier normalises and checks a query, applies the Guard, records the intent, calls
// the service and records the outcome. The form, the commands and batches all use it;
// nothing else calls the service. The package also declares the Ledger that it needs.
//
// A recent verdict in the ledger is reused for the same factors: the earlier lookup
// answers the new one, and nothing is sent.
//
// This is the way of one lookup from the key to the screen:
//
//	ui/form/keys.go    Screen.press: a key that sends, not right after a paste
//	ui/form/send.go    Screen.send, startLookup; pendingLookup.start returns the command
//	verifier.go        Verifier.Do, which calls what follows, up to Call.Finish
//	check.go input.go  Check and CheckInputs: the normal form, its warnings
//	guard.go           Guard.allow decides by the Ledger.Prior of the lookup
//	juhe/client.go     Client.Prepare: the key and the encoded, encrypted form
//	ledger.go          Ledger.RecordIntent (sqlite/intent.go): Guard.allow again, now in a transaction
//	juhe/transport.go  Client.send, exchange and attempt: once over the wire
//	juhe/decode.go     decode: the Reply, with one outcome; redact.go removes secrets
//	verifier.go        Call.Finish: Ledger.RecordOutcome, else the unrecordedList
//	ui/form/result.go  the command's DoneMsg: Screen.finishLookup, lastResult.keep
//	ui/navigate.go     ShowResultMsg: ui/result's Screen.Show and View
package lookup

import (
	"context"
	"time"

	"fourfactor/juhe"
)

// Client sends queries to the service. It is implemented by *juhe.Client.
type Client interface {
	Prepare(context.Context, juhe.Query) (send func(context.Context) juhe.Reply, err error)
	Service() string // the base URL of the service
}

// Verifier makes lookups: it checks a query, applies the guard, records the
// intent, calls the service and records the outcome. It is safe for concurrent
// use.
type Verifier struct {
	client     Client
	ledger     Ledger
	guard      Guard
	now        func() time.Time
	unrecorded unrecordedList
}

// New returns a Verifier that sends the lookups that guard allows through client and
// records them in ledger. now returns the current time.
func New(client Client, ledger Ledger, guard Guard, now func() time.Time) *Verifier {
	return &Verifier{client: client, ledger: ledger, guard: guard, now: now}
}

// Service returns the base URL of the service.
func (v *Verifier) Service() string { return v.client.Service() }

// CheckCredentials returns an error if a lookup cannot be sent, for example because the
// key is missing.
func (v *Verifier) CheckCredentials(ctx context.Context, api juhe.API) error {
	_, err := v.client.Prepare(ctx, juhe.Query{API: api})
	return err
}

// Guard returns the guard of v.
func (v *Verifier) Guard() Guard { return v.guard }

// Do makes one lookup of the typed factors. An error means that no lookup was
// sent or recorded: it is an *InputError, a *LedgerError or an error of
// Client.Prepare, such as a missing key. Everything else, including a failed
// connection, is the Record's outcome.
//
// If Record.Earlier is set, nothing was sent. Either the verdict of the earlier
// lookup was reused, and the Record has its ID and time, or the guard stopped the lookup
// because of the earlier one.
//
// If ctx ends once the request is prepared, the outcome is juhe.Unsent if nothing can have
// been sent, and juhe.Lost otherwise.
func (v *Verifier) Do(ctx context.Context, typed juhe.Query, consent Consent) (Record, error) {
	rec, err := v.check(typed)
	if err != nil {
		return Record{}, err
	}
	// RecordIntent decides. This spares the operator a command for the key if nothing will be sent.
	rec.setTimeAndID(v.now())
	prior, err := v.prior(ctx, rec, consent)
	if err != nil && !consent.Unrecorded {
		return v.ledgerFailed(ctx, rec, err)
	}
	if !v.guard.allow(&rec, v.unrecorded.merge(prior, rec), consent) {
		return rec, nil
	}
	send, err := v.client.Prepare(ctx, rec.Query)
	if err != nil {
		return Record{}, err
	}
	call, stopped, err := v.recordIntent(ctx, rec, consent)
	if call == nil {
		return stopped, err
	}
	call.setReply(send(ctx))
	return call.Finish(ctx), nil
}

// Begin starts a lookup of the typed factors for a row of a run: it checks them and
// records the intent. If the guard stops the lookup, call is nil and stopped is the
// result. Unlike Do, Begin neither reads the ledger nor needs a key before that: most rows
// are due, and a run checks the key once.
func (v *Verifier) Begin(ctx context.Context, row RowRef, typed juhe.Query, consent Consent) (call *Call, stopped Record, err error) {
	rec, err := v.check(typed)
	if err != nil {
		return nil, Record{}, err
	}
	rec.RowRef = row
	return v.recordIntent(ctx, rec, consent)
}

// check returns a Record of the typed factors in normal form. The error is an *InputError.
func (v *Verifier) check(typed juhe.Query) (Record, error) {
	query, warnings := Check(typed, v.now())
	if err := CheckInputs(typed.Factors); err != nil {
		return Record{}, err
	}
	return Record{Service: v.client.Service(), Query: query, Warnings: warnings}, nil
}

// prior returns the Prior of rec. If the clock is behind and consent allows that, prior
// makes the ledger accept the clock and reads the Prior again.
func (v *Verifier) prior(ctx context.Context, rec Record, consent Consent) (Prior, error) {
	prior, err := v.ledger.Prior(ctx, rec)
	behind := prior.ClockBehind(rec.At)
	if err != nil || behind == "" || behind != consent.ClockBehind && !consent.Unconditional {
		return prior, err
	}
	if err := v.ledger.AcceptClock(ctx, rec.At); err != nil {
		return prior, err
	}
	return v.ledger.Prior(ctx, rec)
}

// recordIntent records the intent of rec if the guard allows it, and returns the Call that
// sends it. Otherwise call is nil and stopped is the result.
func (v *Verifier) recordIntent(ctx context.Context, rec Record, consent Consent) (call *Call, stopped Record, err error) {
	started := v.now()
	rec.setTimeAndID(started)
	allowed := true // unless the guard stops it
	_, err = v.ledger.RecordIntent(ctx, rec, func(prior Prior) bool {
		stopped = rec // a ledger may call this more than once
		allowed = v.guard.allow(&stopped, v.unrecorded.merge(prior, rec), consent)
		return allowed
	})
	switch {
	case !allowed:
		return nil, stopped, nil
	case err != nil && !consent.Unrecorded:
		stopped, err = v.ledgerFailed(ctx, rec, err)
		return nil, stopped, err
	}
	rec.setUnsent(juhe.Fault{Kind: juhe.FaultCancelled}, nil) // until it is sent
	rec.RecordErr = err
	return &Call{verifier: v, rec: rec, started: started}, Record{}, nil
}

// setTimeAndID sets the time and ID of a lookup.
func (r *Record) setTimeAndID(at time.Time) {
	r.At = at.Truncate(time.Millisecond)
	r.ID = newID(r.At)
}

// ledgerFailed returns the result of a lookup that was not sent because the ledger
// returned err: a cancelled Record if ctx has ended, and err otherwise.
func (v *Verifier) ledgerFailed(ctx context.Context, rec Record, err error) (Record, error) {
	if ctx.Err() != nil {
		rec.setUnsent(juhe.Fault{Kind: juhe.FaultCancelled}, nil)
		rec.cancelledBeforeIntent = true
		return rec, nil
	}
	return Record{}, err
}

// Call is a lookup whose intent is recorded. Finish must be called once, after Send if the
// lookup is to be sent.
type Call struct {
	verifier *Verifier
	rec      Record
	started  time.Time
}

// Send sends the lookup, once. An error means that it cannot be sent, as from
// Client.Prepare; the reply is then that of a cancelled lookup.
func (c *Call) Send(ctx context.Context) (juhe.Reply, error) {
	send, err := c.verifier.client.Prepare(ctx, c.rec.Query)
	if err != nil {
		return c.rec.Reply, err
	}
	c.setReply(send(ctx))
	return c.rec.Reply, nil
}

func (c *Call) setReply(reply juhe.Reply) {
	c.rec.Reply, c.rec.Elapsed = reply, max(c.verifier.now().Sub(c.started), 0).Truncate(time.Millisecond)
}

// Finish records the outcome and returns the lookup. Without Send, that is an unsent one.
func (c *Call) Finish(ctx context.Context) Record {
	intentRecorded := c.rec.RecordErr == nil
	if intentRecorded {
		// The lookup may have been billed, so it is recorded even if ctx has ended.
		c.rec.RecordErr = c.verifier.ledger.RecordOutcome(context.WithoutCancel(ctx), c.rec)
	}
	c.verifier.unrecorded.add(c.rec, intentRecorded)
	return c.rec
}
