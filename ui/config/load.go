package config

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
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
	c := Default(dir)
	c.Ledger.Path = ledgerPath(env)
	standard := c.Ledger.Path
	s := schemaOf(&c)
	text, bad := readFile(path, maxFile)
	if bad != nil && (explicit || !errors.Is(bad, fs.ErrNotExist)) {
		return nil, bad
	}
	if err := decode(path, text, s); err != nil {
		return nil, err
	}
	from := origin{path: path, explicit: explicit, keys: len(s.origins), ledger: standard}
	if err := environment(s, env); err != nil {
		return nil, err
	}
	if err := resolveAll(s, dir, env("HOME")); err != nil {
		return nil, err
	}
	c.origins, c.origin = s.origins, from
	return &c, nil
}

// resolveAll resolves every path that is set.
func resolveAll(s *schema, dir, home string) error {
	for _, name := range slices.Sorted(maps.Keys(s.keys)) {
		into, ok := s.keys[name].into.(*string)
		if !ok || s.keys[name].check != "path" || *into == "" {
			continue
		}
		if *into, ok = resolve(*into, dir, home); !ok {
			return &Error{File: "HOME", Key: name, Problem: ProblemValue}
		}
	}
	return nil
}

// environment stores the values of the variables that are not empty.
func environment(s *schema, env func(string) string) error {
	for _, variable := range slices.Sorted(maps.Keys(s.env)) {
		value := env(variable)
		if value == "" {
			continue
		}
		if bad := s.env[variable].set(value); bad != nil {
			bad.File = variable
			return bad
		}
		s.origins[s.env[variable].key] = variable
	}
	return nil
}

// readFile reads a file of at most most bytes.
func readFile(path string, most int64) (string, *Error) {
	bad := &Error{File: path, Problem: ProblemRead}
	// Opening a pipe without a writer would block forever.
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		bad.Other = "not a regular file"
		return "", bad
	}
	f, err := os.Open(path)
	if err != nil {
		bad.Other, bad.cause = systemMessage(err), err
		return "", bad
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		bad.Other, bad.cause = systemMessage(err), err
	case int64(len(text)) > most:
		bad.Other = "too long"
	default:
		return string(text), nil
	}
	return "", bad
}
