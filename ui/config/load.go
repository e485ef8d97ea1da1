package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxFile is the maximum size of a config.toml in bytes.
const maxFile = 1 << 20

// Load reads the config.toml at path; env overrides it. A missing file counts as
// empty, unless the path was given explicitly. Load changes no file. An error is
// an [*Error].
func Load(path string, explicit bool, env func(string) string) (*Config, error) {
	dir := filepath.Dir(path)
	if full, err := filepath.Abs(dir); err == nil {
		dir = full
	}
	c, standard := Default(dir), ledgerPath(env)
	c.Ledger.Path = standard
	text, bad := readFile(path, maxFile)
	if bad != nil && (explicit || !errors.Is(bad, fs.ErrNotExist)) {
		return nil, bad
	}
	if err := decode(path, text, &c); err != nil {
		return nil, err
	}
	c.origin = origin{path: path, explicit: explicit, keys: len(c.origins), ledger: standard}
	if err := c.readEnvironment(env); err != nil {
		return nil, err
	}
	if err := c.resolvePaths(dir, env("HOME")); err != nil {
		return nil, err
	}
	return &c, nil
}

// resolvePaths makes the paths absolute that are set.
func (c *Config) resolvePaths(dir, home string) error {
	for _, s := range c.settings() {
		path, ok := s.field.(*string)
		if !ok || !s.isPath || *path == "" {
			continue
		}
		if *path, ok = resolve(*path, dir, home); !ok {
			return &Error{File: "HOME", Key: s.key, Problem: ProblemValue}
		}
	}
	return nil
}

// readEnvironment stores the values of the variables that are not empty.
func (c *Config) readEnvironment(env func(string) string) error {
	for _, s := range c.settings() {
		value := env(s.envVar)
		if s.envVar == "" || value == "" {
			continue
		}
		if bad := s.set(value, func(into any) error { *into.(*string) = value; return nil }); bad != nil {
			bad.File = s.envVar
			return bad
		}
		c.origins[s.key] = s.envVar
	}
	return nil
}

var (
	errNotRegular = errors.New("not a regular file")
	errTooLong    = errors.New("too long")
)

// readFile reads a file of at most most bytes.
func readFile(path string, most int64) (string, *Error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
	case !info.Mode().IsRegular() && !info.IsDir():
		err = errNotRegular // a pipe without a writer would block forever
	case info.Size() > most:
		err = errTooLong
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return "", unreadable(path, "", err)
	}
	return string(text), nil
}

// unreadable returns the error about a file, a variable or a program that a value of
// key could not be read from.
func unreadable(file, key string, err error) *Error {
	return &Error{File: file, Key: key, Problem: ProblemRead, Other: withoutPath(err).Error(), cause: err}
}

// appFolder is the name of the program's folder in the configuration and data
// directories.
const appFolder = "fourfactor"

// Path returns the path of config.toml: flag if it is not empty, else a file in
// $XDG_CONFIG_HOME/fourfactor or in ~/.config/fourfactor. A relative
// XDG_CONFIG_HOME is ignored, as the XDG base directory specification requires.
// The error is an [*Error] about HOME, if HOME is needed and not absolute.
func Path(flag string, env func(string) string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if dir := env("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, appFolder, "config.toml"), nil
	}
	home := env("HOME")
	if !filepath.IsAbs(home) {
		return "", &Error{File: "HOME", Problem: ProblemValue, Value: printable(home)}
	}
	return filepath.Join(home, ".config", appFolder, "config.toml"), nil
}

// ledgerPath returns the default path of the ledger, in $XDG_DATA_HOME/fourfactor
// or in ~/.local/share/fourfactor, or "". A relative directory is ignored.
func ledgerPath(env func(string) string) string {
	if dir := env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, appFolder, "ledger.db")
	}
	if home := env("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "share", appFolder, "ledger.db")
	}
	return ""
}

// resolve replaces ~/ by home and joins a relative path to dir. It fails only for
// ~/ without a home.
func resolve(path, dir, home string) (string, bool) {
	rest, ok := strings.CutPrefix(path, "~/")
	switch {
	case ok:
		return filepath.Join(home, rest), filepath.IsAbs(home)
	case filepath.IsAbs(path):
		return path, true
	default:
		return filepath.Join(dir, path), true
	}
}
