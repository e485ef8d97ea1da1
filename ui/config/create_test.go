package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestMissing(t *testing.T) {
	t.Parallel()
	file := write(t, "elsewhere", "from-file")
	for _, tt := range []struct {
		name, lines string
		env         variables
		want        string // the end of the path; empty if it is not missing
	}{
		{"nothing", "", nil, "key"},
		{"named, not there", "key_file = 'deep/mine'", nil, "deep/mine"},
		{"named below a file", "key_file = '" + file + "/mine'", nil, "elsewhere/mine"},
		{"named", "key_file = '" + file + "'", nil, ""},
		{"variable", "", variables{"JUHE_KEY": "k"}, ""},
		{"config", "key = 'k'", nil, ""},
		{"command", commandLine("key_command", "fail"), nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := load(t, "[juhe]\n"+tt.lines, tt.env)
			path, missing := c.Juhe.Key.Missing()
			if missing != (tt.want != "") || missing && (!filepath.IsAbs(path) || path[len(path)-len(tt.want):] != tt.want) {
				t.Errorf("%q, %t", path, missing)
			}
		})
	}
}

func TestCreateAll(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "deep", "fourfactor")
	key, openid := filepath.Join(dir, "key"), filepath.Join(dir, "openid")
	if err := CreateAll(NewFile{openid, "o\n"}, NewFile{key, "k\n"}); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o700)
	for path, want := range map[string]string{key: "k\n", openid: "o\n"} {
		wantMode(t, path, 0o600)
		if text, err := os.ReadFile(path); string(text) != want || err != nil {
			t.Errorf("%q, %v", text, err)
		}
	}
	wantFiles(t, dir, "key", "openid")
}

// TestCreateAllOrNone: after an error no new file is left, and what existed is
// unchanged: a file, a folder, a dangling link.
func TestCreateAllOrNone(t *testing.T) {
	t.Parallel()
	for name, there := range map[string]func(path string) error{
		"a file":   func(path string) error { return os.WriteFile(path, []byte(marker), 0o600) },
		"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"a link":   func(path string) error { return os.Symlink("nowhere", path) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			key := filepath.Join(dir, "key")
			if err := there(key); err != nil {
				t.Fatal(err)
			}
			before, _ := os.Lstat(key)
			err := CreateAll(NewFile{filepath.Join(dir, "openid"), "o"}, NewFile{key, "k"})
			var at *fs.PathError
			if !errors.Is(err, fs.ErrExist) || !errors.As(err, &at) || at.Path != key {
				t.Errorf("%v", err)
			}
			after, _ := os.Lstat(key)
			if !os.SameFile(before, after) || before.Size() != after.Size() {
				t.Error("what was there is not as it was")
			}
			wantFiles(t, dir, "key")
		})
	}
}

// TestCreateAllNowhere: an error names the file, and is not ErrExist if the folder
// cannot be created.
func TestCreateAllNowhere(t *testing.T) {
	t.Parallel()
	file := write(t, "file", "")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink("nowhere", link); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "deep"), link, filepath.Join(link, "deep")} {
		path := filepath.Join(dir, "key")
		var at *fs.PathError
		if err := CreateAll(NewFile{path, marker}); errors.Is(err, fs.ErrExist) || !errors.As(err, &at) || at.Path != path {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

// TestWithChoices: only the chosen keys of the example change.
func TestWithChoices(t *testing.T) {
	t.Parallel()
	for _, tt := range [][2]string{{"", ""}, {"en", ""}, {"", "light"}, {"zh", "mono"}} {
		c, d := loadOver(t, WithChoices(example(t), tt[0], tt[1]))
		if tt[0] != "" {
			d.Language = tt[0]
		}
		if tt[1] != "" {
			d.UI.Theme = tt[1]
		}
		if c.Language != d.Language || c.UI != d.UI || c.Guard != d.Guard {
			t.Errorf("%v: %q, %+v", tt, c.Language, c.UI)
		}
	}
}

// wantFiles fails unless a folder contains exactly these files.
func wantFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}
