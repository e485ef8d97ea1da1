package ledger_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// full makes the tests of crashes as long as they can be of use.
var full = flag.Bool("full", false, "the long form of the tests of crashes")

// TestPowerLoss cuts the power at random writes of a stream of look-ups. What
// was acknowledged is there afterwards; with synchronous=NORMAL it is not, so
// the test would see a loss.
func TestPowerLoss(t *testing.T) {
	t.Parallel()
	seeds := 1
	if *full {
		seeds = 60
	}
	for _, synchronous := range []string{ledger.Synchronous(), "NORMAL"} {
		t.Run(synchronous, func(t *testing.T) {
			t.Parallel()
			images, lost := 0, 0
			for seed := range seeds {
				for _, keep := range []float64{0, 0.5, 0.9} {
					i, l := powerLoss(t, synchronous, uint64(seed), keep)
					images, lost = images+i, lost+l
				}
			}
			t.Logf("%d power losses, %d acknowledged look-ups lost", images, lost)
			switch {
			case images < 20*seeds:
				t.Errorf("only %d power losses", images)
			case synchronous != "NORMAL" && lost > 0:
				t.Errorf("%d acknowledged look-ups lost", lost)
			case synchronous == ledger.Synchronous() && synchronous == "NORMAL":
				t.Error("ledgers are written without syncing")
			case synchronous == "NORMAL" && lost == 0:
				t.Error("nothing is lost even without syncing: the test cannot see a loss")
			}
		})
	}
}

// powerLoss makes look-ups on a disk and looks at what the disk would have
// kept at random moments: how many moments, and how many acknowledged
// look-ups or intents were not there.
func powerLoss(t *testing.T, synchronous string, seed uint64, keep float64) (images, lost int) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, uint64(keep*100)))
	type crash struct {
		dir     string
		intent  int // so many are acknowledged
		settled int
	}
	var crashes []crash
	d, o := newDisk(t), options(t.TempDir())
	l := d.open(t, o, synchronous)
	intents, settled := 0, 0
	d.written = func() {
		if random.IntN(12) > 0 || intents == 0 {
			return
		}
		dir := filepath.Join(t.TempDir(), fmt.Sprint(len(crashes)))
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Error(err)
		}
		d.crash(t, dir, keep, random)
		crashes = append(crashes, crash{dir, intents, settled})
	}
	for n := range 25 {
		rec := record(n, juhe.Match)
		if _, err := l.RecordIntent(t.Context(), rec, always); err != nil {
			t.Fatal(err)
		}
		d.mu.Lock()
		intents++
		d.mu.Unlock()
		if err := l.RecordOutcome(t.Context(), rec); err != nil {
			t.Fatal(err)
		}
		d.mu.Lock()
		settled++
		d.mu.Unlock()
		if n == 12 { // a checkpoint in between
			if _, err := l.Delete(t.Context(), "none"); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Purge(t.Context(), rec.At.AddDate(-1, 0, 0)); err != nil {
				t.Fatal(err)
			}
		}
	}
	d.mu.Lock()
	d.written = nil
	d.mu.Unlock()
	for _, c := range crashes {
		copied := o
		copied.Path = filepath.Join(c.dir, "ledger.db")
		if err := os.WriteFile(copied.Path+".id", must(os.ReadFile(o.Path+".id")), 0o600); err != nil {
			t.Fatal(err)
		}
		lost += missing(t, ledger.New(copied), c.intent, c.settled)
	}
	return len(crashes), lost
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// missing counts the acknowledged look-ups and intents that a ledger does not
// have. It has to be sound whatever it has.
func missing(t *testing.T, l *ledger.Ledger, intents, settled int) (missing int) {
	t.Helper()
	defer l.Close()
	h, err := l.Verify(t.Context())
	if err != nil || len(h.Problems) > 0 {
		t.Errorf("after a power loss: %+v, %v", h, err)
		return 0
	}
	for n := range intents {
		rec, ok, err := l.Get(t.Context(), record(n, juhe.Match).ID)
		switch {
		case err != nil:
			t.Error(err)
		case !ok, n < settled && rec.Reply.Outcome != juhe.Match:
			missing++
		}
	}
	return missing
}

// TestDiskFull fills the disk at each write in turn. The operator is told, no
// acknowledged look-up is lost, and an answer that could not be recorded is
// when there is room again.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"open", "intend", "settle"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			failed := 0
			for room := 0; ; room++ {
				told, writes := diskFull(t, step, room)
				if told {
					failed++
				}
				if writes < room {
					break
				}
			}
			if failed == 0 {
				t.Error("the disk was never full")
			}
		})
	}
}

// diskFull makes a look-up on a disk that is full from some write of a step
// on. It gives whether that was told, and how many writes the step has.
func diskFull(t *testing.T, step string, room int) (told bool, writes int) {
	t.Helper()
	d, o := newDisk(t), options(t.TempDir())
	l := d.open(t, o, "FULL")
	first, second := record(1, juhe.Match), record(2, juhe.Match)
	at := func(name string, do func() error) error {
		if name == step {
			d.fill(room)
		}
		err := do()
		if name != step {
			return err
		}
		writes = d.count()
		d.fill(-1)
		if problem := (*lookup.LedgerError)(nil); errors.As(err, &problem) && problem.Problem == lookup.LedgerFull {
			told = true
		} else if err != nil {
			t.Errorf("%s, room for %d writes: %v", step, room, err)
		}
		return nil
	}
	ctx := t.Context()
	err := errors.Join(
		at("open", func() error { return l.Open(ctx) }),
		at("", func() error { _, err := l.RecordIntent(ctx, first, always); return err }),
		at("", func() error { return l.RecordOutcome(ctx, first) }),
		at("intend", func() error { _, err := l.RecordIntent(ctx, second, always); return err }),
	)
	if told && step == "intend" { // nothing was sent; once more
		_, again := l.RecordIntent(ctx, second, always)
		err = errors.Join(err, again)
	}
	err = errors.Join(err, at("settle", func() error { return l.RecordOutcome(ctx, second) }), l.Close())
	if err != nil {
		t.Errorf("%s, room for %d writes: %v", step, room, err)
	}
	if n := missing(t, ledger.New(o), 0, 0); n > 0 {
		t.Error(n)
	}
	after := ledger.New(o)
	defer after.Close()
	for _, rec := range []lookup.Record{first, second} {
		got, ok, err := after.Get(context.Background(), rec.ID)
		if err != nil || !ok || got.Reply.Outcome != juhe.Match {
			t.Errorf("%s, room for %d writes: %s is %q, %v, %v", step, room, rec.ID, got.Reply.Outcome, ok, err)
		}
	}
	return told, writes
}

// TestFullIsRead: a full disk does not keep anybody from reading, also where a
// look-up of a process that is gone has to be ended first. Once there is room
// it is written again, without a new start.
func TestFullIsRead(t *testing.T) {
	t.Parallel()
	d, o, ctx := newDisk(t), options(t.TempDir()), t.Context()
	before := d.open(t, o, "FULL")
	made(t, before, record(1, juhe.Match))
	if _, err := before.RecordIntent(ctx, record(2, juhe.Match), always); err != nil {
		t.Fatal(err)
	}
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	d.fill(0)
	l := d.open(t, o, "FULL")
	if got := find(t, l, lookup.Search{}); len(got) != 1 {
		t.Errorf("%d look-ups are found", len(got))
	}
	var problem *lookup.LedgerError
	if ok, err := l.RecordIntent(ctx, record(3, juhe.Match), always); ok || !errors.As(err, &problem) || problem.Problem != lookup.LedgerFull {
		t.Errorf("%t, %v", ok, err)
	}
	d.fill(-1)
	if ok, err := l.RecordIntent(ctx, record(3, juhe.Match), always); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := l.RecordOutcome(ctx, record(3, juhe.Match)); err != nil {
		t.Fatal(err)
	}
	if got := find(t, l, lookup.Search{}); len(got) != 2 {
		t.Errorf("%d look-ups are found", len(got))
	}
	if h, err := l.Verify(ctx); err != nil || len(h.Problems) > 0 {
		t.Errorf("%+v, %v", h, err)
	}
}

// TestUnsavedIsOffered: an answer that a full disk would not take answers, once
// there is room, before anybody pays again.
func TestUnsavedIsOffered(t *testing.T) {
	t.Parallel()
	d, ctx := newDisk(t), t.Context()
	l := d.open(t, options(t.TempDir()), "FULL")
	rec := record(1, juhe.Match)
	if _, err := l.RecordIntent(ctx, rec, always); err != nil {
		t.Fatal(err)
	}
	d.fill(0)
	for range 2 { // and it is kept until then
		if err := l.RecordOutcome(ctx, rec); err == nil {
			t.Error("the disk was not full")
		}
		if past, err := l.Prior(ctx, rec); err != nil || past.Pending == nil {
			t.Errorf("%+v, %v", past, err)
		}
	}
	d.fill(-1)
	if past, err := l.Prior(ctx, rec); err != nil || past.Pending != nil || len(past.Concluded) != 1 || past.Concluded[0].Reply.Outcome != juhe.Match {
		t.Errorf("%+v, %v", past, err)
	}
}

// TestUnsavedTogether: what a full disk would not take is saved with the next
// outcomes, also if several come at once.
func TestUnsavedTogether(t *testing.T) {
	t.Parallel()
	d, ctx := newDisk(t), t.Context()
	l := d.open(t, options(t.TempDir()), "FULL")
	for n := range 8 {
		if _, err := l.RecordIntent(ctx, record(n, juhe.Match), always); err != nil {
			t.Fatal(err)
		}
	}
	d.fill(0)
	for n := range 4 {
		if err := l.RecordOutcome(ctx, record(n, juhe.Match)); err == nil {
			t.Error("the disk was not full")
		}
	}
	d.fill(-1)
	var together sync.WaitGroup
	for n := range 4 {
		together.Go(func() {
			if err := l.RecordOutcome(ctx, record(4+n, juhe.Match)); err != nil {
				t.Error(err)
			}
		})
	}
	together.Wait()
	if got := find(t, l, lookup.Search{}); len(got) != 8 {
		t.Errorf("%d look-ups are found", len(got))
	}
}

// TestUnwritableAtOpening: a ledger that could not be opened for writing is
// read, and written once it can be.
func TestUnwritableAtOpening(t *testing.T) {
	t.Parallel()
	for why, want := range map[syscall.Errno]lookup.LedgerProblem{syscall.ENOSPC: lookup.LedgerFull, syscall.EROFS: lookup.LedgerReadOnly} {
		t.Run(string(want), func(t *testing.T) {
			t.Parallel()
			d, o, ctx := newDisk(t), options(t.TempDir()), t.Context()
			before := d.open(t, o, "FULL")
			made(t, before, record(1, juhe.Match))
			if err := before.Close(); err != nil {
				t.Fatal(err)
			}
			d.refuse = why
			l := d.open(t, o, "FULL")
			var problem *lookup.LedgerError
			for range 2 {
				if got := find(t, l, lookup.Search{}); len(got) != 1 {
					t.Errorf("%d look-ups are found", len(got))
				}
				if _, err := l.RecordIntent(ctx, record(2, juhe.Match), always); !errors.As(err, &problem) || problem.Problem != want {
					t.Error(err)
				}
			}
			d.refuse = 0
			made(t, l, record(2, juhe.Match))
			if got := find(t, l, lookup.Search{}); len(got) != 2 {
				t.Errorf("%d look-ups are found", len(got))
			}
		})
	}
}
