package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != want {
		t.Errorf("%s has mode %v, not %v", path, info.Mode().Perm(), want)
	}
}

// open makes files with a mode that is too wide, in a folder of mode 0755 with
// the given name.
func open(t *testing.T, name string, files ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if err := os.WriteFile(filepath.Join(dir, file), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(dir, file), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestLoadTightens(t *testing.T) {
	t.Parallel()
	dir := open(t, "fourfactor", "config.toml", "key")
	path := filepath.Join(dir, "config.toml")
	c, err := Load(path, false, variables{}.get)
	if err != nil {
		t.Fatal(err)
	}
	want := []Note{{dir, 0o755, true}, {path, 0o644, true}, {filepath.Join(dir, "key"), 0o644, true}}
	if !reflect.DeepEqual(c.Notes, want) {
		t.Errorf("got  %v\nwant %v", c.Notes, want)
	}
	wantMode(t, dir, 0o700)
	wantMode(t, path, 0o600)
	wantMode(t, filepath.Join(dir, "key"), 0o600)
	if c, err = Load(path, false, variables{}.get); err != nil || len(c.Notes) > 0 {
		t.Errorf("again: %v, %v", c.Notes, err)
	}
}

func TestLoadTightensLedger(t *testing.T) {
	t.Parallel()
	dir := open(t, "fourfactor", "config.toml", "ledger.key")
	parts := []string{"ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db.id", "ledger.db.lock", "ledger.db.damaged-20261123-120000"}
	data := open(t, "fourfactor", parts...)
	env := variables{"XDG_DATA_HOME": filepath.Dir(data)}
	path := filepath.Join(dir, "config.toml")
	c, err := Load(path, false, env.get)
	if err != nil {
		t.Fatal(err)
	}
	want := []Note{{dir, 0o755, true}, {data, 0o755, true}, {path, 0o644, true}, {filepath.Join(dir, "ledger.key"), 0o644, true}}
	for _, file := range parts {
		want = append(want, Note{filepath.Join(data, file), 0o644, true})
	}
	if !reflect.DeepEqual(c.Notes, want) {
		t.Errorf("got  %v\nwant %v", c.Notes, want)
	}
	for _, note := range want {
		wantMode(t, note.Path, note.Mode&0o700)
	}
}

// Files that are named are tightened, the folder they are in is somebody's own.
func TestLoadTightensNamedLedger(t *testing.T) {
	t.Parallel()
	dir := open(t, "home", "config.toml", "l.db", "l.db-wal", "l.key")
	path := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(path, []byte("ledger = {path = 'l.db', key_file = 'l.key'}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path, true, variables{}.get); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"config.toml", "l.db", "l.db-wal", "l.key"} {
		wantMode(t, filepath.Join(dir, file), 0o600)
	}
	wantMode(t, dir, 0o755)
	if _, err := os.Stat(filepath.Join(dir, "l.db-shm")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// What serves twice is told once.
func TestRepairTellsOnce(t *testing.T) {
	t.Parallel()
	dir := open(t, "fourfactor", "config.toml", "both")
	both := filepath.Join(dir, "both")
	notes := repair(filepath.Join(dir, "config.toml"), Ledger{Path: both, KeyFile: both}, nil)
	if len(notes) != 3 {
		t.Error(notes)
	}
}

func TestLoadLeavesFoldersAlone(t *testing.T) {
	t.Parallel()
	dir := open(t, "home", "config.toml")
	if _, err := Load(filepath.Join(dir, "config.toml"), true, variables{}.get); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o755)

	link := filepath.Join(t.TempDir(), "fourfactor")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(filepath.Join(link, "config.toml"), true, variables{}.get); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o755)

	// A folder in the place of a key file is nobody's key.
	path := write(t, "config.toml", "juhe.key_file = '~/'")
	if _, err := Load(path, true, variables{"HOME": dir}.get); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o755)
}

func TestTightenFails(t *testing.T) {
	t.Parallel()
	path := filepath.Join(open(t, "x", "key"), "key")
	refuse := func(string, fs.FileMode) error { return fs.ErrPermission }
	note, ok := tighten(path, 0o600, refuse)
	if want := (Note{path, 0o644, false}); !ok || note != want {
		t.Errorf("got %v, %t", note, ok)
	}
	if note, ok := tighten("/dev/null", 0o600, refuse); ok {
		t.Errorf("got %v", note)
	}
}

func TestTightenNeverWidens(t *testing.T) {
	t.Parallel()
	path := filepath.Join(open(t, "x", "key"), "key")
	if err := os.Chmod(path, 0o440); err != nil {
		t.Fatal(err)
	}
	tighten(path, 0o600, os.Chmod)
	wantMode(t, path, 0o400)
}

func TestWriteExample(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "deep", "fourfactor", "config.toml")
	if err := WriteExample(path, "# first\n"); err != nil {
		t.Fatal(err)
	}
	wantMode(t, path, 0o600)
	wantMode(t, filepath.Dir(path), 0o700)
	if err := WriteExample(path, "# second\n"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("again: %v", err)
	}
	if text, err := os.ReadFile(path); string(text) != "# first\n" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if err := WriteExample(filepath.Join(path, "x"), ""); err == nil {
		t.Error("a file served as a folder")
	}
}

func TestWriteExampleInWideFolder(t *testing.T) {
	t.Parallel()
	ours, other := open(t, "fourfactor"), open(t, "home")
	for _, dir := range []string{ours, other} {
		if err := WriteExample(filepath.Join(dir, "config.toml"), ""); err != nil {
			t.Fatal(err)
		}
	}
	wantMode(t, ours, 0o700)
	wantMode(t, other, 0o755)
}
