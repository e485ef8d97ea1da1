package ledgertest

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// testPriorOtherSpelling expects lookups in a spelling that is normalized differently
// today to be known to the guard, except our own verdicts, which are of that spelling.
func testPriorOtherSpelling(t *testing.T, open Open) {
	e, ctx := open(t), t.Context()
	spelt := func(n int, outcome juhe.Outcome) lookup.Record {
		rec := NewRecord(n, outcome)
		rec.Query.Factors[juhe.Realname], rec.Query.Factors[juhe.Idcard] = "张 三丰", rec.Query.Factors[juhe.Idcard][:17]+"x"
		return rec
	}
	MustRecord(t, e, spelt(1, juhe.Lost))
	MustRecord(t, e, spelt(2, juhe.Mismatch))
	if _, err := e.RecordIntent(ctx, spelt(3, juhe.Lost), AllowAll); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Import(ctx, []lookup.Record{spelt(4, juhe.Match), spelt(5, juhe.Lost)}); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]int{1: 1, 2: 0, 3: 0, 4: 1, 5: 1} {
		prior, err := e.Prior(ctx, NewRecord(n, juhe.Match))
		if err != nil || len(prior.Concluded) != want || (prior.Pending != nil) != (n == 3) {
			t.Errorf("%d: got %+v, %v", n, prior, err)
		}
	}
}
