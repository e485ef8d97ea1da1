package ledger_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// rotting is a closed ledger without encryption, of so many look-ups.
func rotting(t *testing.T, count int) (o ledger.Options, recs map[string]lookup.Record) {
	t.Helper()
	o = options(t.TempDir())
	o.Encryption = ledger.EncryptionNone
	l := ledger.New(o)
	if _, err := l.Import(t.Context(), matches(count)); err != nil {
		t.Fatal(err)
	}
	if err := l.RecordAudit(t.Context(), lookup.AuditEvent{Action: lookup.AuditReveal, ID: "a"}, lookup.AuditEvent{Action: lookup.AuditReveal, ID: "b"}); err != nil {
		t.Fatal(err)
	}
	recs = map[string]lookup.Record{}
	for _, rec := range find(t, l, lookup.Search{Limit: count}) {
		recs[rec.ID] = rec
	}
	if err := l.Close(); err != nil || len(recs) != count {
		t.Fatal(len(recs), err)
	}
	return o, recs
}

// rotten is a copy of a ledger with other content.
func rotten(t *testing.T, o ledger.Options, content []byte) ledger.Options {
	t.Helper()
	bad := o
	bad.Path = filepath.Join(t.TempDir(), "ledger.db")
	for path, content := range map[string][]byte{bad.Path: content, bad.Path + ".id": must(os.ReadFile(o.Path + ".id"))} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return bad
}

// TestRot turns bits all over a ledger without encryption. What is listed is as it
// was written, and what is not is counted, or the ledger says that it is damaged.
func TestRot(t *testing.T) {
	t.Parallel()
	o, want := rotting(t, 60)
	content := must(os.ReadFile(o.Path))
	step, hidden, counted := 4507, 0, 0
	if *full {
		step = 13
	}
	for at := 100; at < len(content); at += step {
		spoilt := bytes.Clone(content)
		spoilt[at] ^= 1 << (at % 8)
		l := ledger.New(rotten(t, o, spoilt))
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
	t.Logf("%d look-ups counted as unreadable; hidden in %d of %d", counted, hidden, len(content)/step)
	if counted == 0 {
		t.Error("no look-up has rotten")
	}
}

// TestRottenRow: of a row that has changed nothing is told, the rest is listed,
// the guard asks about its factors, verify names it, and it can be deleted.
func TestRottenRow(t *testing.T) {
	t.Parallel()
	o, want := rotting(t, 12)
	content := must(os.ReadFile(o.Path))
	rec := record(5, juhe.Match)
	for what, change := range map[string][2]string{
		"company":  {rec.Query.Entname, "南京" + rec.Query.Entname[6:]},
		"order id": {rec.Reply.Orderid, "JH" + fmt.Sprint(9) + rec.Reply.Orderid[3:]},
		"verdict":  {},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			spoilt := bytes.ReplaceAll(content, []byte(change[0]), []byte(change[1]))
			if change[0] == "" {
				at := bytes.Index(content, []byte(rec.Query.Entname))
				spoilt = bytes.Clone(content)
				row := spoilt[at:]
				copy(row[bytes.Index(row, []byte("match")):], "matci")
			}
			bad := rotten(t, o, spoilt)
			l := ledger.New(bad)
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
				t.Errorf("%+v, %v", recs, err)
			}
			if past, err := l.Prior(t.Context(), rec); err != nil || past.HistoryLostAt.IsZero() || len(past.Concluded) != 0 {
				t.Errorf("the guard has forgotten: %+v, %v", past, err)
			}
			if past, err := l.Prior(t.Context(), record(6, juhe.Match)); err != nil || !past.HistoryLostAt.IsZero() {
				t.Errorf("others are asked about: %+v, %v", past, err)
			}
			if h, err := l.Verify(t.Context()); err != nil || !bytes.Contains([]byte(fmt.Sprint(h.Problems)), []byte(rec.ID)) {
				t.Errorf("%+v, %v", h, err)
			}
			if n, err := l.Delete(t.Context(), rec.ID); n != 1 || err != nil {
				t.Error(n, err)
			}
			if got := find(t, l, lookup.Search{Limit: 100}); len(got) != len(want)-1 {
				t.Errorf("%d listed", len(got))
			}
		})
	}
}

// TestRottenTrail: a line of the trail that has changed is passed over and told.
func TestRottenTrail(t *testing.T) {
	t.Parallel()
	o, _ := rotting(t, 1)
	content := must(os.ReadFile(o.Path))
	at := bytes.LastIndex(content, []byte("老王"))
	copy(content[at:], "李")
	l := ledger.New(rotten(t, o, content))
	defer l.Close()
	trail, err := l.AuditLog(t.Context(), 0)
	problem := (*lookup.LedgerError)(nil)
	if len(trail) != 1 || !errors.As(err, &problem) || problem.Problem != lookup.LedgerUnreadable {
		t.Errorf("%+v, %v", trail, err)
	}
}

// TestRotOfOlder: rows of an older program have digests from then on.
func TestRotOfOlder(t *testing.T) {
	t.Parallel()
	o := older(t)
	l := ledger.New(o)
	found := find(t, l, lookup.Search{Outcome: juhe.Match})
	if err := l.Close(); err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	content := must(os.ReadFile(o.Path))
	l = ledger.New(rotten(t, o, bytes.ReplaceAll(content, []byte("晨星"), []byte("晨里"))))
	defer l.Close()
	if page, err := l.Search(t.Context(), lookup.Search{Outcome: juhe.Match}); err != nil || len(page.Records) != 0 || page.Unreadable != 1 {
		t.Errorf("%+v, %v", page, err)
	}
}
