package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// TestRootLeavesOthersLedgers: root makes no file beside a user's database, nor
// among a user's files, and says why; its own ledger, and that of the user who
// runs it, work.
func TestRootLeavesOthersLedgers(t *testing.T) {
	t.Parallel()
	const somebody = 1234
	for name, test := range map[string]struct {
		there       bool
		euid, owner int
		refused     bool
	}{
		"root, a user's ledger": {true, 0, somebody, true},
		"root, a user's folder": {false, 0, somebody, true},
		"root, its own":         {true, 0, 0, false},
		"root, the first":       {false, 0, 0, false},
		"a user":                {true, somebody, somebody, false},
		"another user's group":  {true, somebody, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(t.TempDir())
			if test.there {
				o = begun(t)
			}
			l := ledger.New(o)
			defer l.Close()
			l.SetUsers(test.euid, test.owner)
			before, _ := os.ReadDir(filepath.Dir(o.Path))
			_, err := l.RecordIntent(t.Context(), record(2, juhe.Match), always)
			_, glanced := l.Inspect(t.Context())
			for _, err := range []error{err, l.Open(t.Context()), glanced} {
				problem := (*lookup.LedgerError)(nil)
				refused := errors.As(err, &problem) && problem.Problem == lookup.LedgerOtherOwner
				if refused != test.refused || err != nil && !refused {
					t.Errorf("%v", err)
				}
			}
			if after, _ := os.ReadDir(filepath.Dir(o.Path)); test.refused && len(after) != len(before) {
				t.Errorf("root has left %v", after)
			}
		})
	}
}

// TestForeignModes: the permissions of a database that is not ours stay.
func TestForeignModes(t *testing.T) {
	t.Parallel()
	o := foreign(t)
	if err := os.Chmod(o.Path, 0o644); err != nil {
		t.Fatal(err)
	}
	refuses(t, o, lookup.LedgerFailed)
	if info, err := os.Stat(o.Path); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
