package ledger_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// sameOtherwise: the guard knows of lookups that were sent in a spelling that has
// another normal form today, but a verdict of ours on one is of that spelling.
func sameOtherwise(t *testing.T, open opener) {
	e, ctx := open(t), t.Context()
	spelt := func(n int, outcome juhe.Outcome) lookup.Record {
		rec := record(n, outcome)
		rec.Query.Realname, rec.Query.Idcard = "张 三丰", rec.Query.Idcard[:17]+"x"
		return rec
	}
	made(t, e, spelt(1, juhe.Lost))
	made(t, e, spelt(2, juhe.Mismatch))
	if _, err := e.RecordIntent(ctx, spelt(3, juhe.Lost), always); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Import(ctx, []lookup.Record{spelt(4, juhe.Match), spelt(5, juhe.Lost)}); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]int{1: 1, 2: 0, 3: 0, 4: 1, 5: 1} {
		past, err := e.Prior(ctx, record(n, juhe.Match))
		if err != nil || len(past.Concluded) != want || (past.Pending != nil) != (n == 3) {
			t.Errorf("%d: %+v, %v", n, past, err)
		}
	}
}
