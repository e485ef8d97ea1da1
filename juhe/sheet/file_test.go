package sheet_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fourfactor/juhe/sheet"
)

// names are the files of a folder.
func names(t *testing.T, folder string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func create(t *testing.T, path, text string) *sheet.File {
	t.Helper()
	f, err := sheet.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "历史.csv")
	f := create(t, path, "a")
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("seen before it is complete")
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != 1 {
		t.Errorf("%v, %v", info, err)
	}
	if got := names(t, folder); len(got) != 1 {
		t.Errorf("left %v", got)
	}
}

func TestAbort(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	create(t, filepath.Join(folder, "a.csv"), "a").Abort()
	if got := names(t, folder); len(got) != 0 {
		t.Errorf("left %v", got)
	}
}

// TestNeverOver another file, be it there before or come meanwhile, or a link
// to nowhere.
func TestNeverOver(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "a.csv")
	f := create(t, path, "new")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	if _, err := sheet.Create(path); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	if text, err := os.ReadFile(path); string(text) != "old" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	link := filepath.Join(folder, "link.csv")
	if err := os.Symlink(filepath.Join(folder, "nowhere"), link); err != nil {
		t.Fatal(err)
	}
	if _, err := sheet.Create(link); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	if got := names(t, folder); len(got) != 2 {
		t.Errorf("left %v", got)
	}
	if _, err := sheet.Create(filepath.Join(folder, "none", "a.csv")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// TestReplace: the old file stays until the new one is complete, and nothing
// else is left.
func TestReplace(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func(string, bool) (*sheet.File, error){
		"as the system can": func(path string, _ bool) (*sheet.File, error) { return sheet.Replace(path) },
		"hidden":            sheet.BeginHidden,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			path := filepath.Join(folder, "a.csv")
			if err := create(t, path, "old").Commit(); err != nil {
				t.Fatal(err)
			}
			aborted, err := begin(path, true)
			if err != nil {
				t.Fatal(err)
			}
			aborted.Abort()
			f, err := begin(path, true)
			if err == nil {
				_, err = f.WriteString("new")
			}
			if err != nil {
				t.Fatal(err)
			}
			if text, err := os.ReadFile(path); string(text) != "old" || err != nil {
				t.Errorf("%q, %v", text, err)
			}
			if err := f.Commit(); err != nil {
				t.Fatal(err)
			}
			if text, err := os.ReadFile(path); string(text) != "new" || err != nil {
				t.Errorf("%q, %v", text, err)
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || len(names(t, folder)) != 1 {
				t.Errorf("%v, %v, %v", info, err, names(t, folder))
			}
			second, err := sheet.BeginHidden(filepath.Join(folder, "b.csv"), false)
			if err == nil {
				err = second.Commit()
			}
			if err != nil || len(names(t, folder)) != 2 {
				t.Error(err, names(t, folder))
			}
		})
	}
}
