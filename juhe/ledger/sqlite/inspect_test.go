package sqlite_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// readTree returns the content of each file below a folder, by path.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			all[path] = "folder"
			return err
		}
		content, err := os.ReadFile(path)
		all[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// assertUnchanged runs do and checks that it changes nothing below a folder.
func assertUnchanged(t *testing.T, dir string, do func()) {
	t.Helper()
	before := readTree(t, dir)
	do()
	if after := readTree(t, dir); !maps.Equal(before, after) {
		t.Errorf("changed: %q, now %q", slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after)))
	}
}

// pathsIn returns all paths below a folder.
func pathsIn(t *testing.T, dir string) []string {
	t.Helper()
	return slices.Sorted(maps.Keys(readTree(t, dir)))
}

// TestInspect expects the state of the ledger, and that no file changes.
func TestInspect(t *testing.T) {
	t.Parallel()
	for _, encryption := range []sqlite.Encryption{sqlite.EncryptionKeyfile, sqlite.EncryptionNone} {
		dir := t.TempDir()
		o := options(dir)
		o.Encryption = encryption
		assertUnchanged(t, dir, func() {
			if sum, err := sqlite.New(o).Inspect(t.Context()); err != nil || sum != (ledger.Inspection{}) {
				t.Errorf("got %+v, %v", sum, err)
			}
		})
		l := sqlite.New(o)
		ledgertest.MustRecord(t, l, ledgertest.NewRecord(1, juhe.Match))
		ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
		if _, err := l.RecordIntent(t.Context(), ledgertest.NewRecord(3, juhe.Match), ledgertest.AllowAll); err != nil {
			t.Fatal(err)
		}
		for _, when := range []string{"in use", "after"} {
			before := pathsIn(t, dir)
			sum, err := sqlite.New(o).Inspect(t.Context())
			if after := pathsIn(t, dir); !slices.Equal(before, after) {
				t.Errorf("%s: the files were %q and are %q", when, before, after)
			}
			if err != nil {
				t.Fatal(err)
			}
			if sum.Size < 4096 {
				t.Errorf("%s: got size %d, want at least 4096", when, sum.Size)
			}
			sum.Size, sum.Newest = 0, sum.Newest.UTC()
			ledgertest.Check(t, when, sum, ledger.Inspection{Exists: true, Encrypted: encryption != sqlite.EncryptionNone, Lookups: 2, Pending: 1, Newest: ledgertest.NewRecord(2, juhe.Match).At})
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
		}
		assertUnchanged(t, dir, func() {
			if _, err := sqlite.New(o).Inspect(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestInspectAfterKill expects Inspect to read the write-ahead log of a killed process.
func TestInspectAfterKill(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	l := sqlite.New(o)
	defer l.Close()
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
	left := o
	left.Path = filepath.Join(t.TempDir(), "ledger.db")
	for _, end := range []string{"", "-wal", ".id"} {
		if err := os.WriteFile(left.Path+end, mustRead(os.ReadFile(o.Path+end)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if sum, err := sqlite.New(left).Inspect(t.Context()); err != nil || sum.Lookups != 2 {
		t.Errorf("got %v, %v, want 2", sum.Lookups, err)
	}
	stays := mustRead(os.ReadFile(left.Path))
	if string(stays) != string(mustRead(os.ReadFile(o.Path))) {
		t.Error("the database has changed")
	}
}

// TestInspectKeyFile expects a key file without a database to be no error, unless it has
// no key.
func TestInspectKeyFile(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{strings.Repeat("1f", 32): true, "": false, "not a key": false} {
		dir := t.TempDir()
		o := options(dir)
		if err := os.MkdirAll(filepath.Dir(o.KeyFile), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(o.KeyFile, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		assertUnchanged(t, dir, func() {
			sum, err := sqlite.New(o).Inspect(t.Context())
			var problem *lookup.LedgerError
			if bad := errors.As(err, &problem) && problem.Problem == lookup.LedgerNoEncryptionKey; sum.Exists || bad == good {
				t.Errorf("%q: got %+v, %v", text, sum, err)
			}
		})
	}
}

// TestInspectProblems expects the error that keeps a ledger from being opened, and that
// no file changes.
func TestInspectProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(o *sqlite.Options) error
		want  lookup.LedgerProblem
	}{
		"damaged":     {func(o *sqlite.Options) error { return os.WriteFile(o.Path, []byte("this was a ledger"), 0o600) }, lookup.LedgerDamaged},
		"empty":       {func(o *sqlite.Options) error { return os.Truncate(o.Path, 0) }, lookup.LedgerDamaged},
		"another key": {func(o *sqlite.Options) error { return os.WriteFile(o.KeyFile, []byte(strings.Repeat("1f", 32)), 0o600) }, lookup.LedgerWrongKey},
		"no key":      {func(o *sqlite.Options) error { return os.Remove(o.KeyFile) }, lookup.LedgerNoEncryptionKey},
		"nowhere":     {func(o *sqlite.Options) error { o.Path = ""; return nil }, lookup.LedgerNowhere},
		"a folder":    {func(o *sqlite.Options) error { o.Path = filepath.Dir(o.Path); return nil }, lookup.LedgerFailed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newClosedLedger(t)
			dir := filepath.Dir(filepath.Dir(o.Path))
			if err := test.spoil(&o); err != nil {
				t.Fatal(err)
			}
			assertUnchanged(t, dir, func() {
				var problem *lookup.LedgerError
				if _, err := sqlite.New(o).Inspect(t.Context()); !errors.As(err, &problem) || problem.Problem != test.want || problem.MovedTo != "" {
					t.Errorf("got %v, want %s", err, test.want)
				}
			})
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sqlite.New(newClosedLedger(t)).Inspect(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestInspectKeyCommand expects Inspect not to run the command for the key of a database.
func TestInspectKeyCommand(t *testing.T) {
	t.Parallel()
	o := newClosedLedger(t)
	o.Encryption = sqlite.EncryptionCommand
	o.KeyCommand = func(context.Context) (string, error) { t.Error("the command has run"); return "", nil }
	sum, err := sqlite.New(o).Inspect(t.Context())
	if want := (ledger.Inspection{Exists: true, Encrypted: true, Unread: true}); err != nil || sum != want {
		t.Errorf("got %+v, %v, want %+v", sum, err, want)
	}
}
