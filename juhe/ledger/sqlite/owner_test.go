package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// TestRootLeavesLedgersOfOthers expects root to create no file in the folder of another
// user and to report why. Root can use its own ledger, and each user theirs.
func TestRootLeavesLedgersOfOthers(t *testing.T) {
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
				o = newClosedLedger(t)
			}
			l := sqlite.New(o)
			defer l.Close()
			l.SetIdentity(test.euid, test.owner)
			before, _ := os.ReadDir(filepath.Dir(o.Path))
			_, err := l.RecordIntent(t.Context(), ledgertest.NewRecord(2, juhe.Match), ledgertest.AllowAll)
			_, inspectErr := l.Inspect(t.Context())
			for _, err := range []error{err, l.Open(t.Context()), inspectErr} {
				problem := (*lookup.LedgerError)(nil)
				refused := errors.As(err, &problem) && problem.Problem == lookup.LedgerOtherOwner
				if refused != test.refused || err != nil && !refused {
					t.Errorf("got %v", err)
				}
			}
			if after, _ := os.ReadDir(filepath.Dir(o.Path)); test.refused && len(after) != len(before) {
				t.Errorf("root has left %v", after)
			}
		})
	}
}

// TestOtherProgramsPermissions expects the permissions of the database of another program to stay.
func TestOtherProgramsPermissions(t *testing.T) {
	t.Parallel()
	o := newOtherProgramsDatabase(t)
	if err := os.Chmod(o.Path, 0o644); err != nil {
		t.Fatal(err)
	}
	assertRefuses(t, o, lookup.LedgerFailed)
	if info, err := os.Stat(o.Path); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("got %v, %v, want %v", info.Mode().Perm(), err, os.FileMode(0o644))
	}
}
