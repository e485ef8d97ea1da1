package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// TestDamaged expects a damaged database to be moved aside unchanged, nothing to be
// recorded in this process, and the next one to create a new database.
func TestDamaged(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func([]byte) []byte{
		"overwritten": func(b []byte) []byte { clear(b); return b },
		"first page":  func(b []byte) []byte { copy(b, "damage"); return b },
		"text":        func([]byte) []byte { return []byte("this was a ledger") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newClosedLedger(t)
			content, err := os.ReadFile(o.Path)
			if err != nil {
				t.Fatal(err)
			}
			content = damage(content)
			if err := os.WriteFile(o.Path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			problem := assertRefuses(t, o, lookup.LedgerDamaged)
			aside, err := os.ReadFile(problem.MovedTo)
			if err != nil || !bytes.Equal(aside, content) {
				t.Errorf("%q: got %v", problem.MovedTo, err)
			}
			l := sqlite.New(o)
			defer l.Close()
			ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
		})
	}
}

// TestReadingKeepsDamaged expects calls that only read to leave a damaged database where it is.
func TestReadingKeepsDamaged(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	garbage := []byte("this was a ledger")
	if err := os.WriteFile(o.Path, garbage, 0o600); err != nil {
		t.Fatal(err)
	}
	l := sqlite.New(o)
	defer l.Close()
	ctx := t.Context()
	_, searched := l.Search(ctx, lookup.Search{})
	_, verified := l.Verify(ctx)
	_, counted := l.SentToday(ctx)
	_, expired := l.PurgeExpired(ctx)
	for what, err := range map[string]error{
		"search": searched, "verify": verified, "today": counted, "expire": expired, "trace": l.RecordAudit(ctx, lookup.AuditEvent{Action: lookup.AuditExport}),
	} {
		var problem *lookup.LedgerError
		if !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged || problem.MovedTo != "" {
			t.Errorf("%s: got %v", what, err)
		}
	}
	if left, err := os.ReadFile(o.Path); err != nil || !bytes.Equal(left, garbage) || len(l.Losses()) != 0 {
		t.Errorf("got %q, %v, %v", left, err, l.Losses())
	}
}

// TestDamagedInUse expects a damaged database that another process has open to stay.
func TestDamagedInUse(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	other := sqlite.New(o)
	defer other.Close()
	if err := other.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	content := mustRead(os.ReadFile(o.Path))
	copy(content, "damage")
	if err := os.WriteFile(o.Path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if problem := assertRefuses(t, o, lookup.LedgerDamaged); problem.MovedTo != "" {
		t.Errorf("put aside to %s", problem.MovedTo)
	}
}

// TestDamagedReplaced expects a new database not to be taken for the damaged one before
// it.
func TestDamagedReplaced(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	late := sqlite.New(o)
	defer late.Close()
	if err := os.WriteFile(o.Path, []byte("this was a ledger"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := late.Open(t.Context()); err == nil {
		t.Fatal("the damage is not reported")
	}
	assertRefuses(t, o, lookup.LedgerDamaged) // another process moves it
	l := sqlite.New(o)
	defer l.Close()
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
	if _, err := late.RecordIntent(t.Context(), ledgertest.NewRecord(3, juhe.Match), ledgertest.AllowAll); err != nil {
		t.Error(err) // the new database is opened
	}
	if found := ledgertest.MustSearch(t, l, lookup.Search{}); len(found) != 1 || found[0].ID != ledgertest.NewRecord(2, juhe.Match).ID {
		t.Errorf("got %+v", found)
	}
}

// TestIncomplete expects an empty database, or a write-ahead log alone, to be damaged.
func TestIncomplete(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(path string) error{
		"empty": func(path string) error { return os.Truncate(path, 0) },
		"log alone": func(path string) error {
			return errors.Join(os.WriteFile(path+"-wal", []byte("a log"), 0o600), os.Remove(path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newClosedLedger(t)
			if err := spoil(o.Path); err != nil {
				t.Fatal(err)
			}
			problem := assertRefuses(t, o, lookup.LedgerDamaged)
			l := sqlite.New(o)
			defer l.Close()
			if problem.MovedTo == "" || len(l.Losses()) == 0 {
				t.Errorf("got %+v, %v", problem, l.Losses())
			}
			ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
		})
	}
}

// TestDamagedPages damages one page after another. Verify finds it. A lookup that meets
// it moves the database aside, and the next process creates a new one.
func TestDamagedPages(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := sqlite.New(o)
	recs := ledgertest.NewMatches(500)
	if _, err := l.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(o.Path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	total, images := 0, 0
	defer func() {
		if total < images*len(recs)*3/4 {
			t.Errorf("of %d lookups in %d damaged ledgers %d can be read", len(recs), images, total)
		}
	}()
	for at := page; at < len(content); at += 11 * page {
		damaged := bytes.Clone(content)
		copy(damaged[at:], bytes.Repeat([]byte("damage"), 100))
		bad := o
		bad.Path = filepath.Join(t.TempDir(), "ledger.db")
		for path, content := range map[string][]byte{bad.Path: damaged, bad.Path + ".id": mustRead(os.ReadFile(o.Path + ".id"))} {
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		l := sqlite.New(bad)
		images++
		h, err := l.Verify(t.Context())
		var problem *lookup.LedgerError
		switch {
		case errors.As(err, &problem) && problem.Problem == lookup.LedgerDamaged:
		case err != nil || len(h.Problems) == 0:
			t.Errorf("page %d: %+v, %v", at/page, h, err)
		}
		salvaged, unreadable := readAll(l)
		if salvaged+unreadable < len(recs) {
			t.Errorf("page %d: got %d readable and %d unreadable lookups", at/page, salvaged, unreadable)
		}
		total += salvaged
		for _, text := range []string{"", "晨星", "张", "JH2026"} {
			if _, err := l.Search(t.Context(), lookup.Search{Text: text, Limit: 1000}); err != nil && !errors.As(err, &problem) {
				t.Errorf("page %d: %v", at/page, err)
			}
		}
		rec := ledgertest.NewRecord(1000, juhe.Match)
		_, err = l.RecordIntent(t.Context(), rec, ledgertest.AllowAll)
		if err == nil {
			err = l.RecordOutcome(t.Context(), rec)
		}
		l.Close()
		if err != nil {
			if !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged || problem.MovedTo == "" {
				t.Errorf("page %d: %v", at/page, err)
			}
			next := sqlite.New(bad)
			ledgertest.MustRecord(t, next, rec)
			next.Close()
		}
	}
}

// readAll counts the lookups that can be read and those that cannot.
func readAll(l *sqlite.Ledger) (read, unreadable int) {
	search := lookup.Search{Limit: 100}
	for {
		page, err := l.Search(context.Background(), search)
		if err != nil {
			return read, math.MaxInt32
		}
		read, unreadable, search.After = read+len(page.Records), unreadable+page.Unreadable, page.Next
		if !page.More {
			return read, unreadable
		}
	}
}
