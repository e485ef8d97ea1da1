package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"fourfactor/juhe/atomicfile"
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
	if err := replace(f); err != nil {
		return &fs.PathError{Op: "replace", Path: f.Path, Err: bare(err)}
	}
	return nil
}

func replace(f NewFile) error {
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
	return atomicfile.Write(old, string(text))
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

func create(file NewFile) error {
	if err := prepareFolder(filepath.Dir(file.Path)); err != nil {
		return err
	}
	return atomicfile.Write(file.Path, file.Text)
}

// prepareFolder makes dir where it is missing, unless root would make it among
// another user's files.
func prepareFolder(dir string) error {
	if system().among(dir) {
		return errAmong
	}
	err := makeFolder(dir)
	if errors.Is(err, fs.ErrExist) { // a link to nothing, which is not the file
		return syscall.ENOTDIR
	}
	return err
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
