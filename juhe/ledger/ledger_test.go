package ledger_test

import (
	"path/filepath"
	"testing"
	"time"

	"fourfactor/juhe/ledger"
)

// options returns the options of a ledger in dir.
func options(dir string) ledger.Options {
	return ledger.Options{
		Path: filepath.Join(dir, "da ta+%20&#?", "ledger.db"), Encryption: ledger.EncryptionKeyfile, KeyFile: filepath.Join(dir, "config", "ledger.key"),
		Retention: 365 * 24 * time.Hour, User: "老王", Now: func() time.Time { return noon },
	}
}

// TestSuite runs the suite with and without encryption.
func TestSuite(t *testing.T) {
	t.Parallel()
	for _, encryption := range []ledger.Encryption{ledger.EncryptionKeyfile, ledger.EncryptionNone} {
		t.Run(string(encryption), func(t *testing.T) {
			t.Parallel()
			suite(t, func(t *testing.T) openFunc {
				o := options(t.TempDir())
				o.Encryption = encryption
				return func(t *testing.T) engine {
					l := ledger.New(o)
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
