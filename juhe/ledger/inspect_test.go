package ledger_test

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
	"fourfactor/juhe/lookup"
)

// tree is every file below a folder with its content, and every folder.
func tree(t *testing.T, dir string) map[string]string {
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

// unchanged runs do, which is to leave everything below a folder as it is.
func unchanged(t *testing.T, dir string, do func()) {
	t.Helper()
	before := tree(t, dir)
	do()
	if after := tree(t, dir); !maps.Equal(before, after) {
		t.Errorf("changed: %q, now %q", slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after)))
	}
}

// names are the paths of all that is below a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	return slices.Sorted(maps.Keys(tree(t, dir)))
}

// TestGlance: a look finds what is there and changes nothing.
func TestGlance(t *testing.T) {
	t.Parallel()
	for _, encryption := range []ledger.Encryption{ledger.EncryptionKeyfile, ledger.EncryptionNone} {
		dir := t.TempDir()
		o := options(dir)
		o.Encryption = encryption
		unchanged(t, dir, func() {
			if g, err := ledger.New(o).Inspect(t.Context()); err != nil || g != (ledger.Summary{}) {
				t.Errorf("%+v, %v", g, err)
			}
		})
		l := ledger.New(o)
		made(t, l, record(1, juhe.Match))
		made(t, l, record(2, juhe.Match))
		if _, err := l.RecordIntent(t.Context(), record(3, juhe.Match), always); err != nil {
			t.Fatal(err)
		}
		for _, when := range []string{"in use", "after"} {
			before := names(t, dir)
			g, err := ledger.New(o).Inspect(t.Context())
			if after := names(t, dir); !slices.Equal(before, after) {
				t.Errorf("%s: the files were %q and are %q", when, before, after)
			}
			if err != nil || !g.Exists || g.Lookups != 2 || g.Pending != 1 || !g.Newest.Equal(record(2, juhe.Match).At) || g.Size < 4096 {
				t.Errorf("%s: %+v, %v", when, g, err)
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
		}
		unchanged(t, dir, func() {
			if _, err := ledger.New(o).Inspect(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestGlanceKilled: what a killed process has left in the write-ahead log is
// seen.
func TestGlanceKilled(t *testing.T) {
	t.Parallel()
	o := begun(t)
	l := ledger.New(o)
	defer l.Close()
	made(t, l, record(2, juhe.Match))
	left := o
	left.Path = filepath.Join(t.TempDir(), "ledger.db")
	for _, end := range []string{"", "-wal", ".id"} {
		if err := os.WriteFile(left.Path+end, must(os.ReadFile(o.Path+end)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if g, err := ledger.New(left).Inspect(t.Context()); err != nil || g.Lookups != 2 {
		t.Errorf("%+v, %v", g, err)
	}
	stays := must(os.ReadFile(left.Path))
	if string(stays) != string(must(os.ReadFile(o.Path))) {
		t.Error("the database has changed")
	}
}

// TestGlanceOnNewKey: a key file is there before its ledger may be, but a bad one
// keeps it from being made.
func TestGlanceOnNewKey(t *testing.T) {
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
		unchanged(t, dir, func() {
			g, err := ledger.New(o).Inspect(t.Context())
			var problem *lookup.LedgerError
			if bad := errors.As(err, &problem) && problem.Problem == lookup.LedgerNoKey; g.Exists || bad == good {
				t.Errorf("%q: %+v, %v", text, g, err)
			}
		})
	}
}

// TestGlanceProblems: what keeps a ledger from being opened is told, and left
// as it is.
func TestGlanceProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(o *ledger.Options) error
		want  lookup.LedgerProblem
	}{
		"damaged":     {func(o *ledger.Options) error { return os.WriteFile(o.Path, []byte("this was a ledger"), 0o600) }, lookup.LedgerDamaged},
		"empty":       {func(o *ledger.Options) error { return os.Truncate(o.Path, 0) }, lookup.LedgerDamaged},
		"another key": {func(o *ledger.Options) error { return os.WriteFile(o.KeyFile, []byte(strings.Repeat("1f", 32)), 0o600) }, lookup.LedgerWrongKey},
		"no key":      {func(o *ledger.Options) error { return os.Remove(o.KeyFile) }, lookup.LedgerNoKey},
		"nowhere":     {func(o *ledger.Options) error { o.Path = ""; return nil }, lookup.LedgerNoPath},
		"a folder":    {func(o *ledger.Options) error { o.Path = filepath.Dir(o.Path); return nil }, lookup.LedgerFailed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := begun(t)
			dir := filepath.Dir(filepath.Dir(o.Path))
			if err := test.spoil(&o); err != nil {
				t.Fatal(err)
			}
			unchanged(t, dir, func() {
				var problem *lookup.LedgerError
				if _, err := ledger.New(o).Inspect(t.Context()); !errors.As(err, &problem) || problem.Problem != test.want || problem.QuarantinePath != "" {
					t.Errorf("%v, want %s", err, test.want)
				}
			})
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ledger.New(begun(t)).Inspect(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
