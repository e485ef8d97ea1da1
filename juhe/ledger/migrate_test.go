package ledger_test

import (
	"errors"
	"reflect"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// older makes a ledger one of the first schema, with an intent under way.
func older(t *testing.T) ledger.Options {
	t.Helper()
	o := options(t.TempDir())
	o.Encryption = ledger.EncryptionNone
	l := ledger.New(o)
	rec := record(1, juhe.Match)
	rec.Query.Entname += "e\u0301" // as it was typed, and is not typed again
	made(t, l, rec)
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

// TestOlder: a ledger of an older program is brought up to date, with all that
// is in it.
func TestOlder(t *testing.T) {
	t.Parallel()
	o := older(t)
	l := ledger.New(o)
	defer l.Close()
	if found := find(t, l, lookup.Search{}); len(found) != 2 {
		t.Errorf("%+v", found)
	}
	rec := record(1, juhe.Match)
	rec.Query.Entname += "\u00e9"
	past, err := l.Prior(t.Context(), rec)
	if err != nil || len(past.Concluded) != 1 || past.SentToday != 5 || !past.NewestAt.Equal(rec.At) {
		t.Errorf("the guard has forgotten: %+v, %v", past, err)
	}
	if id, err := l.CreateRun(t.Context(), aRun(1), ""); id != 1 || err != nil {
		t.Error(id, err)
	}
	made(t, l, record(2, juhe.Match))
	if h, err := l.Verify(t.Context()); err != nil || len(h.Problems) > 0 || h.Lookups != 3 || h.Pending != 0 {
		t.Errorf("%+v, %v", h, err)
	}
}

// TestOlderRuns: runs of a ledger of the fourth schema are there afterwards, and can
// be gone on with.
func TestOlderRuns(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	o.Encryption = ledger.EncryptionNone
	l := ledger.New(o)
	if _, err := l.CreateRun(t.Context(), aRun(1), ""); err != nil {
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
	l = ledger.New(o)
	defer l.Close()
	want := aRun(1)
	want.ID = 1
	got, ok, err := l.Run(t.Context(), 1)
	if got.StartedAt = got.StartedAt.UTC(); err != nil || !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v, %v", got, want, err)
	}
	want.HoldWarned, want.Held = true, 3
	if err := l.SaveRun(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got, _, err = l.Run(t.Context(), 1)
	if got.StartedAt = got.StartedAt.UTC(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestOlderReadOnly: where it cannot be brought up to date it can be read.
func TestOlderReadOnly(t *testing.T) {
	t.Parallel()
	o := older(t)
	d := newDisk(t)
	d.refuse = syscall.EROFS
	l := d.open(t, o, "FULL")
	if found := find(t, l, lookup.Search{Text: "晨星"}); len(found) != 1 {
		t.Errorf("%+v", found)
	}
	var problem *lookup.LedgerError
	if _, err := l.RecordIntent(t.Context(), record(2, juhe.Match), always); !errors.As(err, &problem) || problem.Problem != lookup.LedgerReadOnly {
		t.Error(err)
	}
}
