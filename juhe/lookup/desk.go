package lookup

import (
	"context"
	"time"

	"fourfactor/juhe"
)

// Caller is the client that a Desk sends by: *juhe.Client.
type Caller interface {
	Prepare(context.Context, juhe.API) error
	Do(context.Context, juhe.Query) (juhe.Reply, error)
	Service() string
}

// Desk is where look-ups are made. It is safe for concurrent use.
type Desk struct {
	caller Caller
	ledger Ledger
	guard  Guard
	now    func() time.Time
	place  Place
	// unsaved is shared by all that For and By give.
	unsaved *unsaved
}

// NewDesk makes a Desk that sends by caller, as guard allows, records in
// ledger, and reads the time from now.
func NewDesk(caller Caller, ledger Ledger, guard Guard, now func() time.Time) *Desk {
	return &Desk{caller: caller, ledger: ledger, guard: guard, now: now, unsaved: &unsaved{}}
}

// For is the same desk for a row of a run.
func (d *Desk) For(p Place) *Desk {
	there := *d
	there.place = p
	return &there
}

// By is the same desk with another way to the service and to the ledger.
func (d *Desk) By(caller Caller, ledger Ledger) *Desk {
	there := *d
	there.caller, there.ledger = caller, ledger
	return &there
}

// Do makes one look-up of these factors, as they were typed. An error means
// that nothing was sent and that there is nothing to record: an *InputError,
// a *LedgerError, or what Caller.Prepare says of a missing key. Everything
// else, a failure to connect included, is the Record's outcome. A Record that
// an earlier look-up answered, and one that the guard stopped, has that as its
// Earlier and was not sent. What was answered has the ID and the time of the
// earlier one.
//
// When ctx ends, a look-up that is under way becomes lost, or unsent if it
// certainly had not left.
func (d *Desk) Do(ctx context.Context, typed juhe.Query, consent Consent) (Record, error) {
	query, remarks := Check(typed, d.now())
	if err := valid(typed); err != nil {
		return Record{}, err
	}
	rec := Record{Service: d.caller.Service(), Query: query, Remarks: remarks, Place: d.place}
	rec.stamp(d.now())
	past, err := d.past(ctx, rec, consent)
	if err != nil && !consent.Unrecorded {
		return d.unrecorded(ctx, rec, err)
	}
	if !d.guard.may(&rec, d.unsaved.beside(past, rec), consent) {
		return rec, nil
	}
	if err := d.caller.Prepare(ctx, query.API); err != nil {
		return Record{}, err
	}
	// To get the key may have taken until tomorrow.
	started := d.now()
	rec.stamp(started)
	stopped := (*Record)(nil)
	_, err = d.ledger.Intend(ctx, rec, func(past Past) bool {
		stopped = nil // a ledger may have to ask again
		if r := rec; !d.guard.may(&r, d.unsaved.beside(past, rec), consent) {
			stopped = &r
		}
		return stopped == nil
	})
	switch {
	case stopped != nil:
		return *stopped, nil
	case err != nil && !consent.Unrecorded:
		return d.unrecorded(ctx, rec, err)
	}
	rec.Unsaved = err
	counted := err == nil
	reply, err := d.caller.Do(ctx, query)
	if err != nil {
		reply = juhe.Reply{
			Outcome: juhe.Unsent, Billable: juhe.BillableNo,
			Fault: juhe.Fault{Kind: juhe.FaultCancelled, Detail: juhe.Harmless(err.Error())},
		}
	}
	rec.Reply, rec.Elapsed = reply, max(d.now().Sub(started), 0).Truncate(time.Millisecond)
	if rec.Unsaved == nil {
		// The answer may have been paid for: it is recorded even if nobody
		// waits for it any more.
		rec.Unsaved = d.ledger.Settle(context.WithoutCancel(ctx), rec)
	}
	d.unsaved.keep(rec, counted)
	return rec, nil
}

// past is what the ledger knows, once it has been told that the clock is right if
// that was agreed to.
func (d *Desk) past(ctx context.Context, rec Record, consent Consent) (Past, error) {
	past, err := d.ledger.Past(ctx, rec)
	clock := past.Clock(rec.At)
	if err != nil || clock == "" || clock != consent.Clock && !consent.Again {
		return past, err
	}
	if err := d.ledger.AcceptClock(ctx, rec.At); err != nil {
		return past, err
	}
	return d.ledger.Past(ctx, rec)
}

// stamp gives a look-up its time and ID.
func (r *Record) stamp(at time.Time) {
	r.At = at.Truncate(time.Millisecond)
	r.ID = newID(r.At)
}

// unrecorded is how a look-up ends that the ledger did not take and that was
// not sent.
func (d *Desk) unrecorded(ctx context.Context, rec Record, err error) (Record, error) {
	if ctx.Err() != nil {
		rec.stop(juhe.Fault{Kind: juhe.FaultCancelled}, nil)
		return rec, nil
	}
	return Record{}, err
}
