package sqlite_test

import (
	"errors"
	"reflect"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// newSchema1Ledger creates a ledger with the first schema and a pending lookup.
func newSchema1Ledger(t *testing.T) sqlite.Options {
	t.Helper()
	o := options(t.TempDir())
	o.Encryption = sqlite.EncryptionNone
	l := sqlite.New(o)
	rec := ledgertest.NewRecord(1, juhe.Match)
	rec.Query.Factors[juhe.Entname] += "e\u0301" // decomposed; below it is composed
	ledgertest.MustRecord(t, l, rec)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite3.Open(o.Path)
	if err == nil {
		err = errors.Join(db.Exec(`DROP TABLE run; DROP TABLE run_row; DROP INDEX intent_same; DROP TABLE seen; DROP TABLE run_fault; DROP TABLE run_input;
			ALTER TABLE intent DROP COLUMN run; ALTER TABLE intent DROP COLUMN row; ALTER TABLE intent DROP COLUMN day;
			ALTER TABLE sent DROP COLUMN newest; ALTER TABLE sent DROP COLUMN accepted; ALTER TABLE sent DROP COLUMN back;
			ALTER TABLE lookup DROP COLUMN digest; ALTER TABLE lookup DROP COLUMN raw_digest; ALTER TABLE trace DROP COLUMN digest;
			UPDATE lookup SET same = 1; UPDATE sent SET count = 5;
			INSERT INTO intent VALUES ('20261123-110000-aaaaaaaa', 'gone', 1, 's', 'query', 0, 1, 'a', 'b', 'c', 'd', '');
			PRAGMA user_version=1`), db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestMigrate expects a ledger of the first schema to be migrated with all its content.
func TestMigrate(t *testing.T) {
	t.Parallel()
	o := newSchema1Ledger(t)
	l := sqlite.New(o)
	defer l.Close()
	if found := ledgertest.MustSearch(t, l, lookup.Search{}); len(found) != 2 {
		t.Errorf("got %v, want 2", len(found))
	}
	rec := ledgertest.NewRecord(1, juhe.Match)
	rec.Query.Factors[juhe.Entname] += "\u00e9"
	prior := ledgertest.MustPrior(t, l, rec)
	ledgertest.Check(t, "concluded lookups", len(prior.Concluded), 1)
	ledgertest.Check(t, "sent today", prior.SentToday, 5)
	ledgertest.Check(t, "newest", prior.LatestIntentAt.UTC(), rec.At)
	if id, err := l.CreateRun(t.Context(), ledgertest.NewRun(1), ""); id != 1 || err != nil {
		t.Errorf("got %v, %v, want 1", id, err)
	}
	ledgertest.MustRecord(t, l, ledgertest.NewRecord(2, juhe.Match))
	health := ledgertest.MustVerify(t, l)
	ledgertest.Check(t, "lookups", health.Lookups, 3)
	ledgertest.Check(t, "pending", health.Pending, 0)
}

// TestMigrateRuns expects the runs of a ledger of schema 4 to exist after the migration,
// and that they can be resumed.
func TestMigrateRuns(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	o.Encryption = sqlite.EncryptionNone
	l := sqlite.New(o)
	if _, err := l.CreateRun(t.Context(), ledgertest.NewRun(1), ""); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite3.Open(o.Path)
	if err == nil {
		err = errors.Join(db.Exec(`DROP TABLE run_fault; DROP TABLE run_input;
			ALTER TABLE lookup DROP COLUMN digest; ALTER TABLE lookup DROP COLUMN raw_digest; ALTER TABLE trace DROP COLUMN digest;
			ALTER TABLE run DROP COLUMN hold; ALTER TABLE run DROP COLUMN held; PRAGMA user_version=4`), db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	l = sqlite.New(o)
	defer l.Close()
	want := ledgertest.NewRun(1)
	want.ID = 1
	got, ok, err := l.Run(t.Context(), 1)
	if got.StartedAt = got.StartedAt.UTC(); err != nil || !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	want.HoldWarned, want.Held = true, 3
	if err := l.SaveRun(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got, _, err = l.Run(t.Context(), 1)
	if got.StartedAt = got.StartedAt.UTC(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestOldSchemaReadOnly expects a ledger that cannot be migrated to be readable.
func TestOldSchemaReadOnly(t *testing.T) {
	t.Parallel()
	o := newSchema1Ledger(t)
	d := newFaultyDisk(t)
	d.refuse = syscall.EROFS
	l := d.open(t, o, "FULL")
	if found := ledgertest.MustSearch(t, l, lookup.Search{Text: "晨星"}); len(found) != 1 {
		t.Errorf("got %v, want 1", len(found))
	}
	var problem *lookup.LedgerError
	if _, err := l.RecordIntent(t.Context(), ledgertest.NewRecord(2, juhe.Match), ledgertest.AllowAll); !errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly {
		t.Error(err)
	}
}
