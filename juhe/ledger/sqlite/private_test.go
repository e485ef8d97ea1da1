package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// readFiles reads every file below a folder.
func readFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		all[path], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	return all
}

// filesContaining lists the files that contain one of some values.
func filesContaining(t *testing.T, dir string, values []string) (paths []string) {
	t.Helper()
	for path, content := range readFiles(t, dir) {
		for _, value := range values {
			if bytes.Contains(content, []byte(value)) {
				paths = append(paths, path+": "+value)
			}
		}
	}
	return paths
}

// TestPrivate expects no file to contain a value of a lookup in plain text.
func TestPrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var mu sync.Mutex
	var values []string
	service := mockserver.New(mockserver.Key, mockserver.Openid)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		for _, name := range []string{"entname", "entmark", "realname", "idcard"} {
			values = append(values, r.FormValue(name)) // cipher texts
		}
		mu.Unlock()
		service.ServeHTTP(w, r)
	}))
	defer server.Close()
	client := juhetest.NewClient(t, juhetest.ClientOptions(server.URL))
	l := sqlite.New(options(dir))
	verifier := lookup.New(client, l, lookup.Guard{}, time.Now)
	companies := mockserver.Companies()
	values = append(values, mockserver.Key, mockserver.Openid)
	for n := range 1000 {
		q := juhe.Query{API: juhe.APIs()[n%3], Regstatus: true}
		q.Factors = companies[n%len(companies)].Factors(q.API)
		values = append(values, q.Factors[juhe.Realname], q.Factors[juhe.Idcard])
		if rec, err := verifier.Do(t.Context(), q, lookup.Consent{Unconditional: true}); err != nil || rec.RecordErr != nil {
			t.Fatal(err, rec.RecordErr)
		}
		if n == 500 { // while it is in use
			if found := filesContaining(t, dir, values); len(found) > 0 {
				t.Fatalf("got values in %q, want none", found)
			}
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if found := filesContaining(t, dir, values); len(found) > 0 {
		t.Errorf("got values in %q, want none", found)
	}
}

// TestDeletedForGood expects no file to contain what was deleted or purged, even without
// encryption, while the ledger is in use.
func TestDeletedForGood(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	o := options(dir)
	o.Encryption = sqlite.EncryptionNone
	l := sqlite.New(o)
	defer l.Close()
	rec := ledgertest.NewRecord(7, juhe.Match)
	rec.At = ledgertest.Noon
	rec.Reply.Raw, rec.Reply.Reason = `{"echo":"`+rec.Query.Factors[juhe.Idcard]+`"}`, "张三丰 的记录"
	old := ledgertest.NewRecord(8, juhe.Match)
	old.At = ledgertest.Noon.AddDate(-1, 0, 0)
	values := func(rec lookup.Record) []string {
		q := rec.Query
		return []string{q.Factors[juhe.Entname], q.Factors[juhe.Entmark], q.Factors[juhe.Realname], q.Factors[juhe.Idcard], rec.Reply.Orderid, "zhangsanfeng"}
	}
	ledgertest.MustRecord(t, l, rec)
	ledgertest.MustRecord(t, l, old)
	for n := range 50 {
		other := ledgertest.NewRecord(100+n, juhe.Mismatch)
		other.Query.Factors[juhe.Realname] = "李四"
		ledgertest.MustRecord(t, l, other)
	}
	if found := filesContaining(t, dir, values(rec)); len(found) == 0 {
		t.Fatal("nothing is found before deleting: the test cannot see a leak")
	}
	if n, err := l.Delete(t.Context(), rec.ID); err != nil || n != 1 {
		t.Fatalf("got %v, %v, want 1", n, err)
	}
	if n, err := l.Purge(t.Context(), ledgertest.Noon.AddDate(0, -1, 0)); err != nil || n != 1 {
		t.Fatalf("got %v, %v, want 1", n, err)
	}
	if found := filesContaining(t, dir, append(values(rec), values(old)...)); len(found) > 0 {
		t.Errorf("got values in %q, want none", found)
	}
}

// TestPastedDeleted expects pasted rows to be deleted with the history, even without
// encryption.
func TestPastedDeleted(t *testing.T) {
	t.Parallel()
	const rows = "北京晨星\t91110108551385082Q\t欧阳示例\t110105198801010011\n"
	values := []string{"欧阳示例", "110105198801010011"}
	for name, drop := range map[string]func(*sqlite.Ledger, lookup.RunID) error{
		"delete": func(l *sqlite.Ledger, id lookup.RunID) error {
			rec := ledgertest.NewRecord(1, juhe.Match)
			rec.RowRef = lookup.RowRef{Run: id, Row: 1}
			ledgertest.MustRecord(t, l, rec)
			_, err := l.Delete(t.Context(), rec.ID)
			return err
		},
		"purge": func(l *sqlite.Ledger, _ lookup.RunID) error {
			_, err := l.Purge(t.Context(), ledgertest.Noon.Add(time.Hour))
			return err
		},
	} {
		dir := t.TempDir()
		o := options(dir)
		o.Encryption = sqlite.EncryptionNone
		l := sqlite.New(o)
		id, err := l.CreateRun(t.Context(), ledgertest.NewRun(1), rows)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok, err := l.PastedRows(t.Context(), id); got != rows || !ok || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
		if err := drop(l, id); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := l.PastedRows(t.Context(), id); ok || err != nil {
			t.Errorf("%s: it is still there, %v", name, err)
		}
		if paths := filesContaining(t, dir, values); len(paths) > 0 {
			t.Errorf("%s: got %q", name, paths)
		}
		l.Close()
	}
}

// TestDeletedFromSplitPages expects no file to contain copies that a page split has left
// behind.
func TestDeletedFromSplitPages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	o := options(dir)
	o.Encryption = sqlite.EncryptionNone
	l := sqlite.New(o)
	defer l.Close()
	random := rand.New(rand.NewPCG(1, 1))
	var ids, values []string
	var recs []lookup.Record
	for n := range 1200 { // the second half comes between the first
		rec := ledgertest.NewRecord(n, juhe.Match)
		rec.At = ledgertest.Noon.Add(time.Duration(n%600)*time.Second + time.Duration(n/600)*500*time.Millisecond)
		rec.Query.Factors[juhe.Idcard] = fmt.Sprintf("ID%016d", random.Int64N(1e16))
		rec.Query.Factors[juhe.Realname] = fmt.Sprintf("NAME%012d", random.Int64N(1e12))
		rec.Reply.Raw = strings.Repeat("x", 200+random.IntN(200))
		if random.IntN(3) == 0 {
			ids, values = append(ids, rec.ID), append(values, rec.Query.Factors[juhe.Idcard], rec.Query.Factors[juhe.Realname])
		}
		recs = append(recs, rec)
	}
	for _, half := range [][]lookup.Record{recs[:600], recs[600:]} {
		if _, err := l.Import(t.Context(), half); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := l.Delete(t.Context(), ids...); err != nil || n != len(ids) {
		t.Fatalf("got %v, %v, want %v", n, err, len(ids))
	}
	if found := filesContaining(t, dir, values); len(found) > 0 {
		t.Error(len(found), found[0])
	}
}

// TestPurgeInterrupted expects an interrupted purge to be in the audit log, and the next
// purge to complete it, in the search index too.
func TestPurgeInterrupted(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	o.Encryption, o.Retention = sqlite.EncryptionNone, time.Hour
	d := newFaultyDisk(t)
	l := d.open(t, o, "FULL")
	var recs []lookup.Record
	for n := range 2000 {
		rec := ledgertest.NewRecord(n, juhe.Match)
		rec.At = ledgertest.Noon.AddDate(0, 0, -1).Add(time.Duration(n) * time.Second)
		recs = append(recs, rec)
	}
	if _, err := l.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	n := 0
	for writes := 20; n == 0; writes *= 2 {
		ctx, cancel := context.WithCancel(t.Context())
		left := writes
		d.mu.Lock()
		d.written = func() {
			if left--; left == 0 {
				cancel()
			}
		}
		d.mu.Unlock()
		n, _ = l.Purge(ctx, ledgertest.Noon)
		cancel()
	}
	if n == len(recs) {
		t.Fatal("it was not interrupted")
	}
	events, err := l.AuditLog(t.Context(), 0)
	if err != nil || len(events) != 1 || events[0].Count != n {
		t.Errorf("%d purged, %+v, %v", n, events, err)
	}
	if isIndexCompacted(t, o) {
		t.Error("the index has no deleted entries: the test cannot see what it should")
	}
	if one, err := l.Delete(t.Context(), recs[1999].ID); err != nil || one != 1 || isIndexCompacted(t, o) {
		t.Error("the deletion has turned secure delete on: ", one, err)
	}
	if rest, err := l.Purge(t.Context(), ledgertest.Noon); err != nil || n+rest+1 != len(recs) || !isIndexCompacted(t, o) {
		t.Errorf("got %d and %d purged, %v", n, rest, err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

// isIndexCompacted reports whether the search index holds no deleted entries.
func isIndexCompacted(t *testing.T, o sqlite.Options) (clean bool) {
	t.Helper()
	db, err := sqlite3.Open(o.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s, _, err := db.Prepare("SELECT v FROM gram_config WHERE k = 'secure-delete'")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return s.Step() && s.ColumnInt(0) == 1
}

// TestModes expects all files to be private, whatever the umask. It is not parallel,
// because the umask is that of the process.
func TestModes(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077} {
		dir := t.TempDir()
		before := syscall.Umask(umask)
		l := sqlite.New(options(dir))
		if _, err := l.RecordIntent(t.Context(), ledgertest.NewRecord(1, juhe.Match), ledgertest.AllowAll); err != nil {
			t.Error(err)
		}
		ledgertest.MustSearch(t, l, lookup.Search{})
		assertPrivateModes(t, dir)
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		assertPrivateModes(t, dir)
		syscall.Umask(before)
	}
}

func assertPrivateModes(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := e.Info()
		want := fs.FileMode(0o600)
		if e.IsDir() {
			want = fs.ModeDir | 0o700
		}
		if files++; err == nil && info.Mode() != want {
			t.Errorf("%s: %s", path, info.Mode())
		}
		return err
	})
	if err != nil || files < 5 {
		t.Error(files, err)
	}
}
