package ledgertest

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// testRestore expects lost and pending lookups to be completed, and nothing else to
// change.
func testRestore(t *testing.T, open Open) {
	e, ctx := open(t), t.Context()
	answer := func(n int, change func(*lookup.Record)) lookup.Record {
		rec := NewRecord(n, juhe.Match)
		rec.Imported = true
		change(&rec)
		return rec
	}
	same := func(*lookup.Record) {}
	lost, mismatch, underWay, importedLost := NewRecord(1, juhe.Lost), NewRecord(2, juhe.Mismatch), NewRecord(3, juhe.Match), NewRecord(4, juhe.Lost)
	lost.Reply.Fault.Kind = juhe.FaultTimeout
	MustRecord(t, e, lost)
	MustRecord(t, e, mismatch)
	if _, err := e.RecordIntent(ctx, underWay, AllowAll); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Import(ctx, []lookup.Record{importedLost}); err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]lookup.Record{
		"another service": answer(1, func(r *lookup.Record) { r.Service = "http://127.0.0.1:1" }),
		"another person":  answer(1, func(r *lookup.Record) { r.Query.Factors[juhe.Realname] = "李四" }),
		"another api":     answer(1, func(r *lookup.Record) { r.Query.API = juhe.APIQueryV2 }),
		"no answer":       answer(1, func(r *lookup.Record) { r.Reply.Outcome = juhe.Unsent }),
		"a verdict":       answer(2, same),
		"an imported one": answer(4, same),
		"none":            answer(5, same),
	} {
		if n, err := e.Restore(ctx, []lookup.Record{wrong}); n != 0 || err != nil {
			t.Errorf("%s: %d restored, %v", name, n, err)
		}
	}
	free := answer(1, func(r *lookup.Record) { r.Reply.Billable = juhe.BillableNo })
	if n, err := e.Restore(ctx, []lookup.Record{free, answer(3, same), answer(1, same)}); n != 2 || err != nil {
		t.Fatalf("got %d restored, %v", n, err)
	}
	for n, want := range map[int]juhe.Outcome{1: juhe.Match, 2: juhe.Mismatch, 3: juhe.Match, 4: juhe.Lost} {
		got, ok, err := e.Get(ctx, NewRecord(n, juhe.Match).ID)
		if err != nil || !ok {
			t.Fatalf("%d: got %t, %v", n, ok, err)
		}
		Check(t, got.ID+": outcome", got.Reply.Outcome, want)
		Check(t, got.ID+": imported", got.Imported, n == 4)
	}
	// A restored verdict answers the guard as one that was paid for.
	Check(t, "billable", MustOneConcluded(t, MustPrior(t, e, lost)).Reply.Billable, juhe.BillableYes)
	// A later outcome of the process that made the lookup changes nothing.
	if err := e.RecordOutcome(ctx, NewRecord(3, juhe.Mismatch)); err != nil {
		t.Fatal(err)
	}
	if got := MustSearch(t, e, lookup.Search{Outcome: juhe.Match}); len(got) != 2 {
		t.Errorf("got %v, want 2", len(got))
	}
	health := MustVerify(t, e)
	Check(t, "lookups", health.Lookups, 4)
	Check(t, "pending", health.Pending, 0)
}

// testRestoreRow expects the row of a run to be completed along with its lookup.
func testRestoreRow(t *testing.T, open Open) {
	e, ctx := open(t), t.Context()
	id, err := e.CreateRun(ctx, NewRun(1), "")
	if err != nil {
		t.Fatal(err)
	}
	lost := NewRecord(1, juhe.Lost)
	lost.RowRef = lookup.RowRef{Run: id, Row: 2}
	MustRecord(t, e, lost)
	if n, err := e.Restore(ctx, []lookup.Record{NewRecord(1, juhe.Match)}); n != 1 || err != nil {
		t.Fatalf("got %d restored, %v", n, err)
	}
	rows, err := e.RunRows(ctx, id, 0, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("got %+v, %v, want one row", rows, err)
	}
	Check(t, "outcome of the row", rows[0].Outcome, juhe.Match)
	Check(t, "calls of the row", rows[0].Calls, 1)
	// The cost of a refusal depends on its code, whatever the import says.
	refused, code := NewRecord(2, juhe.Refused), 253504
	refused.Reply.ErrorCode, refused.Reply.Billable = &code, juhe.BillableNo
	MustRecord(t, e, NewRecord(2, juhe.Lost))
	if n, err := e.Restore(ctx, []lookup.Record{refused}); n != 1 || err != nil {
		t.Fatalf("got %d restored, %v", n, err)
	}
	Check(t, "billable", MustOneConcluded(t, MustPrior(t, e, refused)).Reply.Billable, juhe.BillableUnknown)
}
