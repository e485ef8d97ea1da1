package ledgertest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

func testDeleteKeepsCount(t *testing.T, open Open) {
	e := open(t)
	rec := NewRecord(1, juhe.Match)
	MustRecord(t, e, rec)
	if n, err := e.Delete(t.Context(), rec.ID, "20000101-000000-aaaaaaaa"); err != nil || n != 1 {
		t.Fatalf("got %v, %v, want 1", n, err)
	}
	if today, err := e.SentToday(t.Context()); err != nil || today != 1 {
		t.Errorf("got %v, %v, want 1", today, err)
	}
	event := mustAuditLog(t, e, 10, 1)[0]
	Check(t, "action", event.Action, lookup.AuditDelete)
	Check(t, "ID", event.ID, rec.ID)
	Check(t, "user", event.User, "老王")
	Check(t, "time", event.At.UTC(), Noon)
}

func testPurge(t *testing.T, open Open) {
	e := open(t)
	recs := NewMatches(500)
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	if n, err := e.Purge(t.Context(), recs[450].At); err != nil || n != 450 {
		t.Fatalf("got %v, %v, want 450", n, err)
	}
	if left := MustSearch(t, e, lookup.Search{Limit: 100}); len(left) != 50 || left[49].ID != recs[450].ID {
		t.Errorf("%d left", len(left))
	}
	if found := MustSearch(t, e, lookup.Search{Text: recs[7].Query.Factors[juhe.Idcard]}); len(found) != 0 {
		t.Errorf("got %v, want 0", len(found))
	}
	for n, days := range []int{400, 300, 8, 7, 6, 5, 4, 3, 2, 1} {
		old := NewRecord(1000+n, juhe.Match)
		old.At = Noon.Add(-time.Duration(days) * 24 * time.Hour)
		MustRecord(t, e, old)
	}
	if expired, err := e.PurgeExpired(t.Context()); err != nil || expired.Deleted != 1 || expired.Postponed {
		t.Errorf("got %+v, %v", expired, err)
	}
	events := mustAuditLog(t, e, 0, 2)
	Check(t, "count of the second purge", events[0].Count, 1)
	Check(t, "count of the first purge", events[1].Count, 450)
	Check(t, "action", events[1].Action, lookup.AuditPurge)
	Check(t, "lookups", MustVerify(t, e).Lookups, 59)
}

func testDeletedNotFound(t *testing.T, open Open) {
	e := open(t)
	rec := NewRecord(1, juhe.Match)
	MustRecord(t, e, rec)
	MustRecord(t, e, NewRecord(2, juhe.Match))
	if n, err := open(t).Delete(t.Context(), rec.ID); err != nil || n != 1 {
		t.Fatalf("got %v, %v, want 1", n, err)
	}
	for _, text := range []string{"", "晨星", "张", rec.Query.Factors[juhe.Idcard], "zhangsanfeng"} {
		if slices.Contains(RecordIDs(MustSearch(t, e, lookup.Search{Text: text})), rec.ID) {
			t.Errorf("%q finds it", text)
		}
	}
	if _, ok, err := e.Get(t.Context(), rec.ID); ok || err != nil {
		t.Errorf("got %v, %v, want false", ok, err)
	}
	Check(t, "lookups", MustVerify(t, e).Lookups, 1)
}

// testInterruptedPurge expects the audit log to have what was deleted before the context
// ended.
func testInterruptedPurge(t *testing.T, open Open) {
	e := open(t)
	recs := NewMatches(1000)
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		for len(MustSearch(t, e, lookup.Search{Limit: 1000})) == 1000 {
		}
		cancel()
	})
	n, _ := e.Purge(ctx, Noon.Add(time.Hour))
	wg.Wait()
	if n == 0 {
		t.Fatal("nothing was purged")
	}
	event := mustAuditLog(t, e, 0, 1)[0]
	Check(t, "action", event.Action, lookup.AuditPurge)
	Check(t, "count", event.Count, n)
}
