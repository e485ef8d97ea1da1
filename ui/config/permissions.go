package config

import (
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// PermissionFix is a file or folder whose permissions are too loose.
type PermissionFix struct {
	Path  string
	Mode  fs.FileMode // the permissions found
	Fixed bool        // they were tightened; false if the change failed
	// Ignored reports whether the file system ignored the change, so that nothing is
	// private there.
	Ignored bool
}

// permissions are the functions of the system that deal with file modes.
type permissions struct {
	euid  int
	owner func(fs.FileInfo) int
	stat  func(string) (fs.FileInfo, error)
	chmod func(string, fs.FileMode) error
	// storesModes reports whether a file system can store permissions, as far as that is
	// known without trying.
	storesModes func(path string) bool
}

func system() permissions {
	return permissions{os.Geteuid(), owner, os.Stat, os.Chmod, keepsPermissions}
}

// owner returns the ID of the user who owns a file, or -1.
func owner(info fs.FileInfo) int {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(sys.Uid)
	}
	return -1
}

// CheckPermissions returns the files and folders of this Config and its ledger that others
// can use, if they belong to this user and their place or content proves that they are the
// program's, and makes them private if fix is true. Root tightens only its own default
// places, because others may use the rest. Missing files are ignored. Every command that
// uses the Config fixes permissions; those that only print information do not.
func (c *Config) CheckPermissions(l LedgerFiles, fix bool) []PermissionFix {
	return c.permissionFixes(system(), l, fix)
}

// LedgerFiles returns the folders and files of the ledger at path. If certain is false,
// there are none unless their content proves that a ledger is there.
type LedgerFiles func(path string, certain bool) (dirs, files []string)

// InvalidFile returns the Config of an invalid file in the default place. It serves
// only CheckPermissions, because the file may hold a secret.
func InvalidFile(path string) *Config { return &Config{origin: origin{path: path}} }

func (c *Config) permissionFixes(p permissions, l LedgerFiles, fix bool) (notes []PermissionFix) {
	reported := false
	tried := map[string]bool{}
	for _, f := range c.privateFiles(p, l) {
		if tried[f.path] {
			continue
		}
		tried[f.path] = true
		note, wide := p.loose(f.path, f.mode)
		if !wide {
			continue
		}
		if fix {
			note = p.tighten(note, f.mode)
		} else {
			note.Ignored = !p.storesModes(f.path)
		}
		if note.Ignored && reported { // once per file system is enough
			continue
		}
		reported = reported || note.Ignored
		notes = append(notes, note)
	}
	return notes
}

// origin is the source of a Config.
type origin struct {
	path     string
	explicit bool   // the path was given; if false, it is the default
	keys     int    // the number of known keys in the file
	ledger   string // the default path of the ledger
}

// private is a file or folder that should be private, with its mode.
type private struct {
	path string
	mode fs.FileMode
}

// privateFiles returns the files and folders that are certainly the program's.
func (c *Config) privateFiles(p permissions, ledgerFiles LedgerFiles) (all []private) {
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
	if standard || !root {
		dirs, files := ledgerFiles(ledger.Path, standard)
		for _, dir := range dirs {
			all = append(all, private{dir, fs.ModeDir | 0o700})
		}
		for _, file := range files {
			all = append(all, private{file, 0o600})
		}
	}
	if root && c.origin.explicit {
		return all
	}
	if !c.origin.explicit || c.origin.keys > 0 {
		all = append(all, private{c.origin.path, 0o600})
	}
	for _, s := range []Secret{c.Juhe.Key, c.Juhe.Openid} {
		if s.source != nil && (!root || s.source.path == "") && isSecret(s.source.file()) {
			all = append(all, private{s.source.file(), 0o600})
		}
	}
	if (!root || filepath.Dir(ledger.KeyFile) == dir) && isLedgerKey(ledger.KeyFile) {
		all = append(all, private{ledger.KeyFile, 0o600})
	}
	return all
}

// isSecret reports whether a file contains a secret.
func isSecret(path string) bool {
	text, bad := readFile(path, maxSecret)
	_, ok := cleanSecret(text)
	return bad == nil && ok
}

// isLedgerKey reports whether a file contains a ledger key.
func isLedgerKey(path string) bool {
	text, bad := readFile(path, maxSecret)
	key, err := hex.DecodeString(strings.TrimSpace(text))
	return bad == nil && err == nil && len(key) == 32
}

// ownFolder returns the folder of path, if it has the program's name and is not a
// link.
func ownFolder(path string) (string, bool) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	dir := filepath.Dir(path)
	info, err := os.Lstat(dir)
	return dir, err == nil && info.IsDir() && filepath.Base(dir) == appFolder
}

// loose reports whether a file or folder has permissions that mode lacks. It ignores
// other file types than that of mode: a device, a pipe, a folder named like a key
// file. For root it ignores the files of other users.
func (p permissions) loose(path string, mode fs.FileMode) (PermissionFix, bool) {
	info, err := p.stat(path)
	if err != nil || info.Mode().Type() != mode.Type() || info.Mode().Perm()&^mode == 0 {
		return PermissionFix{}, false
	}
	if p.euid == 0 && p.owner(info) != 0 {
		return PermissionFix{}, false
	}
	return PermissionFix{Path: path, Mode: info.Mode().Perm()}, true
}

// tighten removes the permissions that mode lacks. It adds none.
func (p permissions) tighten(note PermissionFix, mode fs.FileMode) PermissionFix {
	if err := p.chmod(note.Path, note.Mode&mode); err != nil {
		return note
	}
	_, still := p.loose(note.Path, mode)
	note.Fixed, note.Ignored = !still, still
	return note
}
