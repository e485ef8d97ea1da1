package config

import (
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Note is a file or folder that others than its owner could get at.
type Note struct {
	Path     string
	Mode     fs.FileMode // the permissions it was found with
	Repaired bool        // they are narrow now; else it is not ours to change
	// Kept reports that the file system has not taken the change: nothing is
	// private there.
	Kept bool
}

// permissions are how a system looks after who may read a file.
type permissions struct {
	euid  int
	owner func(fs.FileInfo) int
	stat  func(string) (fs.FileInfo, error)
	chmod func(string, fs.FileMode) error
	// keeps reports whether a file system can keep permissions, as far as that
	// is known without trying.
	keeps func(path string) bool
}

func system() permissions {
	return permissions{os.Geteuid(), owner, os.Stat, os.Chmod, keepsPermissions}
}

// Tighten makes what this Config and its ledger live in private: what has proved
// to be ours by its place or by what is in it, and belongs to this user. Root
// tightens nothing but what is in its own default places: others may use the
// rest. What is not there is fine. Each command that works with the Config calls
// it, and none that only tells about itself.
func (c *Config) Tighten() []Note { return c.notes(system(), true) }

// Wide lists what Tighten would make private, and changes nothing.
func (c *Config) Wide() []Note { return c.notes(system(), false) }

// Misread is the Config of a file in the default place that is wrong. It is good
// for Tighten and Wide alone: there may be a secret in the file.
func Misread(path string) *Config { return &Config{origin: origin{path: path}} }

func (c *Config) notes(p permissions, change bool) (notes []Note) {
	told := false
	tried := map[string]bool{}
	for _, f := range c.lived(p) {
		if tried[f.path] {
			continue
		}
		tried[f.path] = true
		note, wide := p.wide(f.path, f.mode)
		if !wide {
			continue
		}
		if change {
			note = p.tighten(note, f.mode)
		} else {
			note.Kept = !p.keeps(f.path)
		}
		if note.Kept && told { // it is said once of a file system
			continue
		}
		told = told || note.Kept
		notes = append(notes, note)
	}
	return notes
}

// origin is where a Config was read from.
type origin struct {
	path     string
	explicit bool   // it was named, else it is the default
	keys     int    // of ours that stand in it
	ledger   string // where the ledger is if nothing says so
}

// private is a file or folder that should be private, and the mode of one.
type private struct {
	path string
	mode fs.FileMode
}

// lived lists what has proved to be ours.
func (c *Config) lived(p permissions) (all []private) {
	root := p.euid == 0
	dir := filepath.Dir(c.origin.path)
	if !c.origin.explicit {
		if own, ok := ownFolder(c.origin.path); ok {
			all = append(all, private{own, fs.ModeDir | 0o700})
		}
	}
	ledger, standard := c.Ledger, c.Ledger.Path == c.origin.ledger
	if own, ok := ownFolder(ledger.Path); ok && standard && ledger.Path != "" {
		all = append(all, private{own, fs.ModeDir | 0o700})
	}
	if standard || !root && isLedger(ledger.Path) {
		all = append(all, ledger.files()...)
	}
	if root && c.origin.explicit {
		return all
	}
	if !c.origin.explicit || c.origin.keys > 0 {
		all = append(all, private{c.origin.path, 0o600})
	}
	for _, s := range []Secret{c.Juhe.Key, c.Juhe.Openid} {
		if s.source != nil && (!root || s.source.named == "") && isSecret(s.source.file()) {
			all = append(all, private{s.source.file(), 0o600})
		}
	}
	if (!root || filepath.Dir(ledger.KeyFile) == dir) && isLedgerKey(ledger.KeyFile) {
		all = append(all, private{ledger.KeyFile, 0o600})
	}
	return all
}

// isSecret reports whether a file has what a file of a secret has.
func isSecret(path string) bool {
	text, bad := readFile(path, maxSecret)
	_, ok := secretText(text)
	return bad == nil && ok
}

// isLedgerKey reports whether a file has a ledger's key.
func isLedgerKey(path string) bool {
	text, bad := readFile(path, maxSecret)
	key, err := hex.DecodeString(strings.TrimSpace(text))
	return bad == nil && err == nil && len(key) == 32
}

// isLedger reports whether a ledger's fingerprint lies beside a file.
func isLedger(path string) bool {
	text, bad := readFile(path+".id", maxSecret)
	return bad == nil && fingerprint.MatchString(text)
}

var fingerprint = regexp.MustCompile(`^([0-9a-f]{16}|none)\n$`)

// files lists the files of the ledger, and those of losses.
func (l Ledger) files() (all []private) {
	if l.Path == "" {
		return nil
	}
	for _, end := range []string{".alive", ".runs"} {
		all = append(all, private{l.Path + end, fs.ModeDir | 0o700})
	}
	for _, end := range []string{"", "-wal", "-shm", ".id", ".lock", ".reserve", ".seen"} {
		all = append(all, private{l.Path + end, 0o600})
	}
	entries, _ := os.ReadDir(filepath.Dir(l.Path))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(l.Path)+".damaged-") {
			all = append(all, private{filepath.Join(filepath.Dir(l.Path), e.Name()), 0o600})
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

// wide reports whether a file or folder has permissions that are not in mode.
// What is of another kind than mode is left alone: a device, a pipe, a folder
// named as a key file. So is what is not root's, for root.
func (p permissions) wide(path string, mode fs.FileMode) (Note, bool) {
	info, err := p.stat(path)
	if err != nil || info.Mode().Type() != mode.Type() || info.Mode().Perm()&^mode == 0 {
		return Note{}, false
	}
	if p.euid == 0 && p.owner(info) != 0 {
		return Note{}, false
	}
	return Note{Path: path, Mode: info.Mode().Perm()}, true
}

// tighten takes the permissions away that are not in mode. It never adds one.
func (p permissions) tighten(note Note, mode fs.FileMode) Note {
	if err := p.chmod(note.Path, note.Mode&mode); err != nil {
		return note
	}
	_, still := p.wide(note.Path, mode)
	note.Repaired, note.Kept = !still, still
	return note
}
