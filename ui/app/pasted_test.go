package app_test

import (
	"path/filepath"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// TestPurgePastedAlone: a purge deletes the pasted rows of a run that has sent
// none.
func TestPurgePastedAlone(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.configure(t, "[ledger]\nencryption = \"none\"\n")
	l := sqlite.New(sqlite.Options{Path: filepath.Join(r.dataDir(), "ledger.db"), Encryption: sqlite.EncryptionNone, Now: time.Now})
	t.Cleanup(func() { l.Close() })
	id, err := l.CreateRun(t.Context(), lookup.Run{StartedAt: time.Now(), Query: juhe.Query{API: juhe.APIQuery}, Rows: 1}, "甲\t1\t乙\t2\n")
	if err != nil {
		t.Fatal(err)
	}
	assertResult(t, r.runAt(time.Now().Add(48*time.Hour), "", "history", "purge", "--older-than", "12h"), 0, nil, nil)
	if rows, ok, err := l.PastedRows(t.Context(), id); ok || err != nil {
		t.Errorf("got %q, %v, want no rows", rows, err)
	}
}
