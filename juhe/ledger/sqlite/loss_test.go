package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// TestMissing expects the guard to ask about a missing database for as long as its marker
// exists, in later processes too.
func TestMissing(t *testing.T) {
	t.Parallel()
	for name, deleted := range map[string][]string{
		"the database alone": {},
		"all but the key":    {".seen", ".reserve", ".lock"},
		"all but the count":  {".id", ".reserve", ".lock"},
		"all but the room":   {".id", ".seen", ".lock"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newClosedLedger(t)
			if losses := sqlite.New(o).Losses(); len(losses) != 0 {
				t.Errorf("got %v, want 0", len(losses))
			}
			for _, end := range append(deleted, "") {
				if err := os.Remove(o.Path + end); err != nil {
					t.Fatal(err)
				}
			}
			assertMissing := func(l *sqlite.Ledger, mark bool) {
				t.Helper()
				losses := l.Losses()
				if len(losses) != 1 || losses[0].Kind != ledger.LossMissing || (losses[0].Marker != "") != mark {
					t.Errorf("got %+v", losses)
				}
			}
			l := sqlite.New(o)
			assertMissing(l, false)
			prior, err := l.Prior(t.Context(), ledgertest.NewRecord(1, juhe.Match))
			if err != nil || !prior.HistoryLostAt.Equal(ledgertest.Noon) {
				t.Errorf("got %+v, %v", prior, err)
			}
			assertMissing(l, true)
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			next := sqlite.New(o)
			defer next.Close()
			if prior, err := next.Prior(t.Context(), ledgertest.NewRecord(1, juhe.Match)); err != nil || !prior.HistoryLostAt.Equal(ledgertest.Noon) {
				t.Errorf("got %+v, %v", prior, err)
			}
			assertMissing(next, true)
			if err := os.Remove(next.Losses()[0].Marker); err != nil {
				t.Fatal(err)
			}
			if prior, err := next.Prior(t.Context(), ledgertest.NewRecord(1, juhe.Match)); err != nil || !prior.HistoryLostAt.IsZero() {
				t.Errorf("got %+v, %v", prior, err)
			}
		})
	}
}

// TestMissingWhileOpen expects the same of a database that is deleted while it is open.
// That process records nothing more.
func TestMissingWhileOpen(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := sqlite.New(o)
	defer l.Close()
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(1, juhe.Match))
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(o.Path + end); err != nil {
			t.Fatal(err)
		}
	}
	var problem *lookup.LedgerError
	_, err := l.RecordIntent(t.Context(), ledgertest.NewRecord(2, juhe.Match), ledgertest.AllowAll)
	if !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged || !strings.Contains(err.Error(), o.Path) {
		t.Errorf("got %v", err)
	}
	next := sqlite.New(o)
	defer next.Close()
	if prior, err := next.Prior(t.Context(), ledgertest.NewRecord(1, juhe.Match)); err != nil || prior.HistoryLostAt.IsZero() {
		t.Errorf("got %+v, %v", prior, err)
	}
}

// TestNotMissing expects no such question for the first ledger of a machine, even if its
// creation was interrupted, nor for one that was moved aside.
func TestNotMissing(t *testing.T) {
	t.Parallel()
	fresh := func(t *testing.T, o sqlite.Options) lookup.Prior {
		l := sqlite.New(o)
		defer l.Close()
		prior, err := l.Prior(t.Context(), ledgertest.NewRecord(1, juhe.Match))
		if err != nil {
			t.Fatal(err)
		}
		return prior
	}
	t.Run("first", func(t *testing.T) {
		t.Parallel()
		if prior := fresh(t, options(t.TempDir())); !prior.HistoryLostAt.IsZero() {
			t.Errorf("got %+v", prior)
		}
	})
	t.Run("another ledger with the same key", func(t *testing.T) {
		t.Parallel()
		o := newClosedLedger(t)
		o.Path += "2"
		if prior := fresh(t, o); !prior.HistoryLostAt.IsZero() {
			t.Errorf("got %+v", prior)
		}
	})
	t.Run("interrupted", func(t *testing.T) {
		t.Parallel()
		o := newClosedLedger(t)
		if err := os.Rename(o.Path, o.Path+".new"); err != nil { // as if killed before renaming it
			t.Fatal(err)
		}
		for _, end := range []string{".reserve", ".seen"} {
			if err := os.Remove(o.Path + end); err != nil {
				t.Fatal(err)
			}
		}
		if prior := fresh(t, o); !prior.HistoryLostAt.IsZero() {
			t.Errorf("got %+v", prior)
		}
	})
	t.Run("damaged", func(t *testing.T) {
		t.Parallel()
		o := newClosedLedger(t)
		if err := os.WriteFile(o.Path, []byte("this was a ledger"), 0o600); err != nil {
			t.Fatal(err)
		}
		assertRefuses(t, o, lookup.LedgerDamaged)
		if prior := fresh(t, o); prior.HistoryLostAt.IsZero() {
			t.Errorf("got %+v", prior)
		}
		if l := sqlite.New(o); len(l.Losses()) != 1 || l.Losses()[0].Kind != ledger.LossDamaged {
			t.Errorf("got %+v", l.Losses())
		}
	})
}

// TestOlderCopy expects the guard to ask if an older copy has replaced the database, and
// not if the latest copy has.
func TestOlderCopy(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	session := func(ns ...int) {
		t.Helper()
		l := sqlite.New(o)
		for _, n := range ns {
			ledgertest.MustRecord(t, l, ledgertest.NewRecord(n, juhe.Match))
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	lostAt := func() time.Time {
		t.Helper()
		l := sqlite.New(o)
		defer l.Close()
		prior, err := l.Prior(t.Context(), ledgertest.NewRecord(1, juhe.Match))
		if err != nil {
			t.Fatal(err)
		}
		return prior.HistoryLostAt
	}
	session(1, 2)
	old := mustRead(os.ReadFile(o.Path))
	session(3)
	if at := lostAt(); !at.IsZero() {
		t.Errorf("history lost at %v", at)
	}
	newer := mustRead(os.ReadFile(o.Path))
	if err := os.WriteFile(o.Path, newer, 0o600); err != nil {
		t.Fatal(err)
	}
	if at := lostAt(); !at.IsZero() {
		t.Errorf("history lost at %v", at)
	}
	if err := os.WriteFile(o.Path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if at := lostAt(); !at.Equal(ledgertest.Noon) {
			t.Errorf("history lost at %v", at)
		}
	}
	if losses := sqlite.New(o).Losses(); len(losses) != 1 || losses[0].Kind != ledger.LossOlder {
		t.Errorf("got %+v", losses)
	}
}

// TestNotOlder expects a ledger not to be taken for an older copy while another process
// records lookups in it.
func TestNotOlder(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	var seconds atomic.Int64
	o.Now = func() time.Time { return ledgertest.Noon.Add(time.Duration(seconds.Add(2)) * time.Second) } // so that each lookup is counted
	busy := sqlite.New(o)
	defer busy.Close()
	ledgertest.MustRecord(t, busy, ledgertest.NewRecord(0, juhe.Match))
	ctx, done := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for n := 1; ctx.Err() == nil; n++ {
			rec := ledgertest.NewRecord(n, juhe.Match)
			if _, err := busy.RecordIntent(t.Context(), rec, func(lookup.Prior) bool { return true }); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for range 60 {
		l := sqlite.New(o)
		if _, err := l.Prior(t.Context(), ledgertest.NewRecord(0, juhe.Match)); err != nil {
			t.Error(err)
		}
		if losses := l.Losses(); len(losses) > 0 {
			t.Errorf("got %+v", losses)
			break
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	done()
	<-ended
}

// TestOlderCopyKilled expects the same of a copy from before a console was killed. Its
// lookups were seconds apart, so each was counted in the file beside the database.
func TestOlderCopyKilled(t *testing.T) {
	t.Parallel()
	o, now := options(t.TempDir()), ledgertest.Noon
	o.Now = func() time.Time { return now }
	console := sqlite.New(o)
	defer console.Close()
	restored := o
	restored.Path = filepath.Join(t.TempDir(), "ledger.db")
	keep := func(ends ...string) {
		for _, end := range ends {
			if err := os.WriteFile(restored.Path+end, mustRead(os.ReadFile(o.Path+end)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for n := range 3 {
		now = now.Add(time.Minute)
		ledgertest.MustRecord(t, console, ledgertest.NewRecord(n, juhe.Match))
		if n == 1 {
			keep("", "-wal", ".id")
		}
	}
	keep(".seen")
	l := sqlite.New(restored)
	defer l.Close()
	if prior, err := l.Prior(t.Context(), ledgertest.NewRecord(2, juhe.Match)); err != nil || !prior.HistoryLostAt.Equal(now) {
		t.Errorf("got %+v, %v", prior, err)
	}
}

// TestLossWithClockBehind expects the guard to ask for a day after the last counted
// lookup, even if the clock was behind when the loss was found.
func TestLossWithClockBehind(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(path string) error{
		"vanished": os.Remove,
		"damaged":  func(path string) error { return os.WriteFile(path, []byte("this was a ledger"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newClosedLedger(t)
			if err := lose(o.Path); err != nil {
				t.Fatal(err)
			}
			behind := o
			behind.Now = func() time.Time { return time.Unix(0, 0) }
			l := sqlite.New(behind)
			_, _ = l.Prior(t.Context(), ledgertest.NewRecord(1, juhe.Match)) // finds the loss
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			next := sqlite.New(o)
			defer next.Close()
			if prior, err := next.Prior(t.Context(), ledgertest.NewRecord(1, juhe.Match)); err != nil || !prior.HistoryLostAt.Equal(ledgertest.Noon) {
				t.Errorf("got %+v, %v", prior, err)
			}
		})
	}
}
