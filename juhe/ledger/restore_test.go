package ledger_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// restores: an export gives our own lost lookups, and those in progress, their
// answers, and changes nothing else.
func restores(t *testing.T, open opener) {
	e, ctx := open(t), t.Context()
	answer := func(n int, change func(*lookup.Record)) lookup.Record {
		rec := record(n, juhe.Match)
		rec.Imported = true
		change(&rec)
		return rec
	}
	same := func(*lookup.Record) {}
	lost, mismatch, underWay, importedLost := record(1, juhe.Lost), record(2, juhe.Mismatch), record(3, juhe.Match), record(4, juhe.Lost)
	lost.Reply.Fault.Kind = juhe.FaultTimeout
	made(t, e, lost)
	made(t, e, mismatch)
	if _, err := e.RecordIntent(ctx, underWay, always); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Import(ctx, []lookup.Record{importedLost}); err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]lookup.Record{
		"another service": answer(1, func(r *lookup.Record) { r.Service = "http://127.0.0.1:1" }),
		"another person":  answer(1, func(r *lookup.Record) { r.Query.Realname = "李四" }),
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
		t.Fatalf("%d restored, %v", n, err)
	}
	for n, want := range map[int]juhe.Outcome{1: juhe.Match, 2: juhe.Mismatch, 3: juhe.Match, 4: juhe.Lost} {
		got, ok, err := e.Get(ctx, record(n, juhe.Match).ID)
		if err != nil || !ok || got.Reply.Outcome != want || got.Imported != (n == 4) {
			t.Errorf("%d: %+v, %v", n, got, err)
		}
	}
	// What is restored guards, as a verdict that was paid for.
	if past, err := e.Prior(ctx, lost); err != nil || len(past.Concluded) != 1 || past.Concluded[0].Reply.Billable != juhe.BillableYes {
		t.Errorf("%+v, %v", past, err)
	}
	// And an answer of the process that waits for it changes nothing any more.
	if err := e.RecordOutcome(ctx, record(3, juhe.Mismatch)); err != nil {
		t.Fatal(err)
	}
	if got := find(t, e, lookup.Search{Outcome: juhe.Match}); len(got) != 2 {
		t.Errorf("%v", ids(got))
	}
	if h, err := e.Verify(ctx); err != nil || len(h.Problems) > 0 || h.Lookups != 4 || h.Pending != 0 {
		t.Errorf("%+v, %v", h, err)
	}
}

// restoresRow: so does the row of a run.
func restoresRow(t *testing.T, open opener) {
	e, ctx := open(t), t.Context()
	id, err := e.CreateRun(ctx, aRun(1), "")
	if err != nil {
		t.Fatal(err)
	}
	lost := record(1, juhe.Lost)
	lost.RowRef = lookup.RowRef{Run: id, Row: 2}
	made(t, e, lost)
	if n, err := e.Restore(ctx, []lookup.Record{record(1, juhe.Match)}); n != 1 || err != nil {
		t.Fatalf("%d restored, %v", n, err)
	}
	rows, err := e.RunRows(ctx, id, 0, 10)
	if err != nil || len(rows) != 1 || rows[0].Outcome != juhe.Match || rows[0].Calls != 1 {
		t.Errorf("%+v, %v", rows, err)
	}
	// What a refusal cost goes by its code, whatever an export says of it.
	refused, code := record(2, juhe.Refused), 253504
	refused.Reply.ErrorCode, refused.Reply.Billable = &code, juhe.BillableNo
	made(t, e, record(2, juhe.Lost))
	if n, err := e.Restore(ctx, []lookup.Record{refused}); n != 1 || err != nil {
		t.Fatalf("%d restored, %v", n, err)
	}
	if past, err := e.Prior(ctx, refused); err != nil || len(past.Concluded) != 1 || past.Concluded[0].Reply.Billable != juhe.BillableUnknown {
		t.Errorf("%+v, %v", past.Concluded, err)
	}
}
