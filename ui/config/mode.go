package config

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Note is a file or folder that others than its owner could get at.
type Note struct {
	Path     string
	Mode     fs.FileMode // the permissions it was found with
	Repaired bool        // they are narrow now; else it is not ours to change
}

// Tighten makes the file at path private, and its folder if that bears our name,
// before anything is read: also of a file that turns out to be wrong.
func Tighten(path string) []Note { return repair(path, Ledger{}, nil) }

// repair makes what a Config and its ledger live in private: the file, the
// files of secrets, the database, and the folders, if they bear our name. A
// folder that merely holds a file given by --config or ledger.path is somebody's
// own and stays as it is. What is not there is fine.
func repair(path string, ledger Ledger, secrets []*secret) []Note {
	var notes []Note
	tried := map[string]bool{}
	try := func(path string, mode fs.FileMode) {
		if note, ok := tighten(path, mode, os.Chmod); ok && !tried[path] {
			notes = append(notes, note)
		}
		tried[path] = true
	}
	files := []string{path}
	for _, s := range secrets {
		files = append(files, s.file())
	}
	files = append(files, ledger.files()...)
	for _, file := range []string{path, ledger.Path} {
		if dir, ok := ownFolder(file); ok && file != "" {
			try(dir, fs.ModeDir|0o700)
		}
	}
	if ledger.Path != "" {
		try(ledger.Path+".alive", fs.ModeDir|0o700)
	}
	for _, file := range files {
		try(file, 0o600)
	}
	return notes
}

// files lists the key file and the files of the ledger, damaged ones that were
// put aside too.
func (l Ledger) files() []string {
	all := []string{l.KeyFile}
	if l.Path == "" {
		return all
	}
	for _, end := range []string{"", "-wal", "-shm", ".id", ".lock"} {
		all = append(all, l.Path+end)
	}
	entries, _ := os.ReadDir(filepath.Dir(l.Path))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(l.Path)+".damaged-") {
			all = append(all, filepath.Join(filepath.Dir(l.Path), e.Name()))
		}
	}
	return all
}

// ownFolder is the folder of path, if it is named as ours are and is no link.
func ownFolder(path string) (string, bool) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	dir := filepath.Dir(path)
	info, err := os.Lstat(dir)
	return dir, err == nil && info.IsDir() && filepath.Base(dir) == folder
}

// tighten takes from a file or folder the permissions that are not in mode,
// and reports whether there were such. It never adds one, and leaves alone what
// is of another kind than mode: a device, a pipe, a folder named as a key file.
func tighten(path string, mode fs.FileMode, chmod func(string, fs.FileMode) error) (Note, bool) {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Type() != mode.Type() || info.Mode().Perm()&^mode == 0 {
		return Note{}, false
	}
	found := info.Mode().Perm()
	err = chmod(path, found&mode)
	return Note{Path: path, Mode: found, Repaired: err == nil}, true
}
