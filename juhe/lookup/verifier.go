package lookup

import (
	"context"
	"time"

	"fourfactor/juhe"
)

// Client sends queries to the service. It is implemented by *juhe.Client.
type Client interface {
	CheckCredentials(context.Context, juhe.API) error
	Do(context.Context, juhe.Query) (juhe.Reply, error)
	Service() string // the base URL of the service
}

// Verifier makes lookups: it checks a query, applies the guard, records the
// intent, calls the service and records the outcome. It is safe for concurrent
// use.
type Verifier struct {
	client Client
	ledger Ledger
	guard  Guard
	now    func() time.Time
	rowRef RowRef
	// unrecorded is shared with the copies that WithRow and WithClient return.
	unrecorded *unrecordedList
}

// New returns a Verifier that sends the lookups that guard allows through client and
// records them in ledger. now returns the current time.
func New(client Client, ledger Ledger, guard Guard, now func() time.Time) *Verifier {
	return &Verifier{client: client, ledger: ledger, guard: guard, now: now, unrecorded: &unrecordedList{}}
}

// WithRow returns a copy of v whose lookups belong to a row of a run.
func (v *Verifier) WithRow(row RowRef) *Verifier {
	c := *v
	c.rowRef = row
	return &c
}

// WithClient returns a copy of v that uses another client and ledger.
func (v *Verifier) WithClient(client Client, ledger Ledger) *Verifier {
	c := *v
	c.client, c.ledger = client, ledger
	return &c
}

// Do makes one lookup of the typed factors. An error means that no lookup was
// sent or recorded: it is an *InputError, a *LedgerError or an error of
// Client.CheckCredentials, such as a missing key. Everything else, including a failed
// connection, is the Record's outcome.
//
// If Record.Earlier is set, nothing was sent. Either the verdict of the earlier
// lookup was reused, and the Record has its ID and time, or the guard stopped the lookup
// because of the earlier one.
//
// If ctx ends once the credentials are checked, the outcome is juhe.Unsent if nothing can have been
// sent, and juhe.Lost otherwise.
func (v *Verifier) Do(ctx context.Context, typed juhe.Query, consent Consent) (Record, error) {
	query, warnings := Check(typed, v.now())
	if err := CheckInputs(typed.Factors); err != nil {
		return Record{}, err
	}
	rec := Record{Service: v.client.Service(), Query: query, Warnings: warnings, RowRef: v.rowRef}
	rec.setTimeAndID(v.now())
	prior, err := v.prior(ctx, rec, consent)
	if err != nil && !consent.Unrecorded {
		return v.ledgerFailed(ctx, rec, err)
	}
	if !v.guard.allow(&rec, v.unrecorded.merge(prior, rec), consent) {
		return rec, nil
	}
	if err := v.client.CheckCredentials(ctx, query.API); err != nil {
		return Record{}, err
	}
	// Reading the key may have taken long, and the day may have changed.
	started := v.now()
	rec.setTimeAndID(started)
	var stopped *Record // the result, if the guard stopped the lookup
	_, err = v.ledger.RecordIntent(ctx, rec, func(prior Prior) bool {
		stopped = nil // a ledger may call this more than once
		if r := rec; !v.guard.allow(&r, v.unrecorded.merge(prior, rec), consent) {
			stopped = &r
		}
		return stopped == nil
	})
	switch {
	case stopped != nil:
		return *stopped, nil
	case err != nil && !consent.Unrecorded:
		return v.ledgerFailed(ctx, rec, err)
	}
	rec.RecordErr = err
	intentRecorded := err == nil
	reply, err := v.client.Do(ctx, query)
	if err != nil {
		reply = juhe.Reply{
			Outcome: juhe.Unsent, Billable: juhe.BillableNo,
			Fault: juhe.Fault{Kind: juhe.FaultCancelled, Detail: juhe.Sanitize(err.Error())},
		}
	}
	rec.Reply, rec.Elapsed = reply, max(v.now().Sub(started), 0).Truncate(time.Millisecond)
	if rec.RecordErr == nil {
		// The lookup may have been billed, so it is recorded even if ctx has ended.
		rec.RecordErr = v.ledger.RecordOutcome(context.WithoutCancel(ctx), rec)
	}
	v.unrecorded.add(rec, intentRecorded)
	return rec, nil
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
