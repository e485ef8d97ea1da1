// Package atomicfile writes files that are either complete or absent.
//
// A new file is private, mode 0600, from the start. It gets its name once it is
// complete and on disk, and takes the place of another file only if Replace was
// called. On Linux it has no name until then, so nothing is left of it when the
// process is killed; elsewhere it has a temporary name in the same folder.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// File is a file that has not got its name yet. Commit or Discard closes it.
type File struct {
	*os.File
	path    string
	replace bool
	temp    string // the temporary name, or "" if the file has none
}

// Create creates a file that Commit names path. The error wraps fs.ErrExist if
// something has that name already, and fs.ErrNotExist if its folder is missing.
func Create(path string) (*File, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	return create(path, false)
}

// Replace creates a file that Commit puts in the place of the one named path, if
// there is one.
func Replace(path string) (*File, error) { return create(path, true) }

// Write creates a file with a text, or nothing. It does not replace a file.
func Write(path, text string) error {
	file, err := Create(path)
	if err != nil {
		return err
	}
	if _, err := file.WriteString(text); err != nil {
		file.Discard()
		return err
	}
	return file.Commit()
}

// Check returns the error that keeps a file from being created at path: one of
// its folder or of its name. It never creates path itself: if the process were
// killed at that moment, the empty file would be taken for somebody's output.
func Check(path string) error {
	file, err := Replace(path)
	if err != nil {
		return err
	}
	file.Discard()
	const mark = "~" // of an editor's backup, which may be there
	probe := path[:len(path)-len(mark)] + mark
	taken, err := os.OpenFile(probe, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil:
		return err
	}
	return errors.Join(taken.Close(), os.Remove(probe))
}

func create(path string, replace bool) (*File, error) {
	if file, ok := openTmpfile(filepath.Dir(path)); ok {
		return newFile(file, path, replace, ""), nil
	}
	return createTemp(path, replace)
}

// createTemp creates a file with a temporary name.
func createTemp(path string, replace bool) (*File, error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".fourfactor-*.tmp")
	if err != nil {
		return nil, err
	}
	return newFile(file, path, replace, file.Name()), nil
}

func newFile(file *os.File, path string, replace bool, temp string) *File {
	_ = file.Chmod(0o600) // the umask may deny the owner too; FAT has no modes
	return &File{file, path, replace, temp}
}

// Commit flushes the file to disk, closes it and gives it its name. The error
// wraps fs.ErrExist if the name was taken meanwhile. After an error the file is
// gone.
func (f *File) Commit() error {
	defer f.removeTemp()
	err := f.Sync()
	if err == nil {
		err = f.rename()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = SyncDir(filepath.Dir(f.path)); err != nil && !f.replace {
		os.Remove(f.path)
	}
	return err
}

// rename gives the file its name. No file but the one to be replaced is ever
// lost: without hard links, an empty file reserves the name.
func (f *File) rename() error {
	if f.temp == "" && f.replace { // only a file with a name can replace another
		temp := filepath.Join(filepath.Dir(f.path), ".fourfactor-"+rand.Text()+".tmp")
		if err := linkTmpfile(f.File, temp); err != nil {
			return err
		}
		f.temp = temp
	}
	switch {
	case f.replace:
		return os.Rename(f.temp, f.path)
	case f.temp == "":
		return linkTmpfile(f.File, f.path)
	}
	err := os.Link(f.temp, f.path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	reserved, err := os.OpenFile(f.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err = errors.Join(reserved.Close(), os.Rename(f.temp, f.path)); err != nil {
		os.Remove(f.path)
	}
	return err
}

// Discard closes and removes the file.
func (f *File) Discard() {
	f.Close()
	f.removeTemp()
}

func (f *File) removeTemp() {
	if f.temp != "" {
		os.Remove(f.temp)
	}
}

// SyncDir makes the names of the files in a folder survive a power loss, where
// the file system supports that.
func SyncDir(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return err
	}
	return nil
}
