package ledger_test

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
	"fourfactor/juhe/lookup"
)

// TestVanished: a database that is gone, while what lay beside it is there, is
// asked about for as long as its mark lies there, also by the processes after.
func TestVanished(t *testing.T) {
	t.Parallel()
	for name, beside := range map[string][]string{
		"the database alone": {},
		"all but the key":    {".seen", ".reserve", ".lock"},
		"all but the count":  {".id", ".reserve", ".lock"},
		"all but the room":   {".id", ".seen", ".lock"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := begun(t)
			if losses := ledger.New(o).HistoryLosses(); len(losses) != 0 {
				t.Errorf("%+v", losses)
			}
			for _, end := range append(beside, "") {
				if err := os.Remove(o.Path + end); err != nil {
					t.Fatal(err)
				}
			}
			missing := func(l *ledger.Ledger, mark bool) {
				t.Helper()
				losses := l.HistoryLosses()
				if len(losses) != 1 || losses[0].MissingPath != o.Path || (losses[0].MarkPath != "") != mark {
					t.Errorf("%+v", losses)
				}
			}
			l := ledger.New(o)
			missing(l, false)
			past, err := l.Prior(t.Context(), record(1, juhe.Match))
			if err != nil || !past.HistoryLostAt.Equal(noon) {
				t.Errorf("%+v, %v", past, err)
			}
			missing(l, true)
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			next := ledger.New(o)
			defer next.Close()
			if past, err := next.Prior(t.Context(), record(1, juhe.Match)); err != nil || !past.HistoryLostAt.Equal(noon) {
				t.Errorf("%+v, %v", past, err)
			}
			missing(next, true)
			if err := os.Remove(next.HistoryLosses()[0].MarkPath); err != nil {
				t.Fatal(err)
			}
			if past, err := next.Prior(t.Context(), record(1, juhe.Match)); err != nil || !past.HistoryLostAt.IsZero() {
				t.Errorf("%+v, %v", past, err)
			}
		})
	}
}

// TestVanishedOpen: so is one that vanishes while it is open; that process
// records nothing more.
func TestVanishedOpen(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := ledger.New(o)
	defer l.Close()
	made(t, l, record(1, juhe.Match))
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(o.Path + end); err != nil {
			t.Fatal(err)
		}
	}
	var problem *lookup.LedgerError
	_, err := l.RecordIntent(t.Context(), record(2, juhe.Match), always)
	if !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged || !strings.Contains(err.Error(), o.Path) {
		t.Errorf("%v", err)
	}
	next := ledger.New(o)
	defer next.Close()
	if past, err := next.Prior(t.Context(), record(1, juhe.Match)); err != nil || past.HistoryLostAt.IsZero() {
		t.Errorf("%+v, %v", past, err)
	}
}

// TestNotVanished: the first ledger of a machine has not vanished, whatever has
// kept it from being made before, nor has one whose damage was put aside.
func TestNotVanished(t *testing.T) {
	t.Parallel()
	fresh := func(t *testing.T, o ledger.Options) lookup.Prior {
		l := ledger.New(o)
		defer l.Close()
		past, err := l.Prior(t.Context(), record(1, juhe.Match))
		if err != nil {
			t.Fatal(err)
		}
		return past
	}
	t.Run("first", func(t *testing.T) {
		t.Parallel()
		if past := fresh(t, options(t.TempDir())); !past.HistoryLostAt.IsZero() {
			t.Errorf("%+v", past)
		}
	})
	t.Run("another ledger with the same key", func(t *testing.T) {
		t.Parallel()
		o := begun(t)
		o.Path += "2"
		if past := fresh(t, o); !past.HistoryLostAt.IsZero() {
			t.Errorf("%+v", past)
		}
	})
	t.Run("cut short", func(t *testing.T) {
		t.Parallel()
		o := begun(t)
		if err := os.Rename(o.Path, o.Path+".new"); err != nil { // killed before it got its name
			t.Fatal(err)
		}
		for _, end := range []string{".reserve", ".seen"} {
			if err := os.Remove(o.Path + end); err != nil {
				t.Fatal(err)
			}
		}
		if past := fresh(t, o); !past.HistoryLostAt.IsZero() {
			t.Errorf("%+v", past)
		}
	})
	t.Run("damaged", func(t *testing.T) {
		t.Parallel()
		o := begun(t)
		if err := os.WriteFile(o.Path, []byte("this was a ledger"), 0o600); err != nil {
			t.Fatal(err)
		}
		refuses(t, o, lookup.LedgerDamaged)
		if past := fresh(t, o); past.HistoryLostAt.IsZero() {
			t.Errorf("%+v", past)
		}
		if l := ledger.New(o); len(l.HistoryLosses()) != 1 || len(l.Damaged()) != 1 {
			t.Errorf("%+v", l.HistoryLosses())
		}
	})
}

// TestOlderCopy: an older copy of a ledger in its place is asked about as well;
// the ledger as it was last, and a copy elsewhere, are not.
func TestOlderCopy(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	session := func(ns ...int) {
		t.Helper()
		l := ledger.New(o)
		for _, n := range ns {
			made(t, l, record(n, juhe.Match))
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	forgotten := func() time.Time {
		t.Helper()
		l := ledger.New(o)
		defer l.Close()
		past, err := l.Prior(t.Context(), record(1, juhe.Match))
		if err != nil {
			t.Fatal(err)
		}
		return past.HistoryLostAt
	}
	session(1, 2)
	old := must(os.ReadFile(o.Path))
	session(3)
	if at := forgotten(); !at.IsZero() {
		t.Error(at)
	}
	young := must(os.ReadFile(o.Path))
	if err := os.WriteFile(o.Path, young, 0o600); err != nil {
		t.Fatal(err)
	}
	if at := forgotten(); !at.IsZero() {
		t.Error(at)
	}
	if err := os.WriteFile(o.Path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if at := forgotten(); !at.Equal(noon) {
			t.Error(at)
		}
	}
	if losses := ledger.New(o).HistoryLosses(); len(losses) != 1 || losses[0].OlderPath != o.Path {
		t.Errorf("%+v", losses)
	}
}

// TestNotOlder: a ledger that another process is recording in while this one opens it
// is no older copy of itself.
func TestNotOlder(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	var seconds atomic.Int64
	o.Now = func() time.Time { return noon.Add(time.Duration(seconds.Add(2)) * time.Second) } // so that each lookup is noted
	busy := ledger.New(o)
	defer busy.Close()
	made(t, busy, record(0, juhe.Match))
	ctx, done := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for n := 1; ctx.Err() == nil; n++ {
			rec := record(n, juhe.Match)
			if _, err := busy.RecordIntent(t.Context(), rec, func(lookup.Prior) bool { return true }); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for range 60 {
		l := ledger.New(o)
		if _, err := l.Prior(t.Context(), record(0, juhe.Match)); err != nil {
			t.Error(err)
		}
		if losses := l.HistoryLosses(); len(losses) > 0 {
			t.Errorf("%+v", losses)
			break
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	done()
	<-ended
}

// TestOlderCopyKilled: so is one from the time of a console that was killed later.
// Each of its lookups is noted, as long as they do not follow one another like a run's.
func TestOlderCopyKilled(t *testing.T) {
	t.Parallel()
	o, now := options(t.TempDir()), noon
	o.Now = func() time.Time { return now }
	console := ledger.New(o)
	defer console.Close()
	restored := o
	restored.Path = filepath.Join(t.TempDir(), "ledger.db")
	keep := func(ends ...string) {
		for _, end := range ends {
			if err := os.WriteFile(restored.Path+end, must(os.ReadFile(o.Path+end)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for n := range 3 {
		now = now.Add(time.Minute)
		made(t, console, record(n, juhe.Match))
		if n == 1 {
			keep("", "-wal", ".id")
		}
	}
	keep(".seen")
	l := ledger.New(restored)
	defer l.Close()
	if past, err := l.Prior(t.Context(), record(2, juhe.Match)); err != nil || !past.HistoryLostAt.Equal(now) {
		t.Errorf("%+v, %v", past, err)
	}
}

// TestLossWithClockBehind: what is lost while the clock is behind is asked about for a
// day after the last lookup that was noted, not after a time long ago.
func TestLossWithClockBehind(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(path string) error{
		"vanished": os.Remove,
		"damaged":  func(path string) error { return os.WriteFile(path, []byte("this was a ledger"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := begun(t)
			if err := lose(o.Path); err != nil {
				t.Fatal(err)
			}
			behind := o
			behind.Now = func() time.Time { return time.Unix(0, 0) }
			l := ledger.New(behind)
			_, _ = l.Prior(t.Context(), record(1, juhe.Match)) // the first use finds it out
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			next := ledger.New(o)
			defer next.Close()
			if past, err := next.Prior(t.Context(), record(1, juhe.Match)); err != nil || !past.HistoryLostAt.Equal(noon) {
				t.Errorf("%+v, %v", past, err)
			}
		})
	}
}
