package sqlite_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// TestReserveForOutcomes fills the disk at one write after another while lookups are
// pending. The outcome of each acknowledged lookup is recorded although the disk stays
// full, one by one and concurrently.
func TestReserveForOutcomes(t *testing.T) {
	t.Parallel()
	step := 31
	if *longTests {
		step = 1
	}
	for _, concurrently := range []bool{false, true} {
		t.Run(fmt.Sprint("concurrently ", concurrently), func(t *testing.T) {
			t.Parallel()
			refused := 0
			for room := 0; ; room += step {
				acknowledged, writes := fillDiskWhilePending(t, room, concurrently)
				if acknowledged < pendingCount {
					refused++
				}
				if writes < room {
					break
				}
			}
			if refused == 0 {
				t.Error("the disk was never full while intents were recorded")
			}
		})
	}
}

const pendingCount = 7

// fillDiskWhilePending fills the disk after some writes. It returns the acknowledged intents
// and the number of writes.
func fillDiskWhilePending(t *testing.T, room int, concurrently bool) (acknowledged, writes int) {
	t.Helper()
	d, o, ctx := newFaultyDisk(t), options(t.TempDir()), t.Context()
	l := d.open(t, o, "FULL")
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(100, juhe.Match))
	d.fillBytes(room)
	var sent []lookup.Record
	for n := range pendingCount {
		rec := ledgertest.NewRecord(n, juhe.Match)
		rec.Reply.Raw = strings.Repeat("答", n*juhe.RawLimit/3/(pendingCount-1))
		ok, err := l.RecordIntent(ctx, rec, ledgertest.AllowAll)
		if problem := (*lookup.LedgerError)(nil); errors.As(err, &problem) && problem.Problem == lookup.LedgerFull {
			continue
		}
		if !ok || err != nil {
			t.Fatalf("got %v, %v, want true", ok, err)
		}
		sent = append(sent, rec)
	}
	settle := func(rec lookup.Record) {
		if err := l.RecordOutcome(ctx, rec); err != nil {
			t.Errorf("full after %d writes: the outcome of %s is not recorded: %v", room, rec.ID, err)
		}
	}
	var wg sync.WaitGroup
	for _, rec := range sent {
		if concurrently {
			wg.Go(func() { settle(rec) })
			continue
		}
		settle(rec)
	}
	wg.Wait()
	writes = d.count()
	for _, rec := range sent {
		got, ok, err := l.Get(ctx, rec.ID)
		if err != nil || !ok {
			t.Fatalf("full after %d writes: %s: got %t, %v", room, rec.ID, ok, err)
		}
		ledgertest.Check(t, rec.ID+": outcome", got.Reply.Outcome, juhe.Match)
		ledgertest.Check(t, rec.ID+": length of the raw answer", len(got.Reply.Raw), len(rec.Reply.Raw))
	}
	d.fill(-1)
	return len(sent), writes
}

// TestReserveIsRewritten expects the reserve that a full disk has used to be written again
// before the next lookup is sent, and no lookup to be sent without it.
func TestReserveIsRewritten(t *testing.T) {
	t.Parallel()
	d, o, ctx := newFaultyDisk(t), options(t.TempDir()), t.Context()
	l := d.open(t, o, "FULL")
	rec := ledgertest.NewRecord(1, juhe.Match)
	if _, err := l.RecordIntent(ctx, rec, ledgertest.AllowAll); err != nil {
		t.Fatal(err)
	}
	size := func() int64 {
		info, err := os.Stat(o.Path + ".reserve")
		if err != nil {
			return 0
		}
		return info.Size()
	}
	before := size()
	d.fillBytes(0)
	if err := l.RecordOutcome(ctx, rec); err != nil || size() != 0 {
		t.Errorf("%v, %d bytes in reserve", err, size())
	}
	d.fill(-1)
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
	if size() != before || before == 0 {
		t.Errorf("%d bytes in reserve, not %d", size(), before)
	}
	if err := os.Remove(o.Path + ".reserve"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(o.Path+".reserve", 0o700); err != nil { // no reserve can be written
		t.Fatal(err)
	}
	if ok, err := l.RecordIntent(ctx, ledgertest.NewRecord(3, juhe.Match), ledgertest.AllowAll); ok && err == nil {
		t.Error("sent with no room for its outcome")
	}
}

// TestReserveShrinks expects the space for many lookups to be freed when the last
// process closes the ledger.
func TestReserveShrinks(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := sqlite.New(o)
	for n := range 40 {
		if _, err := l.RecordIntent(t.Context(), ledgertest.NewRecord(n, juhe.Match), ledgertest.AllowAll); err != nil {
			t.Fatal(err)
		}
	}
	wide, err := os.Stat(o.Path + ".reserve")
	if err != nil || wide.Size() < 40*juhe.RawLimit {
		t.Errorf("got %v, %v", wide, err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	narrow, err := os.Stat(o.Path + ".reserve")
	if err != nil || narrow.Size() > 1<<20 {
		t.Errorf("got %v, %v", narrow, err)
	}
}
