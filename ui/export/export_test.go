package export_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/export"
	"fourfactor/ui/i18n"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func newLedger(t *testing.T, n int) *sqlite.Ledger {
	t.Helper()
	recs := make([]lookup.Record, n)
	for i := range recs {
		recs[i] = lookup.Record{
			ID: fmt.Sprintf("id-%03d", i), At: noon.Add(-time.Duration(i) * time.Minute), Service: "https://apis.juhe.cn",
			Query: juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[i%12].Factors(juhe.APIQuery)},
			Reply: juhe.Reply{Outcome: juhe.Lost, Billable: juhe.BillableUnknown, Fault: juhe.Fault{Kind: juhe.FaultTimeout}},
		}
	}
	l := juhetest.NewLedger(t, func() time.Time { return noon })
	if _, err := l.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	return l
}

// faultyLedger has an audit log that cannot be written.
type faultyLedger struct {
	*sqlite.Ledger
	err error
}

func (l faultyLedger) RecordAudit(context.Context, ...lookup.AuditEvent) error { return l.err }

// TestWrite: persons are masked unless they are revealed, every page is written,
// and the audit log has each export.
func TestWrite(t *testing.T) {
	t.Parallel()
	const n = 501 // more than a page
	person := mockserver.Companies()[0].Idcard
	for _, ext := range []string{".csv", ".jsonl", ".JSONL"} {
		for _, reveal := range []bool{false, true} {
			l, home, seen := newLedger(t, n), t.TempDir(), 0
			e := export.Exporter{Messages: i18n.For("zh", nil), Ledger: l, Home: home}
			written, err := e.Write(t.Context(), lookup.Search{}, "~/x"+ext, reveal, func(n int) { seen = n })
			if written != n || seen != n || err != nil {
				t.Errorf("%s: got %d, %v and progress %d, want %d", ext, written, err, seen, n)
			}
			text, err := os.ReadFile(filepath.Join(home, "x"+ext))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(string(text), person); got != reveal {
				t.Errorf("%s: contains a person: got %t, want %t", ext, got, reveal)
			}
			events, err := l.AuditLog(t.Context(), 0)
			if err != nil {
				t.Fatal(err)
			}
			var actions []lookup.AuditAction
			for _, event := range events {
				actions = append(actions, event.Action)
			}
			want := []lookup.AuditAction{lookup.AuditExport}
			if reveal {
				want = append(want, lookup.AuditExportStarted)
			}
			if got := fmt.Sprint(actions[:len(want)]); got != fmt.Sprint(want) {
				t.Errorf("%s: got audit %s, want %s", ext, got, want)
			}
		}
	}
}

// TestUnaudited: without an entry in the audit log nobody is revealed. Masked, a
// ledger that cannot be written can still be exported.
func TestUnaudited(t *testing.T) {
	t.Parallel()
	full := &lookup.LedgerError{Problem: lookup.LedgerFull}
	for _, reveal := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "x.jsonl")
		e := export.Exporter{Messages: i18n.For("zh", nil), Ledger: faultyLedger{newLedger(t, 2), full}}
		_, err := e.Write(t.Context(), lookup.Search{}, path, reveal, func(int) {})
		if got := errors.Is(err, full); got != reveal {
			t.Errorf("reveal %t: got %v", reveal, err)
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) != reveal {
			t.Errorf("reveal %t: the file: %v", reveal, err)
		}
	}
}

// TestErrorText: every error of a file has its own text, with the path.
func TestErrorText(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	there := filepath.Join(dir, "there.csv")
	if err := os.WriteFile(there, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, w := range i18n.Languages() {
		e := export.Exporter{Messages: w, Ledger: newLedger(t, 1)}
		for path, want := range map[string]string{
			filepath.Join(dir, "x.txt"):       w.Records.BadExtension,
			"":                                w.Records.BadExtension,
			there:                             w.Records.Exists,
			filepath.Join(dir, "no", "x.csv"): w.Records.NoFolder,
		} {
			_, err := e.Write(t.Context(), lookup.Search{}, path, false, func(int) {})
			if got, want := export.ErrorText(w, err, path), fmt.Sprintf(want, path); got != want {
				t.Errorf("%q: got %q, want %q", path, got, want)
			}
		}
		denied := &fs.PathError{Op: "open", Err: fs.ErrPermission}
		if got, want := export.ErrorText(w, denied, "a\x1bb"), fmt.Sprintf(w.Records.Denied, "a␛b"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		missing := &lookup.LedgerError{Problem: lookup.LedgerFailed, Err: fs.ErrNotExist}
		if got, want := export.ErrorText(w, missing, "x"), w.ErrorText(missing); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestRecordReveal: the audit log has the ID under which the ledger has a lookup.
func TestRecordReveal(t *testing.T) {
	t.Parallel()
	l := newLedger(t, 1)
	reused := lookup.Record{ID: "new", Earlier: &lookup.Record{ID: "id-000"}}
	if err := lookup.RecordReveal(t.Context(), l, lookup.Record{ID: "own"}, reused); err != nil {
		t.Fatal(err)
	}
	events, err := l.AuditLog(t.Context(), 2)
	if err != nil || len(events) != 2 {
		t.Fatalf("got %d events, %v", len(events), err)
	}
	for i, want := range []string{"id-000", "own"} {
		if got := events[i]; got.ID != want || got.Action != lookup.AuditReveal {
			t.Errorf("got %s of %q, want a reveal of %q", got.Action, got.ID, want)
		}
	}
}
