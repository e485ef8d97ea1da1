package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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
