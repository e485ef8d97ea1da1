package ledger_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// TestOutcomesHaveRoom fills the disk at one write after another while lookups
// are in progress. Each whose intent was acknowledged gets its outcome recorded
// though the disk stays full, whatever its answer's size, one by one and together.
func TestOutcomesHaveRoom(t *testing.T) {
	t.Parallel()
	step := 31
	if *full {
		step = 1
	}
	for _, together := range []bool{false, true} {
		t.Run(fmt.Sprint("together ", together), func(t *testing.T) {
			t.Parallel()
			refused := 0
			for room := 0; ; room += step {
				acknowledged, writes := outcomesHaveRoom(t, room, together)
				if acknowledged < inProgress {
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

const inProgress = 7

// outcomesHaveRoom has the disk take no more bytes after some writes.
func outcomesHaveRoom(t *testing.T, room int, together bool) (acknowledged, writes int) {
	t.Helper()
	d, o, ctx := newDisk(t), options(t.TempDir()), t.Context()
	l := d.open(t, o, "FULL")
	made(t, l, record(100, juhe.Match))
	d.fillBytes(room)
	var sent []lookup.Record
	for n := range inProgress {
		rec := record(n, juhe.Match)
		rec.Reply.Raw = strings.Repeat("答", n*juhe.RawLimit/3/(inProgress-1))
		ok, err := l.RecordIntent(ctx, rec, always)
		if problem := (*lookup.LedgerError)(nil); errors.As(err, &problem) && problem.Problem == lookup.LedgerFull {
			continue
		}
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		sent = append(sent, rec)
	}
	settle := func(rec lookup.Record) {
		if err := l.RecordOutcome(ctx, rec); err != nil {
			t.Errorf("full after %d writes: the outcome of %s is not recorded: %v", room, rec.ID, err)
		}
	}
	var all sync.WaitGroup
	for _, rec := range sent {
		if together {
			all.Go(func() { settle(rec) })
			continue
		}
		settle(rec)
	}
	all.Wait()
	writes = d.count()
	for _, rec := range sent {
		got, ok, err := l.Get(ctx, rec.ID)
		if err != nil || !ok || got.Reply.Outcome != juhe.Match || got.Reply.Raw != rec.Reply.Raw {
			t.Errorf("full after %d writes: %s is %q, %t, %v", room, rec.ID, got.Reply.Outcome, ok, err)
		}
	}
	d.fill(-1)
	return len(sent), writes
}

// TestReserveComesBack: what a full disk has taken from the reserve is made
// again before the next lookup is sent, and without it nothing is.
func TestReserveComesBack(t *testing.T) {
	t.Parallel()
	d, o, ctx := newDisk(t), options(t.TempDir()), t.Context()
	l := d.open(t, o, "FULL")
	rec := record(1, juhe.Match)
	if _, err := l.RecordIntent(ctx, rec, always); err != nil {
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
	made(t, l, record(2, juhe.Match))
	if size() != before || before == 0 {
		t.Errorf("%d bytes in reserve, not %d", size(), before)
	}
	if err := os.Remove(o.Path + ".reserve"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(o.Path+".reserve", 0o700); err != nil { // so that there can be none
		t.Fatal(err)
	}
	if ok, err := l.RecordIntent(ctx, record(3, juhe.Match), always); ok && err == nil {
		t.Error("sent with no room for its outcome")
	}
}

// TestReserveIsSmall: what many lookups at a time have needed goes when the last
// console is closed.
func TestReserveIsSmall(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := ledger.New(o)
	for n := range 40 {
		if _, err := l.RecordIntent(t.Context(), record(n, juhe.Match), always); err != nil {
			t.Fatal(err)
		}
	}
	wide, err := os.Stat(o.Path + ".reserve")
	if err != nil || wide.Size() < 40*juhe.RawLimit {
		t.Errorf("%v, %v", wide, err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	narrow, err := os.Stat(o.Path + ".reserve")
	if err != nil || narrow.Size() > 1<<20 {
		t.Errorf("%v, %v", narrow, err)
	}
}
