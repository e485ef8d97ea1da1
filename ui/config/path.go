package config

import (
	"path/filepath"
	"strings"
)

// folder is the name of our folder among everybody's configuration.
const folder = "fourfactor"

// Path is where config.toml is: flag if it is not empty, else in
// $XDG_CONFIG_HOME/fourfactor, else in ~/.config/fourfactor. An XDG_CONFIG_HOME
// that is not absolute is ignored, as the XDG base directory specification
// asks. The error is an [*Error] about HOME, when HOME is needed and not absolute.
func Path(flag string, env func(string) string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if dir := env("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, folder, "config.toml"), nil
	}
	home := env("HOME")
	if !filepath.IsAbs(home) {
		return "", &Error{File: "HOME", Problem: ProblemValue, Value: shown(home)}
	}
	return filepath.Join(home, ".config", folder, "config.toml"), nil
}

// ledgerPath is where the ledger is if the file does not say: in
// $XDG_DATA_HOME/fourfactor, else in ~/.local/share/fourfactor, else nowhere. A
// folder that is not absolute is ignored.
func ledgerPath(env func(string) string) string {
	if dir := env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, folder, "ledger.db")
	}
	if home := env("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "share", folder, "ledger.db")
	}
	return ""
}

// resolve makes the path of a file absolute or at least sure: ~/ is home,
// and a relative path starts at dir. It fails only for ~/ without a home.
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
