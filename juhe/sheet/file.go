package sheet

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a new file that nobody sees before it is complete. Its mode is 0600.
// Where the system can do it, nothing is left of it when the process is killed.
type File struct {
	*os.File
	path    string
	replace bool
	hidden  string // the name that it has until then; empty if it has none
}

// Create begins a file at a path where there is none yet. Until Commit it has
// another name in the same folder, or none. An error wraps fs.ErrExist,
// fs.ErrNotExist (the folder) or what else the system says.
func Create(path string) (*File, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	return begin(path, false)
}

// Replace begins a file that takes the place of another, at Commit.
func Replace(path string) (*File, error) { return begin(path, true) }

// TryName makes sure that the file system takes the name of a path, by one that is as
// long and as odd: a file of that very name, left when the process is killed, would
// be taken for somebody's.
func TryName(path string) error {
	const end = "~" // of an editor's backup; whose it is then does not matter
	probe := path[:len(path)-len(end)] + end
	file, err := os.OpenFile(probe, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil:
		return err
	}
	return errors.Join(file.Close(), os.Remove(probe))
}

func begin(path string, replace bool) (*File, error) {
	if file, ok := nameless(filepath.Dir(path)); ok {
		return &File{file, path, replace, ""}, nil
	}
	return beginHidden(path, replace)
}

// beginHidden does so where a file has to have a name.
func beginHidden(path string, replace bool) (*File, error) {
	temp, err := os.CreateTemp(filepath.Dir(path), ".fourfactor-*.tmp")
	if err != nil {
		return nil, err
	}
	return &File{temp, path, replace, temp.Name()}, nil
}

// Commit makes the file durable and gives it its name, if that is still free or
// to be replaced.
func (f *File) Commit() error {
	err := f.Sync()
	if err == nil {
		err = f.name()
	}
	err = errors.Join(err, f.Close())
	f.removeHidden()
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(f.path))
}

// name gives the file its name without ever taking another's unasked. Where
// there are no hard links an empty file keeps the name free until then.
func (f *File) name() error {
	if f.hidden == "" && f.replace { // a name to be renamed
		hidden := filepath.Join(filepath.Dir(f.path), ".fourfactor-"+rand.Text()+".tmp")
		if err := christen(f.File, hidden); err != nil {
			return err
		}
		f.hidden = hidden
	}
	switch {
	case f.replace:
		return os.Rename(f.hidden, f.path)
	case f.hidden == "":
		return christen(f.File, f.path)
	}
	err := os.Link(f.hidden, f.path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	kept, err := os.OpenFile(f.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := kept.Close(); err != nil {
		return err
	}
	return os.Rename(f.hidden, f.path)
}

// Abort takes the file away.
func (f *File) Abort() {
	f.Close()
	f.removeHidden()
}

func (f *File) removeHidden() {
	if f.hidden != "" {
		os.Remove(f.hidden)
	}
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	// Some file systems cannot, and then there is nothing to be done.
	if err := folder.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return err
	}
	return nil
}
