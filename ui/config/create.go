package config

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"fourfactor/juhe/atomicfile"
)

// Missing returns the path of the secret's file, and whether that file is missing
// and there is no other source. A dangling link is not missing, because no file
// can be created in its place.
func (s Secret) Missing() (path string, missing bool) {
	path, other := s.file()
	if other != "" {
		return "", false
	}
	_, err := os.Lstat(path)
	return path, errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// file returns the path of the secret's file or, if it has another source, its
// [Secret.Origin].
func (s Secret) file() (path, other string) {
	if s.source.environment != "" || s.source.inline != "" || len(s.source.command) > 0 {
		return "", s.Origin()
	}
	return s.source.file(), ""
}

// NewFile is a file to create.
type NewFile struct{ Path, Text string }

// CreateAll creates all of the files in order, or none: with mode 0600, in folders
// that it creates with mode 0700 if needed. A file gets its name once it is complete, and
// an existing file is never written to. An error is an [*fs.PathError] with the path of
// the file that could not be created, such as [fs.ErrExist].
func CreateAll(files ...NewFile) error {
	for i, f := range files {
		err := prepareFolder(filepath.Dir(f.Path))
		if err == nil {
			err = atomicfile.Write(f.Path, f.Text)
		}
		if err != nil {
			for _, f := range files[:i] {
				_ = os.Remove(f.Path)
			}
			return &fs.PathError{Op: "create", Path: f.Path, Err: withoutPath(err)}
		}
	}
	return nil
}

// Replace replaces a file by one with mode 0600 and keeps the old one as FILE.old,
// which it overwrites. After an error, which is like that of [CreateAll], the file
// is unchanged.
func Replace(f NewFile) (err error) {
	defer func() {
		if err != nil {
			err = &fs.PathError{Op: "replace", Path: f.Path, Err: withoutPath(err)}
		}
	}()
	if err := prepareFolder(filepath.Dir(f.Path)); err != nil {
		return err
	}
	file, err := atomicfile.Replace(f.Path)
	if err != nil {
		return err
	}
	_, err = file.WriteString(f.Text)
	if err == nil {
		err = keepOld(f.Path)
	}
	if err != nil {
		file.Discard()
		return err
	}
	return file.Commit()
}

// keepOld links an existing file as FILE.old.
func keepOld(path string) error {
	old := path + ".old"
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if os.Link(path, old) == nil {
		return nil
	}
	text, err := os.ReadFile(path) // the file system may not support links
	if err != nil {
		return err
	}
	return atomicfile.Write(old, string(text))
}

// errOtherUser prevents root from creating files in another user's folder, as with
// sudo and the user's HOME, which would lock the user out.
var errOtherUser = errors.New("the folder belongs to another user; run as that user, not as root")

// belongsToOther reports whether dir, which root would write to, belongs to another user.
func (p permissions) belongsToOther(dir string) bool {
	if p.euid != 0 {
		return false
	}
	info, err := p.stat(dir)
	for errors.Is(err, fs.ErrNotExist) && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
		info, err = p.stat(dir)
	}
	return err == nil && p.owner(info) != 0
}

// prepareFolder creates dir if it is missing, unless root would create it among
// another user's files.
func prepareFolder(dir string) error {
	if system().belongsToOther(dir) {
		return errOtherUser
	}
	err := os.MkdirAll(dir, 0o700)
	if errors.Is(err, fs.ErrExist) { // a dangling link
		return syscall.ENOTDIR
	}
	return err
}

// withoutPath returns an error without the names in front of it.
func withoutPath(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	if link, ok := errors.AsType[*os.LinkError](err); ok {
		return link.Err
	}
	if program, ok := errors.AsType[*exec.Error](err); ok {
		return program.Err
	}
	return err
}
