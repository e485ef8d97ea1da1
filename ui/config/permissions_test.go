package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fourfactor/juhe/ledger/sqlite"
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

// open creates files with loose permissions in a folder with mode 0755 and the
// given name.
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

// read loads a valid config.
func read(t *testing.T, path string, explicit bool, env variables) *Config {
	t.Helper()
	c, err := Load(path, explicit, env.get)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// writeFiles writes files whose texts identify them as the program's.
func writeFiles(t *testing.T, texts map[string]string) {
	t.Helper()
	for path, text := range texts {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var aLedgerKey = strings.Repeat("0f", 32) + "\n"

func TestFixPermissions(t *testing.T) {
	t.Parallel()
	dir := open(t, "fourfactor", "config.toml", "key")
	path := filepath.Join(dir, "config.toml")
	writeFiles(t, map[string]string{filepath.Join(dir, "key"): "k\n"})
	c := read(t, path, false, nil)
	wantMode(t, path, 0o644) // to load changes nothing
	want := []PermissionFix{{dir, 0o755, true, false}, {path, 0o644, true, false}, {filepath.Join(dir, "key"), 0o644, true, false}}
	if got := c.CheckPermissions(sqlite.OwnFiles, false); len(got) != len(want) || got[1].Fixed || got[1].Ignored || got[1].Mode != 0o644 {
		t.Errorf("%v", got)
	}
	wantMode(t, path, 0o644) // nor to look
	if got := c.CheckPermissions(sqlite.OwnFiles, true); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	wantMode(t, dir, 0o700)
	wantMode(t, path, 0o600)
	wantMode(t, filepath.Join(dir, "key"), 0o600)
	if got := c.CheckPermissions(sqlite.OwnFiles, true); len(got) > 0 {
		t.Errorf("again: %v", got)
	}
}

func TestFixLedgerPermissions(t *testing.T) {
	t.Parallel()
	dir := open(t, "fourfactor", "config.toml", "ledger.key")
	parts := []string{
		"ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db.id", "ledger.db.lock", "ledger.db.reserve", "ledger.db.seen",
		"ledger.db.damaged-20261123-120000",
	}
	data := open(t, "fourfactor", parts...)
	path := filepath.Join(dir, "config.toml")
	writeFiles(t, map[string]string{filepath.Join(dir, "ledger.key"): aLedgerKey})
	c := read(t, path, false, variables{"XDG_DATA_HOME": filepath.Dir(data)})
	want := map[string]bool{dir: true, data: true, path: true, filepath.Join(dir, "ledger.key"): true}
	for _, file := range parts {
		want[filepath.Join(data, file)] = true
	}
	for _, note := range c.CheckPermissions(sqlite.OwnFiles, true) {
		if !want[note.Path] || !note.Fixed {
			t.Errorf("%v", note)
		}
		delete(want, note.Path)
		wantMode(t, note.Path, note.Mode&0o700)
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
}

// Configured files are tightened if their content identifies them; their folder is
// left alone.
func TestFixConfiguredFiles(t *testing.T) {
	t.Parallel()
	dir := open(t, "fourfactor", "config.toml", "l.db", "l.db-wal", "l.db.id", "l.key", "k", "o", "other.db", "other.key")
	path := filepath.Join(dir, "config.toml")
	ours := "[juhe]\nkey_file = 'k'\nopenid_file = 'o'\n[ledger]\npath = 'l.db'\nkey_file = 'l.key'\n"
	theirs := "[juhe]\nkey_file = 'other.key'\n[ledger]\npath = 'other.db'\nkey_file = 'other.key'\n"
	writeFiles(t, map[string]string{
		filepath.Join(dir, "l.db.id"): "0123456789abcdef\n", filepath.Join(dir, "l.key"): aLedgerKey,
		filepath.Join(dir, "k"): "k", filepath.Join(dir, "o"): "the openid of somebody", filepath.Join(dir, "other.key"): "root:x:0:0:root:/root:/bin/bash\nbin:x:1\n",
	})
	user := system()
	user.euid = 1000
	for text, want := range map[string]map[string]fs.FileMode{
		theirs:                {"config.toml": 0o600, "other.db": 0o644, "other.key": 0o644},
		ours:                  {"config.toml": 0o600, "l.db": 0o600, "l.db-wal": 0o600, "l.key": 0o600, "k": 0o600, "o": 0o644},
		"# nothing of ours\n": {"config.toml": 0o644},
	} {
		writeFiles(t, map[string]string{path: text})
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		read(t, path, true, nil).permissionFixes(user, sqlite.OwnFiles, true)
		for file, mode := range want {
			wantMode(t, filepath.Join(dir, file), mode)
		}
		wantMode(t, dir, 0o755)
	}
}

// TestFixAsRoot: root leaves configured files and the files of other users alone.
func TestFixAsRoot(t *testing.T) {
	t.Parallel()
	const somebody = 1234
	for _, test := range []struct {
		name       string
		explicit   bool
		owner      int
		config     string
		configMode fs.FileMode
		keyMode    fs.FileMode
	}{
		{"its own", false, 0, "", 0o600, 0o600},
		{"a user's home", false, somebody, "", 0o644, 0o644},
		{"named", true, 0, "[juhe]\nmethod = 'post'\n", 0o644, 0o644},
		{"a named key", false, 0, "[juhe]\nkey_file = 'key'\n", 0o600, 0o644},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := open(t, "fourfactor", "config.toml", "key")
			path := filepath.Join(dir, "config.toml")
			writeFiles(t, map[string]string{path: test.config, filepath.Join(dir, "key"): "k"})
			root := system()
			root.euid, root.owner = 0, func(fs.FileInfo) int { return test.owner }
			read(t, path, test.explicit, nil).permissionFixes(root, sqlite.OwnFiles, true)
			wantMode(t, path, test.configMode)
			wantMode(t, filepath.Join(dir, "key"), test.keyMode)
		})
	}
}

// TestFixIgnored: a file system that ignores changes is reported once, and
// without a change it is reported too.
func TestFixIgnored(t *testing.T) {
	t.Parallel()
	dir := open(t, "fourfactor", "config.toml", "key")
	writeFiles(t, map[string]string{filepath.Join(dir, "key"): "k"})
	p := system()
	p.chmod = func(string, fs.FileMode) error { return nil }
	p.storesModes = func(string) bool { return false }
	c := read(t, filepath.Join(dir, "config.toml"), false, nil)
	for _, change := range []bool{true, false} {
		if got := c.permissionFixes(p, sqlite.OwnFiles, change); len(got) != 1 || !got[0].Ignored || got[0].Fixed || got[0].Mode != 0o755 {
			t.Errorf("%t: %v", change, got)
		}
	}
}

// TestInvalidFile: an invalid config in the default place is tightened too.
func TestInvalidFile(t *testing.T) {
	t.Parallel()
	dir := open(t, "fourfactor", "config.toml")
	if got := InvalidFile(filepath.Join(dir, "config.toml")).CheckPermissions(sqlite.OwnFiles, true); len(got) != 2 {
		t.Errorf("%v", got)
	}
	wantMode(t, filepath.Join(dir, "config.toml"), 0o600)
}

func TestLeavesFoldersAlone(t *testing.T) {
	t.Parallel()
	dir := open(t, "home", "config.toml")
	read(t, filepath.Join(dir, "config.toml"), false, nil).CheckPermissions(sqlite.OwnFiles, true)
	wantMode(t, dir, 0o755)

	link := filepath.Join(t.TempDir(), "fourfactor")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	read(t, filepath.Join(link, "config.toml"), false, nil).CheckPermissions(sqlite.OwnFiles, true)
	wantMode(t, dir, 0o755)

	// A folder in place of a key file is not a key.
	path := write(t, "config.toml", "juhe.key_file = '~/'")
	read(t, path, true, variables{"HOME": dir}).CheckPermissions(sqlite.OwnFiles, true)
	wantMode(t, dir, 0o755)
}

// TestAmong: root creates no file in another user's folder, nor in a new folder there.
func TestAmong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, where := range []string{dir, filepath.Join(dir, "a", "b")} {
		for _, test := range []struct {
			euid, owner int
			want        bool
		}{{0, 0, false}, {0, 1234, true}, {1234, 1234, false}, {1234, 0, false}} {
			p := system()
			p.euid, p.owner = test.euid, func(fs.FileInfo) int { return test.owner }
			if got := p.belongsToOther(where); got != test.want {
				t.Errorf("%s, %+v: got %t", where, test, got)
			}
		}
	}
}

func TestFixFails(t *testing.T) {
	t.Parallel()
	path := filepath.Join(open(t, "x", "key"), "key")
	p := system()
	p.chmod = func(string, fs.FileMode) error { return fs.ErrPermission }
	note, ok := p.loose(path, 0o600)
	if note = p.tighten(note, 0o600); !ok || note != (PermissionFix{path, 0o644, false, false}) {
		t.Errorf("got %v, %t", note, ok)
	}
	if note, ok := p.loose("/dev/null", 0o600); ok {
		t.Errorf("got %v", note)
	}
}

func TestFixNeverWidens(t *testing.T) {
	t.Parallel()
	path := filepath.Join(open(t, "x", "key"), "key")
	if err := os.Chmod(path, 0o440); err != nil {
		t.Fatal(err)
	}
	note, _ := system().loose(path, 0o600)
	system().tighten(note, 0o600)
	wantMode(t, path, 0o400)
}

func TestCreateConfig(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "deep", "fourfactor", "config.toml")
	if err := CreateAll(NewFile{path, "# first\n"}); err != nil {
		t.Fatal(err)
	}
	wantMode(t, path, 0o600)
	wantMode(t, filepath.Dir(path), 0o700)
	if err := CreateAll(NewFile{path, "# second\n"}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("again: %v", err)
	}
	if text, err := os.ReadFile(path); string(text) != "# first\n" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if err := CreateAll(NewFile{filepath.Join(path, "x"), ""}); err == nil {
		t.Error("a file served as a folder")
	}
}

func TestCreateInWideFolder(t *testing.T) {
	t.Parallel()
	ours, other := open(t, "fourfactor"), open(t, "home")
	for _, dir := range []string{ours, other} {
		if err := CreateAll(NewFile{filepath.Join(dir, "config.toml"), ""}); err != nil {
			t.Fatal(err)
		}
	}
	wantMode(t, ours, 0o755) // a folder that bears our name need not be ours
	wantMode(t, other, 0o755)
}
