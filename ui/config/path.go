package config

import (
	"path/filepath"
	"strings"
)

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
