package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteExample writes template as a new config.toml at path, mode 0600, in a
// folder that it makes, mode 0700, if there is none; both whatever the umask.
// An error is [fs.ErrExist] if there is a file already, which stays as it is.
func WriteExample(path, template string) error {
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := fill(f, template); err != nil {
		_ = os.Remove(path)
		return err
	}
	return nil
}

// makeFolder makes dir and what it is in. One that is there keeps its mode,
// unless it bears our name.
func makeFolder(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	err := os.Mkdir(dir, 0o700)
	switch {
	case err == nil:
		return os.Chmod(dir, 0o700)
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	if own, ok := ownFolder(filepath.Join(dir, "config.toml")); ok {
		tighten(own, fs.ModeDir|0o700, os.Chmod)
	}
	return nil
}

// fill writes text to a new file and closes it.
func fill(f *os.File, text string) error {
	err := f.Chmod(0o600)
	if err == nil {
		_, err = f.WriteString(text)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
