package sqlite_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// newClosedLedger creates a ledger with one lookup and closes it.
func newClosedLedger(t *testing.T) sqlite.Options {
	t.Helper()
	o := options(t.TempDir())
	l := sqlite.New(o)
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(1, juhe.Match))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return o
}

// assertRefuses expects every call to return the same problem and the database not to
// change.
func assertRefuses(t *testing.T, o sqlite.Options, want lookup.LedgerProblem) *lookup.LedgerError {
	t.Helper()
	before, _ := os.ReadFile(o.Path)
	l := sqlite.New(o)
	var problem *lookup.LedgerError
	_, err := l.RecordIntent(t.Context(), ledgertest.NewRecord(2, juhe.Match), ledgertest.AllowAll)
	for _, err := range []error{err, l.Open(t.Context()), l.RecordOutcome(t.Context(), ledgertest.NewRecord(2, juhe.Match))} {
		if !errors.As(err, &problem) || problem.Problem != want {
			t.Fatalf("got %v, want %s", err, want)
		}
	}
	if _, err := l.Search(t.Context(), lookup.Search{}); !errors.As(err, &problem) || problem.Problem != want {
		t.Fatalf("got %v, want %s", err, want)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if after, _ := os.ReadFile(o.Path); problem.MovedTo == "" && !bytes.Equal(before, after) {
		t.Error("the file has changed")
	}
	return problem
}

// assertIntact expects the lookup of newClosedLedger.
func assertIntact(t *testing.T, o sqlite.Options) {
	t.Helper()
	l := sqlite.New(o)
	defer l.Close()
	if found := ledgertest.MustSearch(t, l, lookup.Search{}); len(found) != 1 {
		t.Errorf("got %v, want 1", len(found))
	}
}

// TestSymbolicLink expects a ledger to be the same through a symbolic link.
func TestSymbolicLink(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	a := sqlite.New(o)
	defer a.Close()
	rec := ledgertest.NewRecord(2, juhe.Match)
	if _, err := a.RecordIntent(t.Context(), rec, ledgertest.AllowAll); err != nil {
		t.Fatal(err)
	}
	for name, link := range map[string]string{"file": o.Path, "folder": filepath.Dir(o.Path)} {
		linked := o
		linked.Path = filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(link, linked.Path); err != nil {
			t.Fatal(err)
		}
		if name == "folder" {
			linked.Path = filepath.Join(linked.Path, filepath.Base(o.Path))
		}
		b := sqlite.New(linked)
		if prior, err := b.Prior(t.Context(), rec); err != nil || prior.Pending == nil {
			t.Errorf("%s: got %+v, %v", name, prior, err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestReplacedWithKey replaces a ledger along with its key and expects the new one to work.
func TestReplacedWithKey(t *testing.T) {
	t.Parallel()
	old, newer := newClosedLedger(t), newClosedLedger(t)
	for from, to := range map[string]string{old.Path: newer.Path, old.KeyFile: newer.KeyFile} {
		if err := os.WriteFile(to, mustRead(os.ReadFile(from)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	assertIntact(t, newer)
	if !bytes.Equal(mustRead(os.ReadFile(old.Path+".id")), mustRead(os.ReadFile(newer.Path+".id"))) {
		t.Error("the fingerprint is still that of the one before")
	}
	assertIntact(t, newer)
}

// newOtherProgramsDatabase creates the database of another program at the path of the ledger.
func newOtherProgramsDatabase(t *testing.T) sqlite.Options {
	t.Helper()
	o := options(t.TempDir())
	o.Encryption = sqlite.EncryptionNone
	if err := os.MkdirAll(filepath.Dir(o.Path), 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite3.Open(o.Path)
	if err == nil {
		err = errors.Join(db.Exec("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)"), db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestOtherProgramsDatabase expects the database of another program not to change.
func TestOtherProgramsDatabase(t *testing.T) {
	t.Parallel()
	assertRefuses(t, newOtherProgramsDatabase(t), lookup.LedgerFailed)
}

// TestReadOnlyBefore expects a database to work that was read-only for a while.
func TestReadOnlyBefore(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	for _, part := range []string{"-wal", "-shm"} { // as the engine leaves them then
		if err := os.WriteFile(o.Path+part, nil, 0o400); err != nil {
			t.Fatal(err)
		}
	}
	l := sqlite.New(o)
	defer l.Close()
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
	assertPrivateModes(t, filepath.Dir(o.Path))
}

// TestReadOnlyLog expects a read-only copy not to be read without its write-ahead log.
func TestReadOnlyLog(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := sqlite.New(o)
	defer l.Close()
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(1, juhe.Match))
	d := newFaultyDisk(t)
	d.refuse, d.noShared = syscall.EROFS, true
	copied := d.open(t, o, "FULL")
	page, err := copied.Search(t.Context(), lookup.Search{})
	if err == nil && len(page.Records) != 1 {
		t.Errorf("got %d lookups and no error, want 1", len(page.Records))
	}
	var problem *lookup.LedgerError
	if err != nil && (!errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly) {
		t.Error(err)
	}
}

// TestNewer expects the database of a newer version not to change.
func TestNewer(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	o.Encryption = sqlite.EncryptionNone
	l := sqlite.New(o)
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(1, juhe.Match))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	version := func(n string) {
		db, err := sqlite3.Open(o.Path)
		if err == nil {
			err = errors.Join(db.Exec("PRAGMA user_version="+n), db.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	version("1000")
	assertRefuses(t, o, lookup.LedgerNewer)
	version(sqlite.NewestSchema())
	assertIntact(t, o)
}

// TestReadOnly expects a database that cannot be written to be readable.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	d := newFaultyDisk(t)
	d.refuse = syscall.EROFS
	l := d.open(t, o, "FULL")
	if found := ledgertest.MustSearch(t, l, lookup.Search{Text: "晨星"}); len(found) != 1 {
		t.Errorf("got %v, want 1", len(found))
	}
	if prior, err := l.Prior(t.Context(), ledgertest.NewRecord(1, juhe.Match)); err != nil || len(prior.Concluded) != 1 {
		t.Errorf("got %v, %v, want 1", len(prior.Concluded), err)
	}
	var problem *lookup.LedgerError
	if _, err := l.RecordIntent(t.Context(), ledgertest.NewRecord(2, juhe.Match), ledgertest.AllowAll); !errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly {
		t.Error(err)
	}
	if _, err := l.Delete(t.Context(), ledgertest.NewRecord(1, juhe.Match).ID); !errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly {
		t.Error(err)
	}
}

// TestReplaced expects a ledger whose database was moved while it was open to record
// nothing more, and to leave the new database alone.
func TestReplaced(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	old := sqlite.New(o)
	defer old.Close()
	ledgertest.MustRecord(t, old, ledgertest.NewRecord(1, juhe.Match))
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(o.Path+part, o.Path+".damaged"+part); err != nil {
			t.Fatal(err)
		}
	}
	l := sqlite.New(o)
	defer l.Close()
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
	var problem *lookup.LedgerError
	if _, err := old.RecordIntent(t.Context(), ledgertest.NewRecord(3, juhe.Match), ledgertest.AllowAll); !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged {
		t.Errorf("written to what was put aside: %v", err)
	}
	if err := old.Close(); err != nil {
		t.Error(err)
	}
	if got := ledgertest.RecordIDs(ledgertest.MustSearch(t, l, lookup.Search{})); len(got) != 1 || got[0] != ledgertest.NewRecord(2, juhe.Match).ID {
		t.Errorf("got %v", got)
	}
	ledgertest.MustVerify(t, l)
}

// TestRemovesDeadLocks expects the lock files of dead processes to be removed, and those
// of live ones to stay.
func TestRemovesDeadLocks(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	alive := sqlite.New(o)
	defer alive.Close()
	if err := alive.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(o.Path+".alive", "killed")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := sqlite.New(o)
	defer l.Close()
	if err := l.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(o.Path + ".alive")
	if err != nil || len(entries) != 2 {
		t.Errorf("got %v, %v, want 2", len(entries), err)
	}
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
