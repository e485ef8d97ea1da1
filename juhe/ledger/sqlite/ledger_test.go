package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"fourfactor/juhe/ledger"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
)

// options returns the options of a ledger in dir.
func options(dir string) sqlite.Options {
	return sqlite.Options{
		Path: filepath.Join(dir, "da ta+%20&#?", "ledger.db"), Encryption: sqlite.EncryptionKeyfile, KeyFile: filepath.Join(dir, "config", "ledger.key"),
		Retention: 365 * 24 * time.Hour, User: "老王", Now: func() time.Time { return ledgertest.Noon },
	}
}

// TestSuite runs the suite with and without encryption.
func TestSuite(t *testing.T) {
	t.Parallel()
	for _, encryption := range []sqlite.Encryption{sqlite.EncryptionKeyfile, sqlite.EncryptionNone} {
		t.Run(string(encryption), func(t *testing.T) {
			t.Parallel()
			ledgertest.Run(t, func(t *testing.T, test ledgertest.Options) ledgertest.Open {
				o := options(t.TempDir())
				o.Encryption, o.Retention, o.Now = encryption, test.Retention, test.Now
				return func(t *testing.T) ledger.Ledger {
					l := sqlite.New(o)
					t.Cleanup(func() {
						if err := l.Close(); err != nil {
							t.Error(err)
						}
					})
					return l
				}
			})
		})
	}
}
