package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Missing is the path of the file that the secret should be in, if there is
// none and nothing else gives the secret. A link that leads nowhere is there: no
// file can be made in its place.
func (s Secret) Missing() (path string, missing bool) {
	path, other := s.file()
	if s.source == nil || other != "" {
		return "", false
	}
	_, err := os.Lstat(path)
	return path, errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// file returns the path of the file that the secret is in, or else what gives
// it: see Origin.
func (s Secret) file() (path, other string) {
	if s.source == nil || s.source.environment != "" || s.source.inline != "" || len(s.source.command) > 0 {
		return "", s.Origin()
	}
	return s.source.file(), ""
}

// NewFile is a file to be made.
type NewFile struct{ Path, Text string }

// CreateAll makes all of the files or none, in turn, mode 0600, in folders that
// it makes, mode 0700, where there are none; both whatever the umask. A file has
// its name once it is complete. None that is there is ever written to: an error
// is an [*fs.PathError] with the path of the file that cannot be made, and
// [fs.ErrExist] if that is why.
func CreateAll(files ...NewFile) error {
	made := 0
	for _, f := range files {
		if err := create(f); err != nil {
			for _, f := range files[:made] {
				_ = os.Remove(f.Path)
			}
			return &fs.PathError{Op: "create", Path: f.Path, Err: bare(err)}
		}
		made++
	}
	return nil
}

// Replace makes a file, mode 0600, in place of the one of its name, which is
// kept as FILE.old; what had that name before is gone. An error is as that of
// [CreateAll], and the file is as it was then.
func Replace(f NewFile) error {
	fresh := f.Path + ".new"
	_ = os.Remove(fresh) // of one that was interrupted
	err := create(NewFile{fresh, f.Text})
	if err == nil {
		err = keepOld(f.Path)
	}
	if err == nil {
		err = os.Rename(fresh, f.Path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(f.Path))
	}
	if err != nil {
		_ = os.Remove(fresh)
		return &fs.PathError{Op: "replace", Path: f.Path, Err: bare(err)}
	}
	return nil
}

// keepOld gives a file, if it is there, a second name that ends in .old.
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
	text, err := os.ReadFile(path) // there are file systems without links
	if err != nil {
		return err
	}
	return create(NewFile{old, string(text)})
}

// errAmong is for root in somebody's folder, as with sudo and the user's HOME: what
// it makes there would lock the user out.
var errAmong = errors.New("the folder belongs to another user; run as that user, not as root")

// among reports whether root would make a file among somebody's files.
func (p permissions) among(dir string) bool {
	for p.euid == 0 {
		info, err := p.stat(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist) && dir != filepath.Dir(dir):
			dir = filepath.Dir(dir)
			continue
		case err != nil:
			return false
		}
		return p.owner(info) != 0
	}
	return false
}

// create writes a file under another name first.
func create(file NewFile) error {
	dir := filepath.Dir(file.Path)
	if system().among(dir) {
		return errAmong
	}
	if err := makeFolder(dir); errors.Is(err, fs.ErrExist) { // a link to nothing, which is not the file
		return syscall.ENOTDIR
	} else if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := fill(f, file.Text); err != nil {
		return err
	}
	if err := name(f.Name(), file.Path); err != nil {
		return err
	}
	if err := syncFolder(dir); err != nil {
		_ = os.Remove(file.Path)
		return err
	}
	return nil
}

// name gives a file its name, but never another file's.
func name(file, path string) error {
	err := os.Link(file, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	// There are file systems without links. Only an empty file of our own is
	// replaced then.
	own, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = errors.Join(own.Close(), os.Rename(file, path)); err != nil {
		_ = os.Remove(path)
	}
	return err
}

// syncFolder has a power loss keep the names in a folder, where the file system
// can do so.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

// bare is an error without the names in front of it.
func bare(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
