package atomicfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe/atomicfile"
)

// assertFiles checks the names of the files of a folder.
func assertFiles(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got files %q, want %q", got, want)
	}
}

func assertText(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func assertMode(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("got mode %o, want 600", got)
	}
}

func create(t *testing.T, path, text string) *atomicfile.File {
	t.Helper()
	f, err := atomicfile.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
	return f
}

func commit(t *testing.T, f *atomicfile.File) {
	t.Helper()
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestCommit(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "历史.csv")
	f := create(t, path, "a")
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before Commit: got %v, want %v", err, fs.ErrNotExist)
	}
	commit(t, f)
	assertText(t, path, "a")
	assertMode(t, path)
	assertFiles(t, folder, "历史.csv")
}

func TestDiscard(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	create(t, filepath.Join(folder, "a.csv"), "a").Discard()
	assertFiles(t, folder)
}

// TestNeverReplaces: a file that was there before or came meanwhile stays, and so
// does a link to nowhere.
func TestNeverReplaces(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, link := filepath.Join(folder, "a.csv"), filepath.Join(folder, "link.csv")
	f := create(t, path, "new")
	hidden, err := atomicfile.CreateTemp(path, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(folder, "nowhere"), link); err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func() error{
		"Commit":           f.Commit,
		"Commit with name": hidden.Commit,
		"Write":            func() error { return atomicfile.Write(path, "new") },
		"Write to link":    func() error { return atomicfile.Write(link, "new") },
	} {
		if err := write(); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: got %v, want %v", name, err, fs.ErrExist)
		}
	}
	assertText(t, path, "old")
	assertFiles(t, folder, "a.csv", "link.csv")
}

func TestMissingFolder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "none", "a.csv")
	if _, err := atomicfile.Create(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Create: got %v, want %v", err, fs.ErrNotExist)
	}
	if err := atomicfile.Check(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Check: got %v, want %v", err, fs.ErrNotExist)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := atomicfile.Check(filepath.Join(folder, "a.csv")); err != nil {
		t.Error(err)
	}
	if err := atomicfile.Check(filepath.Join(folder, strings.Repeat("x", 300))); err == nil {
		t.Error("a name of 300 characters: got no error")
	}
	assertFiles(t, folder)
}

// TestReplace: the old file stays until the new one is complete, and nothing
// else is left.
func TestReplace(t *testing.T) {
	t.Parallel()
	for name, replace := range map[string]func(string) (*atomicfile.File, error){
		"as the system supports": atomicfile.Replace,
		"with a temporary name":  func(path string) (*atomicfile.File, error) { return atomicfile.CreateTemp(path, true) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			path := filepath.Join(folder, "a.csv")
			if err := atomicfile.Write(path, "old"); err != nil {
				t.Fatal(err)
			}
			discarded, err := replace(path)
			if err != nil {
				t.Fatal(err)
			}
			discarded.Discard()
			f, err := replace(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.WriteString("new"); err != nil {
				t.Fatal(err)
			}
			assertText(t, path, "old")
			commit(t, f)
			assertText(t, path, "new")
			assertMode(t, path)
			assertFiles(t, folder, "a.csv")
		})
	}
}

// TestTemporaryName: a file system without O_TMPFILE.
func TestTemporaryName(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	f, err := atomicfile.CreateTemp(filepath.Join(folder, "b.csv"), false)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, f)
	assertFiles(t, folder, "b.csv")
}
