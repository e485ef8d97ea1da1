package batch_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// fullDisk is a ledger that cannot record while full is set.
type fullDisk struct {
	lookup.Ledger
	full *atomic.Bool
}

func (f fullDisk) RecordIntent(ctx context.Context, rec lookup.Record, may func(lookup.Prior) bool) (bool, error) {
	if f.full.Load() {
		return false, &lookup.LedgerError{Problem: lookup.LedgerFull, Err: errors.New("full")}
	}
	return f.Ledger.RecordIntent(ctx, rec, may)
}

// TestUnrecordedElsewhere: a lookup from the form that could not be recorded is not sent
// again by a run of the same console.
func TestUnrecordedElsewhere(t *testing.T) {
	t.Parallel()
	var requests atomic.Int64
	d := newFixture(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		writeAnswer(w, "match")
	}))
	var isFull atomic.Bool
	isFull.Store(true)
	d.Verifier = lookup.New(d.Client, fullDisk{d.ledger, &isFull}, d.Guard, d.Now)
	if rec, err := d.Verifier.Do(t.Context(), juhe.Query{API: juhe.APIQuery, Factors: makeFactors(0)}, lookup.Consent{Unrecorded: true}); err != nil || rec.RecordErr == nil {
		t.Fatalf("%+v, %v", rec, err)
	}
	isFull.Store(false)
	r, _ := d.openPlanned(t, d.writeFile(t, "in.csv", makeTable(2)))
	sum, err := r.Execute(t.Context())
	if err != nil || requests.Load() != 2 || sum.ByOutcome[juhe.Match] != 2 {
		t.Errorf("%d requests, %v, %v", requests.Load(), sum.ByOutcome, err)
	}
}
