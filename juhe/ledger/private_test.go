package ledger_test

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/standin"
)

// contents reads every file below a folder.
func contents(t *testing.T, dir string) map[string][]byte {
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

// holding lists the files that hold any of some values.
func holding(t *testing.T, dir string, values []string) (paths []string) {
	t.Helper()
	for path, content := range contents(t, dir) {
		for _, value := range values {
			if bytes.Contains(content, []byte(value)) {
				paths = append(paths, path+": "+value)
			}
		}
	}
	return paths
}

// TestPrivate: no value of a look-up stands in any file in plain.
func TestPrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var mu sync.Mutex
	var values []string
	service := standin.New(standin.Key, standin.Openid)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		for _, name := range []string{"entname", "entmark", "realname", "idcard"} {
			values = append(values, r.FormValue(name)) // cipher texts
		}
		mu.Unlock()
		service.ServeHTTP(w, r)
	}))
	defer server.Close()
	client, err := juhe.New(juhe.Options{BaseURL: server.URL, Timeout: time.Minute, Key: secret(standin.Key), Openid: secret(standin.Openid)})
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(options(dir))
	desk := lookup.NewDesk(client, l, lookup.Guard{}, time.Now)
	companies := standin.Companies()
	values = append(values, standin.Key, standin.Openid)
	for n := range 1000 {
		q := juhe.Query{API: juhe.APIs()[n%3], Regstatus: true}
		q.Factors = companies[n%len(companies)].Factors(q.API)
		values = append(values, q.Realname, q.Idcard)
		if rec, err := desk.Do(t.Context(), q, lookup.Consent{Again: true}); err != nil || rec.Unsaved != nil {
			t.Fatal(err, rec.Unsaved)
		}
		if n == 500 { // while it is in use
			if found := holding(t, dir, values); len(found) > 0 {
				t.Fatal(found)
			}
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if found := holding(t, dir, values); len(found) > 0 {
		t.Error(found)
	}
}

// TestDeletedForGood: what was deleted or purged is in no file, even of a
// ledger without encryption, while the ledger is still in use.
func TestDeletedForGood(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	o := options(dir)
	o.Encryption = ledger.None
	l := ledger.New(o)
	defer l.Close()
	rec := record(7, juhe.Match)
	rec.At = noon
	rec.Reply.Raw, rec.Reply.Reason = `{"echo":"`+rec.Query.Idcard+`"}`, "张三丰 的记录"
	old := record(8, juhe.Match)
	old.At = noon.AddDate(-1, 0, 0)
	values := func(rec lookup.Record) []string {
		q := rec.Query
		return []string{q.Entname, q.Entmark, q.Realname, q.Idcard, rec.Reply.Orderid, "zhangsanfeng"}
	}
	made(t, l, rec)
	made(t, l, old)
	for n := range 50 {
		other := record(100+n, juhe.Mismatch)
		other.Query.Realname = "李四"
		made(t, l, other)
	}
	if found := holding(t, dir, values(rec)); len(found) == 0 {
		t.Fatal("nothing is found before deleting: the test cannot see a leak")
	}
	if n, err := l.Delete(t.Context(), rec.ID); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if n, err := l.Purge(t.Context(), noon.AddDate(0, -1, 0)); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if found := holding(t, dir, append(values(rec), values(old)...)); len(found) > 0 {
		t.Error(found)
	}
}

// TestModes: only the owner can get at the files, whatever the umask. It is
// not parallel: the umask is the process's.
func TestModes(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077} {
		dir := t.TempDir()
		before := syscall.Umask(umask)
		l := ledger.New(options(dir))
		if _, err := l.Intend(t.Context(), record(1, juhe.Match), always); err != nil {
			t.Error(err)
		}
		find(t, l, lookup.Search{})
		checkModes(t, dir)
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		checkModes(t, dir)
		syscall.Umask(before)
	}
}

func checkModes(t *testing.T, dir string) {
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
