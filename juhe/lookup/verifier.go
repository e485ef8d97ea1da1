package lookup

import (
	"context"
	"time"

	"fourfactor/juhe"
)

// Client is the client that a Desk sends by: *juhe.Client.
type Client interface {
	Prepare(context.Context, juhe.API) error
	Do(context.Context, juhe.Query) (juhe.Reply, error)
	Service() string
}

// Verifier is where look-ups are made. It is safe for concurrent use.
type Verifier struct {
	client Client
	ledger Ledger
	guard  Guard
	now    func() time.Time
	rowRef RowRef
	// unrecorded is shared by all that For and By give.
	unrecorded *unrecorded
}

// New makes a Desk that sends by caller, as guard allows, records in
// ledger, and reads the time from now.
func New(client Client, ledger Ledger, guard Guard, now func() time.Time) *Verifier {
	return &Verifier{client: client, ledger: ledger, guard: guard, now: now, unrecorded: &unrecorded{}}
}

// WithRow is the same desk for a row of a run.
func (v *Verifier) WithRow(row RowRef) *Verifier {
	w := *v
	w.rowRef = row
	return &w
}

// WithClient is the same desk with another way to the service and to the ledger.
func (v *Verifier) WithClient(client Client, ledger Ledger) *Verifier {
	w := *v
	w.client, w.ledger = client, ledger
	return &w
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
func (v *Verifier) Do(ctx context.Context, typed juhe.Query, consent Consent) (Record, error) {
	query, remarks := Check(typed, v.now())
	if err := valid(typed); err != nil {
		return Record{}, err
	}
	rec := Record{Service: v.client.Service(), Query: query, Warnings: remarks, RowRef: v.rowRef}
	rec.stamp(v.now())
	prior, err := v.prior(ctx, rec, consent)
	if err != nil && !consent.Unrecorded {
		return v.recordingFailed(ctx, rec, err)
	}
	if !v.guard.allow(&rec, v.unrecorded.merge(prior, rec), consent) {
		return rec, nil
	}
	if err := v.client.Prepare(ctx, query.API); err != nil {
		return Record{}, err
	}
	// To get the key may have taken until tomorrow.
	started := v.now()
	rec.stamp(started)
	refused := (*Record)(nil)
	_, err = v.ledger.RecordIntent(ctx, rec, func(prior Prior) bool {
		refused = nil // a ledger may have to ask again
		if r := rec; !v.guard.allow(&r, v.unrecorded.merge(prior, rec), consent) {
			refused = &r
		}
		return refused == nil
	})
	switch {
	case refused != nil:
		return *refused, nil
	case err != nil && !consent.Unrecorded:
		return v.recordingFailed(ctx, rec, err)
	}
	rec.RecordErr = err
	inDailyCount := err == nil
	reply, err := v.client.Do(ctx, query)
	if err != nil {
		reply = juhe.Reply{
			Outcome: juhe.Unsent, Billable: juhe.BillableNo,
			Fault: juhe.Fault{Kind: juhe.FaultCancelled, Detail: juhe.Harmless(err.Error())},
		}
	}
	rec.Reply, rec.Elapsed = reply, max(v.now().Sub(started), 0).Truncate(time.Millisecond)
	if rec.RecordErr == nil {
		// The answer may have been paid for: it is recorded even if nobody
		// waits for it any more.
		rec.RecordErr = v.ledger.RecordOutcome(context.WithoutCancel(ctx), rec)
	}
	v.unrecorded.add(rec, inDailyCount)
	return rec, nil
}

// prior is what the ledger knows, once it has been told that the clock is right if
// that was agreed to.
func (v *Verifier) prior(ctx context.Context, rec Record, consent Consent) (Prior, error) {
	prior, err := v.ledger.Prior(ctx, rec)
	clock := prior.CheckClock(rec.At)
	if err != nil || clock == "" || clock != consent.ClockBehind && !consent.Resend {
		return prior, err
	}
	if err := v.ledger.AcceptClock(ctx, rec.At); err != nil {
		return prior, err
	}
	return v.ledger.Prior(ctx, rec)
}

// stamp gives a look-up its time and ID.
func (r *Record) stamp(at time.Time) {
	r.At = at.Truncate(time.Millisecond)
	r.ID = newID(r.At)
}

// recordingFailed is how a look-up ends that the ledger did not take and that was
// not sent.
func (v *Verifier) recordingFailed(ctx context.Context, rec Record, err error) (Record, error) {
	if ctx.Err() != nil {
		rec.refuse(juhe.Fault{Kind: juhe.FaultCancelled}, nil)
		return rec, nil
	}
	return Record{}, err
}
