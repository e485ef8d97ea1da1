package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// newClosedLedger creates a ledger with one lookup and closes it.
func newClosedLedger(t *testing.T) ledger.Options {
	t.Helper()
	o := options(t.TempDir())
	l := ledger.New(o)
	mustRecord(t, l, newRecord(1, juhe.Match))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return o
}

// assertRefuses expects every call to return the same problem and the database not to
// change.
func assertRefuses(t *testing.T, o ledger.Options, want lookup.LedgerProblem) *lookup.LedgerError {
	t.Helper()
	before, _ := os.ReadFile(o.Path)
	l := ledger.New(o)
	var problem *lookup.LedgerError
	_, err := l.RecordIntent(t.Context(), newRecord(2, juhe.Match), allowAll)
	for _, err := range []error{err, l.Open(t.Context()), l.RecordOutcome(t.Context(), newRecord(2, juhe.Match))} {
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
	if after, _ := os.ReadFile(o.Path); problem.QuarantinePath == "" && !bytes.Equal(before, after) {
		t.Error("the file has changed")
	}
	return problem
}

// assertIntact expects the lookup of newClosedLedger.
func assertIntact(t *testing.T, o ledger.Options) {
	t.Helper()
	l := ledger.New(o)
	defer l.Close()
	if found := mustSearch(t, l, lookup.Search{}); len(found) != 1 {
		t.Errorf("got %v, want 1", len(found))
	}
}

// TestWrongKey expects a wrong or missing key to be reported and no file to change.
func TestWrongKey(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("1f", 32)
	command := func(text string, err error) func(context.Context) (string, error) {
		return func(context.Context) (string, error) { return text, err }
	}
	for name, test := range map[string]struct {
		change func(o *ledger.Options) error
		want   lookup.LedgerProblem
	}{
		"another key file": {func(o *ledger.Options) error { return os.WriteFile(o.KeyFile, []byte(key), 0o600) }, lookup.LedgerWrongKey},
		"no key file":      {func(o *ledger.Options) error { return os.Remove(o.KeyFile) }, lookup.LedgerNoKey},
		"no key in it":     {func(o *ledger.Options) error { return os.WriteFile(o.KeyFile, []byte(key[1:]), 0o600) }, lookup.LedgerNoKey},
		"none":             {func(o *ledger.Options) error { o.Encryption = ledger.EncryptionNone; return nil }, lookup.LedgerWrongKey},
		"another command": {func(o *ledger.Options) error {
			o.Encryption, o.KeyCommand = ledger.EncryptionCommand, command(key+"\n", nil)
			return nil
		}, lookup.LedgerWrongKey},
		"a failing command": {func(o *ledger.Options) error {
			o.Encryption, o.KeyCommand = ledger.EncryptionCommand, command("", errors.New("locked"))
			return nil
		}, lookup.LedgerNoKey},
		"another key, no fingerprint": {func(o *ledger.Options) error {
			return errors.Join(os.WriteFile(o.KeyFile, []byte(key), 0o600), os.Remove(o.Path+".id"))
		}, lookup.LedgerWrongKey},
		"a folder": {func(o *ledger.Options) error { o.Path = filepath.Dir(o.Path); return nil }, lookup.LedgerFailed},
		"nowhere":  {func(o *ledger.Options) error { o.Path = ""; return nil }, lookup.LedgerNoPath},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			good := newClosedLedger(t)
			held, err := os.ReadFile(good.KeyFile)
			if err != nil {
				t.Fatal(err)
			}
			bad := good
			if err := test.change(&bad); err != nil {
				t.Fatal(err)
			}
			assertRefuses(t, bad, test.want)
			if err := os.WriteFile(good.KeyFile, held, 0o600); err != nil {
				t.Fatal(err)
			}
			assertIntact(t, good)
		})
	}
}

// TestKeyCommand expects the key of a command to work in either case.
func TestKeyCommand(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	o.Encryption = ledger.EncryptionCommand
	for _, key := range []string{strings.Repeat("ab", 32), strings.Repeat("AB", 32) + "\n"} {
		asked := 0
		o.KeyCommand = func(context.Context) (string, error) { asked++; return key, nil }
		l := ledger.New(o)
		if _, err := l.Search(t.Context(), lookup.Search{}); err != nil || asked != 1 {
			t.Errorf("%v, asked %d times", err, asked)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(o.KeyFile); err == nil {
		t.Error("a key file was made")
	}
}

// TestKeyCommandRetried expects the command to run again after a wrong key.
func TestKeyCommandRetried(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	answers := []string{"the agent is locked", strings.Repeat("ab", 32)}
	o.Encryption = ledger.EncryptionCommand
	o.KeyCommand = func(context.Context) (string, error) {
		answer := answers[0]
		answers = answers[1:]
		return answer, nil
	}
	l := ledger.New(o)
	defer l.Close()
	if err := l.Open(t.Context()); err == nil {
		t.Error("that was no key")
	}
	if err := l.Open(t.Context()); err != nil {
		t.Error(err)
	}
}

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
			aside, err := os.ReadFile(problem.QuarantinePath)
			if err != nil || !bytes.Equal(aside, content) {
				t.Errorf("%q: got %v", problem.QuarantinePath, err)
			}
			l := ledger.New(o)
			defer l.Close()
			mustRecord(t, l, newRecord(2, juhe.Match))
		})
	}
}

// TestDamagedStays expects calls that only read to leave a damaged database where it is.
func TestDamagedStays(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	garbage := []byte("this was a ledger")
	if err := os.WriteFile(o.Path, garbage, 0o600); err != nil {
		t.Fatal(err)
	}
	l := ledger.New(o)
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
		if !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged || problem.QuarantinePath != "" {
			t.Errorf("%s: got %v", what, err)
		}
	}
	if left, err := os.ReadFile(o.Path); err != nil || !bytes.Equal(left, garbage) || len(l.HistoryLosses()) != 0 {
		t.Errorf("got %q, %v, %v", left, err, l.HistoryLosses())
	}
}

// TestDamagedInUse expects a damaged database that another process has open to stay.
func TestDamagedInUse(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	other := ledger.New(o)
	defer other.Close()
	if err := other.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	content := mustRead(os.ReadFile(o.Path))
	copy(content, "damage")
	if err := os.WriteFile(o.Path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if problem := assertRefuses(t, o, lookup.LedgerDamaged); problem.QuarantinePath != "" {
		t.Errorf("put aside to %s", problem.QuarantinePath)
	}
}

// TestDamagedReplaced expects a new database not to be taken for the damaged one before
// it.
func TestDamagedReplaced(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	late := ledger.New(o)
	defer late.Close()
	if err := os.WriteFile(o.Path, []byte("this was a ledger"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := late.Open(t.Context()); err == nil {
		t.Fatal("the damage is not reported")
	}
	assertRefuses(t, o, lookup.LedgerDamaged) // another process moves it
	l := ledger.New(o)
	defer l.Close()
	mustRecord(t, l, newRecord(2, juhe.Match))
	if _, err := late.RecordIntent(t.Context(), newRecord(3, juhe.Match), allowAll); err != nil {
		t.Error(err) // the new database is opened
	}
	if found := mustSearch(t, l, lookup.Search{}); len(found) != 1 || found[0].ID != newRecord(2, juhe.Match).ID {
		t.Errorf("got %+v", found)
	}
}

// TestLinked expects a ledger to be the same through a symbolic link.
func TestLinked(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	a := ledger.New(o)
	defer a.Close()
	rec := newRecord(2, juhe.Match)
	if _, err := a.RecordIntent(t.Context(), rec, allowAll); err != nil {
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
		b := ledger.New(linked)
		if prior, err := b.Prior(t.Context(), rec); err != nil || prior.Pending == nil {
			t.Errorf("%s: got %+v, %v", name, prior, err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestKeyFileComplete expects the key file to be complete and no temporary file to be
// left.
func TestKeyFileComplete(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	for _, dir := range []string{filepath.Dir(o.Path), filepath.Dir(o.KeyFile)} {
		if left, err := filepath.Glob(strings.ReplaceAll(dir, "?", "[?]") + "/.*"); len(left) > 0 || err != nil {
			t.Errorf("left: %v, %v", left, err)
		}
	}
	if key := mustRead(os.ReadFile(o.KeyFile)); len(key) != 65 {
		t.Errorf("got %d bytes, want 65", len(key))
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
			l := ledger.New(o)
			defer l.Close()
			if problem.QuarantinePath == "" || len(l.HistoryLosses()) == 0 {
				t.Errorf("got %+v, %v", problem, l.HistoryLosses())
			}
			mustRecord(t, l, newRecord(2, juhe.Match))
		})
	}
}

// TestReplacedWithKey expects a ledger to work that replaces another one along with its
// key.
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

// newForeignDatabase creates the database of another program at the path of the ledger.
func newForeignDatabase(t *testing.T) ledger.Options {
	t.Helper()
	o := options(t.TempDir())
	o.Encryption = ledger.EncryptionNone
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

// TestForeign expects the database of another program not to change.
func TestForeign(t *testing.T) {
	t.Parallel()
	assertRefuses(t, newForeignDatabase(t), lookup.LedgerFailed)
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
	l := ledger.New(o)
	defer l.Close()
	mustRecord(t, l, newRecord(2, juhe.Match))
	assertPrivateModes(t, filepath.Dir(o.Path))
}

// TestReadOnlyLog expects a read-only copy not to be read without its write-ahead log.
func TestReadOnlyLog(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := ledger.New(o)
	defer l.Close()
	mustRecord(t, l, newRecord(1, juhe.Match))
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

// TestDamagedInside damages one page after another. Verify finds it. A lookup that meets
// it moves the database aside, and the next process creates a new one.
func TestDamagedInside(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := ledger.New(o)
	recs := newMatches(500)
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
		l := ledger.New(bad)
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
		rec := newRecord(1000, juhe.Match)
		_, err = l.RecordIntent(t.Context(), rec, allowAll)
		if err == nil {
			err = l.RecordOutcome(t.Context(), rec)
		}
		l.Close()
		if err != nil {
			if !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged || problem.QuarantinePath == "" {
				t.Errorf("page %d: %v", at/page, err)
			}
			next := ledger.New(bad)
			mustRecord(t, next, rec)
			next.Close()
		}
	}
}

// readAll counts the lookups that can be read and those that cannot.
func readAll(l *ledger.Ledger) (read, unreadable int) {
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

// TestNewer expects the database of a newer version not to change.
func TestNewer(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	o.Encryption = ledger.EncryptionNone
	l := ledger.New(o)
	mustRecord(t, l, newRecord(1, juhe.Match))
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
	version(ledger.NewestSchema())
	assertIntact(t, o)
}

// TestReadOnly expects a database that cannot be written to be readable.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	d := newFaultyDisk(t)
	d.refuse = syscall.EROFS
	l := d.open(t, o, "FULL")
	if found := mustSearch(t, l, lookup.Search{Text: "晨星"}); len(found) != 1 {
		t.Errorf("got %v, want 1", len(found))
	}
	if prior, err := l.Prior(t.Context(), newRecord(1, juhe.Match)); err != nil || len(prior.Concluded) != 1 {
		t.Errorf("got %v, %v, want 1", len(prior.Concluded), err)
	}
	var problem *lookup.LedgerError
	if _, err := l.RecordIntent(t.Context(), newRecord(2, juhe.Match), allowAll); !errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly {
		t.Error(err)
	}
	if _, err := l.Delete(t.Context(), newRecord(1, juhe.Match).ID); !errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly {
		t.Error(err)
	}
}

// TestReplaced expects a ledger whose database was moved while it was open to record
// nothing more, and to leave the new database alone.
func TestReplaced(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	old := ledger.New(o)
	defer old.Close()
	mustRecord(t, old, newRecord(1, juhe.Match))
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(o.Path+part, o.Path+".damaged"+part); err != nil {
			t.Fatal(err)
		}
	}
	l := ledger.New(o)
	defer l.Close()
	mustRecord(t, l, newRecord(2, juhe.Match))
	var problem *lookup.LedgerError
	if _, err := old.RecordIntent(t.Context(), newRecord(3, juhe.Match), allowAll); !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged {
		t.Errorf("written to what was put aside: %v", err)
	}
	if err := old.Close(); err != nil {
		t.Error(err)
	}
	if got := recordIDs(mustSearch(t, l, lookup.Search{})); len(got) != 1 || got[0] != newRecord(2, juhe.Match).ID {
		t.Errorf("got %v", got)
	}
	mustVerify(t, l)
}

// TestRemovesDeadLocks expects the lock files of dead processes to be removed, and those
// of live ones to stay.
func TestRemovesDeadLocks(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	alive := ledger.New(o)
	defer alive.Close()
	if err := alive.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(o.Path+".alive", "killed")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := ledger.New(o)
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
