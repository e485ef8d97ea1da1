package sqlite_test

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
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// longTests runs the crash tests for as long as they find anything.
var longTests = flag.Bool("full", false, "the long form of the tests of crashes")

// TestPowerLoss cuts the power at random writes. No acknowledged lookup is lost. With
// synchronous=NORMAL some are, which shows that the test can see a loss.
func TestPowerLoss(t *testing.T) {
	t.Parallel()
	seeds := 1
	if *longTests {
		seeds = 60
	}
	for _, synchronous := range []string{sqlite.Synchronous(), "NORMAL"} {
		t.Run(synchronous, func(t *testing.T) {
			t.Parallel()
			images, lost := 0, 0
			for seed := range seeds {
				for _, keep := range []float64{0, 0.5, 0.9} {
					i, l := simulatePowerLoss(t, synchronous, uint64(seed), keep)
					images, lost = images+i, lost+l
				}
			}
			t.Logf("%d power losses, %d acknowledged lookups lost", images, lost)
			switch {
			case images < 20*seeds:
				t.Errorf("only %d power losses", images)
			case synchronous != "NORMAL" && lost > 0:
				t.Errorf("%d acknowledged lookups lost", lost)
			case synchronous == sqlite.Synchronous() && synchronous == "NORMAL":
				t.Error("ledgers are written without syncing")
			case synchronous == "NORMAL" && lost == 0:
				t.Error("nothing is lost even without syncing: the test cannot see a loss")
			}
		})
	}
}

// simulatePowerLoss records lookups and, at random writes, keeps what the disk would
// hold after a power loss. It returns the number of those images, and how many
// acknowledged intents and outcomes they lack.
func simulatePowerLoss(t *testing.T, synchronous string, seed uint64, keep float64) (images, lost int) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, uint64(keep*100)))
	type crash struct {
		dir      string
		intents  int // acknowledged so far
		outcomes int // acknowledged so far
	}
	var crashes []crash
	d, o := newFaultyDisk(t), options(t.TempDir())
	l := d.open(t, o, synchronous)
	intents, outcomes := 0, 0
	d.written = func() {
		if random.IntN(12) > 0 || intents == 0 {
			return
		}
		dir := filepath.Join(t.TempDir(), fmt.Sprint(len(crashes)))
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Error(err)
		}
		d.crash(t, dir, keep, random)
		crashes = append(crashes, crash{dir, intents, outcomes})
	}
	for n := range 25 {
		rec := ledgertest.NewRecord(n, juhe.Match)
		if _, err := l.RecordIntent(t.Context(), rec, ledgertest.AllowAll); err != nil {
			t.Fatal(err)
		}
		d.mu.Lock()
		intents++
		d.mu.Unlock()
		if err := l.RecordOutcome(t.Context(), rec); err != nil {
			t.Fatal(err)
		}
		d.mu.Lock()
		outcomes++
		d.mu.Unlock()
		if n == 12 { // with a checkpoint
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
		if err := os.WriteFile(copied.Path+".id", mustRead(os.ReadFile(o.Path+".id")), 0o600); err != nil {
			t.Fatal(err)
		}
		lost += countMissing(t, sqlite.New(copied), c.intents, c.outcomes)
	}
	return len(crashes), lost
}

func mustRead(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// countMissing counts the acknowledged intents and outcomes that a ledger lacks. The
// ledger has to be sound.
func countMissing(t *testing.T, l *sqlite.Ledger, intents, outcomes int) (missing int) {
	t.Helper()
	defer l.Close()
	h, err := l.Verify(t.Context())
	if err != nil || len(h.Problems) > 0 {
		t.Errorf("after a power loss: %+v, %v", h, err)
		return 0
	}
	for n := range intents {
		rec, ok, err := l.Get(t.Context(), ledgertest.NewRecord(n, juhe.Match).ID)
		switch {
		case err != nil:
			t.Error(err)
		case !ok, n < outcomes && rec.Reply.Outcome != juhe.Match:
			missing++
		}
	}
	return missing
}

// TestDiskFull fills the disk at each write in turn. The error says so, no acknowledged
// lookup is lost, and an outcome that could not be recorded is recorded once there is
// space.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"open", "record intent", "record outcome"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			failed := 0
			for room := 0; ; room++ {
				reported, writes := fillDiskAt(t, step, room)
				if reported {
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

// fillDiskAt records a lookup on a disk that is full after some writes of a step. It
// reports whether an error said so, and how many writes the step has.
func fillDiskAt(t *testing.T, step string, room int) (reported bool, writes int) {
	t.Helper()
	d, o := newFaultyDisk(t), options(t.TempDir())
	l := d.open(t, o, "FULL")
	first, second := ledgertest.NewRecord(1, juhe.Match), ledgertest.NewRecord(2, juhe.Match)
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
			reported = true
		} else if err != nil {
			t.Errorf("%s, room for %d writes: %v", step, room, err)
		}
		return nil
	}
	ctx := t.Context()
	err := errors.Join(
		at("open", func() error { return l.Open(ctx) }),
		at("", func() error { _, err := l.RecordIntent(ctx, first, ledgertest.AllowAll); return err }),
		at("", func() error { return l.RecordOutcome(ctx, first) }),
		at("record intent", func() error { _, err := l.RecordIntent(ctx, second, ledgertest.AllowAll); return err }),
	)
	if reported && step == "record intent" { // it was not sent: try again
		_, again := l.RecordIntent(ctx, second, ledgertest.AllowAll)
		err = errors.Join(err, again)
	}
	err = errors.Join(err, at("record outcome", func() error { return l.RecordOutcome(ctx, second) }), l.Close())
	if err != nil {
		t.Errorf("%s, room for %d writes: %v", step, room, err)
	}
	if n := countMissing(t, sqlite.New(o), 0, 0); n > 0 {
		t.Errorf("got %d missing lookups, want 0", n)
	}
	after := sqlite.New(o)
	defer after.Close()
	for _, rec := range []lookup.Record{first, second} {
		got, ok, err := after.Get(context.Background(), rec.ID)
		if err != nil || !ok || got.Reply.Outcome != juhe.Match {
			t.Errorf("%s, room for %d writes: %s is %q, %v, %v", step, room, rec.ID, got.Reply.Outcome, ok, err)
		}
	}
	return reported, writes
}

// TestFullDiskIsReadable expects a ledger on a full disk to be readable, even if a lookup
// of a dead process is pending. Once there is space, the same ledger can be written.
func TestFullDiskIsReadable(t *testing.T) {
	t.Parallel()
	d, o, ctx := newFaultyDisk(t), options(t.TempDir()), t.Context()
	before := d.open(t, o, "FULL")
	ledgertest.MustRecord(t, before, ledgertest.NewRecord(1, juhe.Match))
	if _, err := before.RecordIntent(ctx, ledgertest.NewRecord(2, juhe.Match), ledgertest.AllowAll); err != nil {
		t.Fatal(err)
	}
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	d.fill(0)
	l := d.open(t, o, "FULL")
	if got := ledgertest.MustSearch(t, l, lookup.Search{}); len(got) != 1 {
		t.Errorf("got %d lookups, want 1", len(got))
	}
	var problem *lookup.LedgerError
	if ok, err := l.RecordIntent(ctx, ledgertest.NewRecord(3, juhe.Match), ledgertest.AllowAll); ok || !errors.As(err, &problem) || problem.Problem != lookup.LedgerFull {
		t.Errorf("got %t, %v", ok, err)
	}
	d.fill(-1)
	if ok, err := l.RecordIntent(ctx, ledgertest.NewRecord(3, juhe.Match), ledgertest.AllowAll); !ok || err != nil {
		t.Fatalf("got %v, %v, want true", ok, err)
	}
	if err := l.RecordOutcome(ctx, ledgertest.NewRecord(3, juhe.Match)); err != nil {
		t.Fatal(err)
	}
	if got := ledgertest.MustSearch(t, l, lookup.Search{}); len(got) != 2 {
		t.Errorf("got %d lookups, want 2", len(got))
	}
	ledgertest.MustVerify(t, l)
}

// TestUnrecordedOutcomeAnswers expects an outcome that could not be written to a full disk
// to answer once there is space.
func TestUnrecordedOutcomeAnswers(t *testing.T) {
	t.Parallel()
	d, ctx := newFaultyDisk(t), t.Context()
	l := d.open(t, options(t.TempDir()), "FULL")
	rec := ledgertest.NewRecord(1, juhe.Match)
	if _, err := l.RecordIntent(ctx, rec, ledgertest.AllowAll); err != nil {
		t.Fatal(err)
	}
	d.fill(0)
	for range 2 { // it is kept until there is space
		if err := l.RecordOutcome(ctx, rec); err == nil {
			t.Error("the disk was not full")
		}
		if prior, err := l.Prior(ctx, rec); err != nil || prior.Pending == nil {
			t.Errorf("got %+v, %v", prior, err)
		}
	}
	d.fill(-1)
	prior := ledgertest.MustPrior(t, l, rec)
	ledgertest.Check(t, "pending", prior.Pending != nil, false)
	ledgertest.Check(t, "outcome", ledgertest.MustOneConcluded(t, prior).Reply.Outcome, juhe.Match)
}

// TestUnrecordedOutcomesTogether expects outcomes that could not be written to a full disk
// to be recorded with the next ones, even if several arrive at once.
func TestUnrecordedOutcomesTogether(t *testing.T) {
	t.Parallel()
	d, ctx := newFaultyDisk(t), t.Context()
	l := d.open(t, options(t.TempDir()), "FULL")
	for n := range 8 {
		if _, err := l.RecordIntent(ctx, ledgertest.NewRecord(n, juhe.Match), ledgertest.AllowAll); err != nil {
			t.Fatal(err)
		}
	}
	d.fill(0)
	for n := range 4 {
		if err := l.RecordOutcome(ctx, ledgertest.NewRecord(n, juhe.Match)); err == nil {
			t.Error("the disk was not full")
		}
	}
	d.fill(-1)
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			if err := l.RecordOutcome(ctx, ledgertest.NewRecord(4+n, juhe.Match)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := ledgertest.MustSearch(t, l, lookup.Search{}); len(got) != 8 {
		t.Errorf("got %d lookups, want 8", len(got))
	}
}

// TestOpenReadOnly expects a ledger that cannot be opened for writing to be readable,
// and writable once it can be.
func TestOpenReadOnly(t *testing.T) {
	t.Parallel()
	for why, want := range map[syscall.Errno]lookup.LedgerProblem{syscall.ENOSPC: lookup.LedgerFull, syscall.EROFS: lookup.LedgerReadOnly} {
		t.Run(string(want), func(t *testing.T) {
			t.Parallel()
			d, o, ctx := newFaultyDisk(t), options(t.TempDir()), t.Context()
			before := d.open(t, o, "FULL")
			ledgertest.MustRecord(t, before, ledgertest.NewRecord(1, juhe.Match))
			if err := before.Close(); err != nil {
				t.Fatal(err)
			}
			d.refuse = why
			l := d.open(t, o, "FULL")
			var problem *lookup.LedgerError
			for range 2 {
				if got := ledgertest.MustSearch(t, l, lookup.Search{}); len(got) != 1 {
					t.Errorf("got %d lookups, want 1", len(got))
				}
				if _, err := l.RecordIntent(ctx, ledgertest.NewRecord(2, juhe.Match), ledgertest.AllowAll); !errors.As(err, &problem) || problem.Problem != want {
					t.Error(err)
				}
			}
			d.refuse = 0
			ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
			if got := ledgertest.MustSearch(t, l, lookup.Search{}); len(got) != 2 {
				t.Errorf("got %d lookups, want 2", len(got))
			}
		})
	}
}

// TestFailedTransaction expects nothing to be written once a statement has failed, even if
// SQLite has rolled the transaction back, after which it would commit each statement.
func TestFailedTransaction(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	l := sqlite.New(o)
	defer l.Close()
	err := l.RunTogether(t.Context(), "UPDATE lookup SET outcome = 'lost'", "ROLLBACK", "INSERT INTO nothing VALUES (1)", "DELETE FROM lookup")
	var problem *lookup.LedgerError
	if !errors.As(err, &problem) || problem.Problem != lookup.LedgerFailed {
		t.Errorf("got %v, want %s", err, lookup.LedgerFailed)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	assertIntact(t, o)
}
