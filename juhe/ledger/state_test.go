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

// begun is a ledger with one look-up, closed again.
func begun(t *testing.T) ledger.Options {
	t.Helper()
	o := options(t.TempDir())
	l := ledger.New(o)
	made(t, l, record(1, juhe.Match))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return o
}

// refuses expects every way into a ledger to give one problem, and the file to
// stay as it is.
func refuses(t *testing.T, o ledger.Options, want lookup.LedgerProblem) *lookup.LedgerError {
	t.Helper()
	before, _ := os.ReadFile(o.Path)
	l := ledger.New(o)
	var problem *lookup.LedgerError
	_, err := l.RecordIntent(t.Context(), record(2, juhe.Match), always)
	for _, err := range []error{err, l.Open(t.Context()), l.RecordOutcome(t.Context(), record(2, juhe.Match))} {
		if !errors.As(err, &problem) || problem.Problem != want {
			t.Fatalf("%v, want %s", err, want)
		}
	}
	if _, err := l.Search(t.Context(), lookup.Search{}); !errors.As(err, &problem) || problem.Problem != want {
		t.Fatalf("%v, want %s", err, want)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if after, _ := os.ReadFile(o.Path); problem.QuarantinePath == "" && !bytes.Equal(before, after) {
		t.Error("the file has changed")
	}
	return problem
}

// stillThere expects the look-up of begun.
func stillThere(t *testing.T, o ledger.Options) {
	t.Helper()
	l := ledger.New(o)
	defer l.Close()
	if found := find(t, l, lookup.Search{}); len(found) != 1 {
		t.Errorf("%+v", found)
	}
}

// TestWrongKey: another key, another way of encryption and a key that cannot
// be had are told, and nothing is touched.
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
			good := begun(t)
			held, err := os.ReadFile(good.KeyFile)
			if err != nil {
				t.Fatal(err)
			}
			bad := good
			if err := test.change(&bad); err != nil {
				t.Fatal(err)
			}
			refuses(t, bad, test.want)
			if err := os.WriteFile(good.KeyFile, held, 0o600); err != nil {
				t.Fatal(err)
			}
			stillThere(t, good)
		})
	}
}

// TestKeyCommand: a key that a command gives, in either case.
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

// TestKeyCommandRetried: a wrong answer is asked for again.
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

// TestDamaged: a damaged file is put aside as it is, nothing is recorded until
// the next start, and that makes a new one.
func TestDamaged(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func([]byte) []byte{
		"overwritten": func(b []byte) []byte { clear(b); return b },
		"first page":  func(b []byte) []byte { copy(b, "damage"); return b },
		"text":        func([]byte) []byte { return []byte("this was a ledger") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := begun(t)
			content, err := os.ReadFile(o.Path)
			if err != nil {
				t.Fatal(err)
			}
			content = damage(content)
			if err := os.WriteFile(o.Path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			problem := refuses(t, o, lookup.LedgerDamaged)
			aside, err := os.ReadFile(problem.QuarantinePath)
			if err != nil || !bytes.Equal(aside, content) {
				t.Errorf("%q: %v", problem.QuarantinePath, err)
			}
			l := ledger.New(o)
			defer l.Close()
			made(t, l, record(2, juhe.Match))
		})
	}
}

// TestDamagedLeft: whoever only reads leaves a damaged ledger where it is.
func TestDamagedLeft(t *testing.T) {
	t.Parallel()
	o := begun(t)
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
			t.Errorf("%s: %v", what, err)
		}
	}
	if left, err := os.ReadFile(o.Path); err != nil || !bytes.Equal(left, garbage) || len(l.Damaged()) != 0 {
		t.Errorf("%q, %v, %v", left, err, l.Damaged())
	}
}

// TestDamagedInUse: what another process works with stays where it is.
func TestDamagedInUse(t *testing.T) {
	t.Parallel()
	o := begun(t)
	other := ledger.New(o)
	defer other.Close()
	if err := other.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	content := must(os.ReadFile(o.Path))
	copy(content, "damage")
	if err := os.WriteFile(o.Path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if problem := refuses(t, o, lookup.LedgerDamaged); problem.QuarantinePath != "" {
		t.Errorf("put aside to %s", problem.QuarantinePath)
	}
}

// TestDamagedReplaced: a new ledger is not taken for the damaged one that was
// there before it.
func TestDamagedReplaced(t *testing.T) {
	t.Parallel()
	o := begun(t)
	late := ledger.New(o)
	defer late.Close()
	if err := os.WriteFile(o.Path, []byte("this was a ledger"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := late.Open(t.Context()); err == nil {
		t.Fatal("the damage is not seen")
	}
	refuses(t, o, lookup.LedgerDamaged) // another process puts it aside
	l := ledger.New(o)
	defer l.Close()
	made(t, l, record(2, juhe.Match))
	if _, err := late.RecordIntent(t.Context(), record(3, juhe.Match), always); err != nil {
		t.Error(err) // it is opened again
	}
	if found := find(t, l, lookup.Search{}); len(found) != 1 || found[0].ID != record(2, juhe.Match).ID {
		t.Errorf("%+v", found)
	}
}

// TestLinked: a ledger that is reached by a link is the same ledger, and what
// is under way there is.
func TestLinked(t *testing.T) {
	t.Parallel()
	o := begun(t)
	a := ledger.New(o)
	defer a.Close()
	rec := record(2, juhe.Match)
	if _, err := a.RecordIntent(t.Context(), rec, always); err != nil {
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
		if past, err := b.Prior(t.Context(), rec); err != nil || past.Pending == nil {
			t.Errorf("%s: %+v, %v", name, past, err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestKeyFileWhole: a key file is there with its key or not at all.
func TestKeyFileWhole(t *testing.T) {
	t.Parallel()
	o := begun(t)
	for _, dir := range []string{filepath.Dir(o.Path), filepath.Dir(o.KeyFile)} {
		if left, err := filepath.Glob(strings.ReplaceAll(dir, "?", "[?]") + "/.*"); len(left) > 0 || err != nil {
			t.Errorf("left: %v, %v", left, err)
		}
	}
	if key := must(os.ReadFile(o.KeyFile)); len(key) != 65 {
		t.Errorf("%d bytes", len(key))
	}
}

// TestIncomplete: an empty database, and a write-ahead log without one, are no
// new ledger.
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
			o := begun(t)
			if err := spoil(o.Path); err != nil {
				t.Fatal(err)
			}
			problem := refuses(t, o, lookup.LedgerDamaged)
			l := ledger.New(o)
			defer l.Close()
			if problem.QuarantinePath == "" || len(l.Damaged()) == 0 {
				t.Errorf("%+v, %v", problem, l.Damaged())
			}
			made(t, l, record(2, juhe.Match))
		})
	}
}

// TestRestored: a ledger and its key, put where others were before.
func TestRestored(t *testing.T) {
	t.Parallel()
	old, young := begun(t), begun(t)
	for from, to := range map[string]string{old.Path: young.Path, old.KeyFile: young.KeyFile} {
		if err := os.WriteFile(to, must(os.ReadFile(from)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stillThere(t, young)
	if !bytes.Equal(must(os.ReadFile(old.Path+".id")), must(os.ReadFile(young.Path+".id"))) {
		t.Error("the fingerprint is still that of the one before")
	}
	stillThere(t, young)
}

// foreign is the database of another program where a ledger should be.
func foreign(t *testing.T) ledger.Options {
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

// TestForeign: the database of another program is left alone.
func TestForeign(t *testing.T) {
	t.Parallel()
	refuses(t, foreign(t), lookup.LedgerFailed)
}

// TestMadeReadOnly: what was made read-only for a while works again.
func TestMadeReadOnly(t *testing.T) {
	t.Parallel()
	o := begun(t)
	for _, part := range []string{"-wal", "-shm"} { // as the engine leaves them then
		if err := os.WriteFile(o.Path+part, nil, 0o400); err != nil {
			t.Fatal(err)
		}
	}
	l := ledger.New(o)
	defer l.Close()
	made(t, l, record(2, juhe.Match))
	checkModes(t, filepath.Dir(o.Path))
}

// TestReadOnlyLog: a copy that can only be read is not read without its
// write-ahead log.
func TestReadOnlyLog(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := ledger.New(o)
	defer l.Close()
	made(t, l, record(1, juhe.Match))
	d := newDisk(t)
	d.refuse, d.noShared = syscall.EROFS, true
	copied := d.open(t, o, "FULL")
	page, err := copied.Search(t.Context(), lookup.Search{})
	if err == nil && len(page.Records) != 1 {
		t.Errorf("%d look-ups, and nothing is said", len(page.Records))
	}
	var problem *lookup.LedgerError
	if err != nil && (!errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly) {
		t.Error(err)
	}
}

// TestDamagedInside: a page in the middle is found by Verify, and crashes
// nothing. A look-up that meets it puts the ledger aside, and the next start
// makes a new one.
func TestDamagedInside(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	l := ledger.New(o)
	recs := matches(500)
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
			t.Errorf("of %d look-ups in %d damaged ledgers %d can be read", len(recs), images, total)
		}
	}()
	for at := page; at < len(content); at += 11 * page {
		damaged := bytes.Clone(content)
		copy(damaged[at:], bytes.Repeat([]byte("damage"), 100))
		bad := o
		bad.Path = filepath.Join(t.TempDir(), "ledger.db")
		for path, content := range map[string][]byte{bad.Path: damaged, bad.Path + ".id": must(os.ReadFile(o.Path + ".id"))} {
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
			t.Errorf("page %d: %d look-ups can be read, and %d are told not to be", at/page, salvaged, unreadable)
		}
		total += salvaged
		for _, text := range []string{"", "晨星", "张", "JH2026"} {
			if _, err := l.Search(t.Context(), lookup.Search{Text: text, Limit: 1000}); err != nil && !errors.As(err, &problem) {
				t.Errorf("page %d: %v", at/page, err)
			}
		}
		rec := record(1000, juhe.Match)
		_, err = l.RecordIntent(t.Context(), rec, always)
		if err == nil {
			err = l.RecordOutcome(t.Context(), rec)
		}
		l.Close()
		if err != nil {
			if !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged || problem.QuarantinePath == "" {
				t.Errorf("page %d: %v", at/page, err)
			}
			next := ledger.New(bad)
			made(t, next, rec)
			next.Close()
		}
	}
}

// readAll pages through a ledger. Where nothing can be read, all is unreadable.
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

// TestNewer: a ledger of a newer program is left alone.
func TestNewer(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	o.Encryption = ledger.EncryptionNone
	l := ledger.New(o)
	made(t, l, record(1, juhe.Match))
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
	refuses(t, o, lookup.LedgerNewer)
	version(ledger.Newest())
	stillThere(t, o)
}

// TestReadOnly: what cannot be written can still be read.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	o := begun(t)
	d := newDisk(t)
	d.refuse = syscall.EROFS
	l := d.open(t, o, "FULL")
	if found := find(t, l, lookup.Search{Text: "晨星"}); len(found) != 1 {
		t.Errorf("%+v", found)
	}
	if past, err := l.Prior(t.Context(), record(1, juhe.Match)); err != nil || len(past.Concluded) != 1 {
		t.Errorf("%+v, %v", past, err)
	}
	var problem *lookup.LedgerError
	if _, err := l.RecordIntent(t.Context(), record(2, juhe.Match), always); !errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly {
		t.Error(err)
	}
	if _, err := l.Delete(t.Context(), record(1, juhe.Match).ID); !errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly {
		t.Error(err)
	}
}

// TestReplaced: an open ledger that another process has put aside for a new
// one takes nothing more, and leaves the new one alone.
func TestReplaced(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	old := ledger.New(o)
	defer old.Close()
	made(t, old, record(1, juhe.Match))
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(o.Path+part, o.Path+".damaged"+part); err != nil {
			t.Fatal(err)
		}
	}
	l := ledger.New(o)
	defer l.Close()
	made(t, l, record(2, juhe.Match))
	var problem *lookup.LedgerError
	if _, err := old.RecordIntent(t.Context(), record(3, juhe.Match), always); !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged {
		t.Errorf("written to what was put aside: %v", err)
	}
	if err := old.Close(); err != nil {
		t.Error(err)
	}
	if got := ids(find(t, l, lookup.Search{})); len(got) != 1 || got[0] != record(2, juhe.Match).ID {
		t.Errorf("%v", got)
	}
	if h, err := l.Verify(t.Context()); err != nil || len(h.Problems) > 0 {
		t.Errorf("%+v, %v", h, err)
	}
}

// TestTidies: what a killed process has left of itself is taken away by the
// next one; a living one's stays.
func TestTidies(t *testing.T) {
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
		t.Errorf("%v, %v", entries, err)
	}
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
