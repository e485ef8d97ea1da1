package sqlite_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// newPlainLedger creates a ledger without encryption and closes it. It returns the
// lookups by ID.
func newPlainLedger(t *testing.T, count int) (o sqlite.Options, recs map[string]lookup.Record) {
	t.Helper()
	o = options(t.TempDir())
	o.Encryption = sqlite.EncryptionNone
	l := sqlite.New(o)
	if _, err := l.Import(t.Context(), ledgertest.NewMatches(count)); err != nil {
		t.Fatal(err)
	}
	if err := l.RecordAudit(t.Context(), lookup.AuditEvent{Action: lookup.AuditReveal, ID: "a"}, lookup.AuditEvent{Action: lookup.AuditReveal, ID: "b"}); err != nil {
		t.Fatal(err)
	}
	recs = map[string]lookup.Record{}
	for _, rec := range ledgertest.MustSearch(t, l, lookup.Search{Limit: count}) {
		recs[rec.ID] = rec
	}
	if err := l.Close(); err != nil || len(recs) != count {
		t.Fatalf("got %v, %v, want %v", len(recs), err, count)
	}
	return o, recs
}

// copyWithContent returns the options of a copy of a ledger whose database has other
// content.
func copyWithContent(t *testing.T, o sqlite.Options, content []byte) sqlite.Options {
	t.Helper()
	bad := o
	bad.Path = filepath.Join(t.TempDir(), "ledger.db")
	for path, content := range map[string][]byte{bad.Path: content, bad.Path + ".id": mustRead(os.ReadFile(o.Path + ".id"))} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return bad
}

// TestFlippedBits flips bits all over an unencrypted database. A lookup that is listed
// is unchanged; one that is not is counted, or the ledger reports damage.
func TestFlippedBits(t *testing.T) {
	t.Parallel()
	o, want := newPlainLedger(t, 60)
	content := mustRead(os.ReadFile(o.Path))
	step, hidden, counted := 4507, 0, 0
	if *longTests {
		step = 13
	}
	for at := 100; at < len(content); at += step {
		flipped := bytes.Clone(content)
		flipped[at] ^= 1 << (at % 8)
		l := sqlite.New(copyWithContent(t, o, flipped))
		page, err := l.Search(t.Context(), lookup.Search{Limit: 100})
		problem := (*lookup.LedgerError)(nil)
		switch {
		case errors.As(err, &problem):
		case err != nil:
			t.Errorf("byte %d: %v", at, err)
		case len(page.Records)+page.Unreadable < len(want):
			hidden++
			if h, err := l.Verify(t.Context()); err == nil && len(h.Problems) == 0 {
				t.Errorf("byte %d: %d and %d of %d, and verify finds nothing", at, len(page.Records), page.Unreadable, len(want))
			}
		}
		counted += page.Unreadable
		for _, rec := range page.Records {
			if !reflect.DeepEqual(rec, want[rec.ID]) {
				t.Errorf("byte %d: %+v", at, rec)
			}
		}
		l.Close()
	}
	t.Logf("%d lookups counted as unreadable; hidden in %d of %d", counted, hidden, len(content)/step)
	if counted == 0 {
		t.Error("no lookup is unreadable")
	}
}

// TestCorruptRow changes a row on the disk. The others are listed, the guard asks about
// its factors, Verify names it, and it can be deleted.
func TestCorruptRow(t *testing.T) {
	t.Parallel()
	o, want := newPlainLedger(t, 12)
	content := mustRead(os.ReadFile(o.Path))
	rec := ledgertest.NewRecord(5, juhe.Match)
	for what, change := range map[string][2]string{
		"company":  {rec.Query.Factors[juhe.Entname], "南京" + rec.Query.Factors[juhe.Entname][6:]},
		"order id": {rec.Reply.Orderid, "JH" + fmt.Sprint(9) + rec.Reply.Orderid[3:]},
		"verdict":  {},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			flipped := bytes.ReplaceAll(content, []byte(change[0]), []byte(change[1]))
			if change[0] == "" {
				at := bytes.Index(content, []byte(rec.Query.Factors[juhe.Entname]))
				flipped = bytes.Clone(content)
				row := flipped[at:]
				copy(row[bytes.Index(row, []byte("match")):], "matci")
			}
			bad := copyWithContent(t, o, flipped)
			l := sqlite.New(bad)
			defer l.Close()
			page, err := l.Search(t.Context(), lookup.Search{Limit: 100})
			if err != nil || len(page.Records) != len(want)-1 || page.Unreadable != 1 {
				t.Fatalf("%d listed, %d unreadable, %v", len(page.Records), page.Unreadable, err)
			}
			for _, got := range page.Records {
				if got.ID == rec.ID {
					t.Errorf("%+v is listed", got)
				}
			}
			problem := (*lookup.LedgerError)(nil)
			if _, _, err := l.Get(t.Context(), rec.ID); !errors.As(err, &problem) || problem.Problem != lookup.LedgerUnreadable {
				t.Error(err)
			}
			if recs, err := l.Records(t.Context(), []string{rec.ID}); err != nil || recs[0].ID != "" {
				t.Errorf("got %v, %v, want %v", recs[0].ID, err, "")
			}
			if prior, err := l.Prior(t.Context(), rec); err != nil || prior.HistoryLostAt.IsZero() || len(prior.Concluded) != 0 {
				t.Errorf("the guard does not ask: %+v, %v", prior, err)
			}
			if prior, err := l.Prior(t.Context(), ledgertest.NewRecord(6, juhe.Match)); err != nil || !prior.HistoryLostAt.IsZero() {
				t.Errorf("the guard asks about other factors: %+v, %v", prior, err)
			}
			if h, err := l.Verify(t.Context()); err != nil || !bytes.Contains([]byte(fmt.Sprint(h.Problems)), []byte(rec.ID)) {
				t.Errorf("got %+v, %v", h, err)
			}
			if n, err := l.Delete(t.Context(), rec.ID); n != 1 || err != nil {
				t.Errorf("got %v, %v, want 1", n, err)
			}
			if got := ledgertest.MustSearch(t, l, lookup.Search{Limit: 100}); len(got) != len(want)-1 {
				t.Errorf("got %d lookups, want %d", len(got), len(want)-1)
			}
		})
	}
}

// TestCorruptAuditEvent expects a changed event to be skipped and reported.
func TestCorruptAuditEvent(t *testing.T) {
	t.Parallel()
	o, _ := newPlainLedger(t, 1)
	content := mustRead(os.ReadFile(o.Path))
	at := bytes.LastIndex(content, []byte("老王"))
	copy(content[at:], "李")
	l := sqlite.New(copyWithContent(t, o, content))
	defer l.Close()
	events, err := l.AuditLog(t.Context(), 0)
	problem := (*lookup.LedgerError)(nil)
	if len(events) != 1 || !errors.As(err, &problem) || problem.Problem != lookup.LedgerUnreadable {
		t.Errorf("got %+v, %v", events, err)
	}
}

// TestDigestsOfOldRows expects the migration to add digests to existing rows.
func TestDigestsOfOldRows(t *testing.T) {
	t.Parallel()
	o := newSchema1Ledger(t)
	l := sqlite.New(o)
	found := ledgertest.MustSearch(t, l, lookup.Search{Outcome: juhe.Match})
	if err := l.Close(); err != nil || len(found) != 1 {
		t.Fatalf("got %v, %v, want 1", len(found), err)
	}
	content := mustRead(os.ReadFile(o.Path))
	l = sqlite.New(copyWithContent(t, o, bytes.ReplaceAll(content, []byte("晨星"), []byte("晨里"))))
	defer l.Close()
	if page, err := l.Search(t.Context(), lookup.Search{Outcome: juhe.Match}); err != nil || len(page.Records) != 0 || page.Unreadable != 1 {
		t.Errorf("got %+v, %v", page, err)
	}
}
