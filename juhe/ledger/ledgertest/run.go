package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// NewRun returns the parameters of run n.
func NewRun(n int) lookup.Run {
	return lookup.Run{
		StartedAt: Noon.Add(time.Duration(n) * time.Second), InputPath: fmt.Sprintf("/tmp/表格 %d.xlsx", n), InputHash: "ab", Sheet: "第一张", HeaderRow: 3,
		Columns: [juhe.NumFactors]int{1, 2, 5, 4}, OutputPath: "/tmp/out.xlsx", Service: "https://apis.juhe.cn",
		Query: juhe.Query{API: juhe.APIQueryV2, Regstatus: true}, Rows: 9, Duplicate: 2, Invalid: 1,
	}
}

// testRuns expects runs to keep their parameters and their progress.
func testRuns(t *testing.T, open Open) {
	e, other := open(t), open(t)
	for n := range 3 {
		if id, err := e.CreateRun(t.Context(), NewRun(n), ""); err != nil || id != lookup.RunID(n+1) {
			t.Fatalf("got %v, %v, want %v", id, err, lookup.RunID(n+1))
		}
	}
	want := NewRun(1)
	want.ID = 2
	got, ok, err := other.Run(t.Context(), 2)
	if got.StartedAt = got.StartedAt.UTC(); err != nil || !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	want.StopReason, want.Finished, want.OutputHash, want.Elapsed = "10012", true, "cd", 1500*time.Millisecond
	if err := other.SaveRun(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got, _, err = e.Run(t.Context(), 2)
	if got.StartedAt = got.StartedAt.UTC(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, ok, err := e.Run(t.Context(), 4); ok || err != nil {
		t.Errorf("got %v, %v, want false", ok, err)
	}
	all, err := e.Runs(t.Context(), 0)
	if err != nil || len(all) != 3 || all[0].ID != 3 {
		t.Errorf("got %+v, %v", all, err)
	}
	if two, err := e.Runs(t.Context(), 2); err != nil || len(two) != 2 || two[0].ID != 3 {
		t.Errorf("got %+v, %v", two, err)
	}
}

// testRunRows expects rows to get the outcome of their lookups.
func testRunRows(t *testing.T, open Open) {
	e := open(t)
	id, err := e.CreateRun(t.Context(), NewRun(1), "")
	if err != nil {
		t.Fatal(err)
	}
	end := func(n, row int, change func(*lookup.Record)) {
		rec := NewRecord(n, juhe.Match)
		rec.RowRef = lookup.RowRef{Run: id, Row: row}
		change(&rec)
		MustRecord(t, e, rec)
	}
	code := func(n int) func(*lookup.Record) {
		return func(r *lookup.Record) {
			r.Reply = juhe.Reply{Outcome: juhe.Refused, Billable: juhe.BillableNo, ErrorCode: &n}
		}
	}
	end(1, 7, func(*lookup.Record) {})
	end(2, 3, code(10012))
	end(3, 4, code(10011))
	end(4, 5, code(253504))
	end(5, 6, func(r *lookup.Record) { // not sent
		r.Reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo, Fault: juhe.Fault{Kind: juhe.FaultCancelled}}
	})
	end(6, 8, func(r *lookup.Record) {
		r.Reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo, Fault: juhe.Fault{Kind: juhe.FaultDNS}}
	})
	if err := e.RecordRow(t.Context(), id, lookup.RunRow{Row: 9, ID: "earlier", Outcome: juhe.Lost, Reused: true}); err != nil {
		t.Fatal(err)
	}
	end(7, 9, func(*lookup.Record) {}) // sent later
	end(8, 7, func(*lookup.Record) {}) // sent again
	name := func(n int) string { return NewRecord(n, juhe.Match).ID }
	want := []lookup.RunRow{
		{Row: 3, ID: name(2), Outcome: juhe.Unsent, Calls: 0},
		{Row: 4, ID: name(3), Outcome: juhe.Unsent, Calls: 0},
		{Row: 5, ID: name(4), Outcome: juhe.Refused, Calls: 1},
		{Row: 7, ID: name(8), Outcome: juhe.Match, Calls: 2},
		{Row: 8, ID: name(6), Outcome: juhe.Unsent, Calls: 0},
		{Row: 9, ID: name(7), Outcome: juhe.Match, Calls: 1},
	}
	rows, err := e.RunRows(t.Context(), id, 0, 100)
	if err != nil || !reflect.DeepEqual(rows, want) {
		t.Errorf("got %+v, %v, want %+v", rows, err, want)
	}
	if rows, err := e.RunRows(t.Context(), id, 4, 2); err != nil || !reflect.DeepEqual(rows, want[2:4]) {
		t.Errorf("got %+v, %v", rows, err)
	}
	if rows, err := e.RunRows(t.Context(), id+1, 0, 100); err != nil || len(rows) != 0 {
		t.Errorf("got %v, %v, want 0", len(rows), err)
	}
	tally, err := e.RunTally(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	Check(t, "sent", tally.Calls, 4)
	if want := (map[juhe.Outcome]int{juhe.Match: 2, juhe.Refused: 1, juhe.Unsent: 3}); !maps.Equal(tally.ByOutcome, want) {
		t.Errorf("got outcomes %v, want %v", tally.ByOutcome, want)
	}
	recs, err := e.Records(t.Context(), []string{name(4), "none", name(1)})
	if want := []string{name(4), "", name(1)}; err != nil || !slices.Equal(RecordIDs(recs), want) {
		t.Errorf("got records %q, %v, want %q", RecordIDs(recs), err, want)
	}
	if _, ok, err := e.Get(t.Context(), name(5)); ok || err != nil {
		t.Error("a row that was not sent is in the history", err)
	}
	priors, err := e.Priors(t.Context(), []lookup.Record{NewRecord(1, juhe.Match), NewRecord(99, juhe.Match)})
	if err != nil || len(priors) != 2 {
		t.Fatalf("got %d priors, %v, want 2", len(priors), err)
	}
	Check(t, "concluded lookups", len(priors[0].Concluded), 1)
	Check(t, "concluded lookups of other factors", len(priors[1].Concluded), 0)
	if n, err := e.Delete(t.Context(), name(8)); n != 1 || err != nil {
		t.Fatalf("got %v, %v, want 1", n, err)
	}
	if rows, err := e.RunRows(t.Context(), id, 0, 100); err != nil || !reflect.DeepEqual(rows, want) {
		t.Errorf("the row was deleted with its lookup: %+v, %v", rows, err)
	}
}

// testLockRun expects a run to be locked by one caller at a time.
func testLockRun(t *testing.T, open Open) {
	e, other := open(t), open(t)
	unlock, err := e.LockRun(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, second := range []ledger.Ledger{e, other} {
		if _, err := second.LockRun(t.Context(), 1); !errors.Is(err, lookup.ErrLocked) {
			t.Error(err)
		}
	}
	unlockOther, err := other.LockRun(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	unlockOther()
	unlock()
	unlock, err = other.LockRun(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}

// testLockRunExcludes expects only one process at a time to hold a run, even while others
// wait for the moment at which it is unlocked.
func testLockRunExcludes(t *testing.T, open Open) {
	id, err := open(t).CreateRun(t.Context(), NewRun(1), "")
	if err != nil {
		t.Fatal(err)
	}
	var holders atomic.Int32
	var working sync.WaitGroup
	for range 4 {
		e := open(t)
		working.Go(func() {
			for range 300 {
				unlock, err := e.LockRun(t.Context(), id)
				if errors.Is(err, lookup.ErrLocked) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if holders.Add(1) > 1 {
					t.Error("two hold the run")
				}
				runtime.Gosched()
				holders.Add(-1)
				unlock()
			}
		})
	}
	working.Wait()
}

// testConcurrentWrites expects changes that share transactions not to fail because of
// each other.
func testConcurrentWrites(t *testing.T, open Open) {
	e := open(t)
	var wg sync.WaitGroup
	for n := range 60 {
		wg.Go(func() {
			rec := NewRecord(n, juhe.Match)
			ok, err := e.RecordIntent(t.Context(), rec, func(lookup.Prior) bool { return n%5 != 0 })
			if err != nil || ok != (n%5 != 0) {
				t.Errorf("%d: got %t, %v, want %t", n, ok, err, n%5 != 0)
			}
			if n%7 == 0 { // an ID can have one intent
				if _, err := e.RecordIntent(t.Context(), rec, AllowAll); n%5 != 0 && err == nil {
					t.Error("the same ID twice")
				}
			}
			if !ok {
				return
			}
			if err := e.RecordOutcome(t.Context(), rec); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	Check(t, "lookups", MustVerify(t, e).Lookups, 48)
	if today, err := e.SentToday(t.Context()); err != nil || today < 48 {
		t.Error(today, err)
	}
	if found := MustSearch(t, e, lookup.Search{Text: "虚构科技", Limit: 100}); len(found) != 48 {
		t.Errorf("got %d lookups, want 48", len(found))
	}
}

// testConcurrentCancel expects a cancelled RecordIntent to record nothing.
func testConcurrentCancel(t *testing.T, open Open) {
	e := open(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	intended := map[string]bool{}
	for n := range 60 {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			rec := NewRecord(n, juhe.Match)
			go cancel()
			ok, err := e.RecordIntent(ctx, rec, AllowAll)
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			mu.Lock()
			intended[rec.ID] = ok
			mu.Unlock()
		})
	}
	wg.Wait()
	for n := range 60 {
		rec := NewRecord(n, juhe.Match)
		prior, err := e.Prior(t.Context(), rec)
		if err != nil || (prior.Pending != nil) != intended[rec.ID] {
			t.Errorf("%d: intended %v, but %+v, %v", n, intended[rec.ID], prior.Pending, err)
		}
	}
}

// testLateRow expects a late outcome to replace "lost" in its row, but not the outcome
// of another lookup, and to count its call once.
func testLateRow(t *testing.T, open Open) {
	id, err := open(t).CreateRun(t.Context(), NewRun(1), "")
	if err != nil {
		t.Fatal(err)
	}
	lost := func(n, row int) lookup.Record { // of a process that has ended
		e := open(t)
		rec := NewRecord(n, juhe.Match)
		rec.RowRef = lookup.RowRef{Run: id, Row: row}
		if ok, err := e.RecordIntent(t.Context(), rec, AllowAll); err != nil || !ok {
			t.Fatalf("got %v, %v, want true", ok, err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		return rec
	}
	late, sentAgain, unsent, rateLimited := lost(1, 1), lost(2, 2), lost(3, 3), lost(4, 4)
	e := open(t)
	if tally, err := e.RunTally(t.Context(), id); err != nil || tally.ByOutcome[juhe.Lost] != 4 || tally.Calls != 4 {
		t.Errorf("got %+v, %v", tally, err)
	}
	again := NewRecord(5, juhe.Mismatch)
	again.RowRef = sentAgain.RowRef
	MustRecord(t, e, again)
	unsent.Reply = juhe.Reply{Outcome: juhe.Unsent, Billable: juhe.BillableNo, Fault: juhe.Fault{Kind: juhe.FaultCancelled}}
	code := 10011
	rateLimited.Reply = juhe.Reply{Outcome: juhe.Refused, Billable: juhe.BillableNo, ErrorCode: &code}
	for _, rec := range []lookup.Record{late, sentAgain, unsent, rateLimited} {
		if err := e.RecordOutcome(t.Context(), rec); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := e.RunRows(t.Context(), id, 0, 10)
	want := []lookup.RunRow{
		{Row: 1, ID: late.ID, Outcome: juhe.Match, Calls: 1},
		{Row: 2, ID: again.ID, Outcome: juhe.Mismatch, Calls: 2},
		{Row: 3, ID: unsent.ID, Outcome: juhe.Unsent, Calls: 0},
		{Row: 4, ID: rateLimited.ID, Outcome: juhe.Unsent, Calls: 0},
	}
	if err != nil || !reflect.DeepEqual(rows, want) {
		t.Errorf("got %+v, %v, want %+v", rows, err, want)
	}
}

// testLockRunRecordsDead expects LockRun to record the pending lookups of a dead
// process as lost.
func testLockRunRecordsDead(t *testing.T, open Open) {
	e, dead := open(t), open(t)
	id, err := e.CreateRun(t.Context(), NewRun(1), "")
	if err != nil {
		t.Fatal(err)
	}
	rec := NewRecord(1, juhe.Match)
	rec.RowRef = lookup.RowRef{Run: id, Row: 7}
	if ok, err := dead.RecordIntent(t.Context(), rec, AllowAll); err != nil || !ok {
		t.Fatalf("got %v, %v, want true", ok, err)
	}
	if err := dead.Close(); err != nil {
		t.Fatal(err)
	}
	unlock, err := e.LockRun(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	rows, err := e.RunRows(t.Context(), id, 0, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("got %+v, %v, want one row", rows, err)
	}
	Check(t, "outcome of the row", rows[0].Outcome, juhe.Lost)
	Check(t, "number of the row", rows[0].Row, 7)
}
