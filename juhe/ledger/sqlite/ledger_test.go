package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"fourfactor/juhe/ledger/sqlite"
)

// options returns the options of a ledger in dir.
func options(dir string) sqlite.Options {
	return sqlite.Options{
		Path: filepath.Join(dir, "da ta+%20&#?", "ledger.db"), Encryption: sqlite.EncryptionKeyfile, KeyFile: filepath.Join(dir, "config", "ledger.key"),
		Retention: 365 * 24 * time.Hour, User: "老王", Now: func() time.Time { return noon },
	}
}

// TestSuite runs the suite with and without encryption.
func TestSuite(t *testing.T) {
	t.Parallel()
	for _, encryption := range []sqlite.Encryption{sqlite.EncryptionKeyfile, sqlite.EncryptionNone} {
		t.Run(string(encryption), func(t *testing.T) {
			t.Parallel()
			suite(t, func(t *testing.T) openFunc {
				o := options(t.TempDir())
				o.Encryption = encryption
				return func(t *testing.T) engine {
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
