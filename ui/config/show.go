package config

import (
	"slices"
	"strings"
)

// Setting is a key with its effective value, fit for display.
type Setting struct {
	Key    string // dotted
	Value  string // as TOML; empty for secrets and commands, which are never shown
	Origin string // the file or the variable; empty for the default
}

// Settings returns the effective settings, sorted by key. A secret is one setting,
// under its own name, whose origin is where it would be fetched from. No command
// is run.
func (c *Config) Settings() []Setting {
	var all []Setting
	for _, s := range c.settings() {
		if s.secret == nil {
			all = append(all, Setting{Key: s.key, Value: s.format(), Origin: c.origins[s.key]})
		}
	}
	for _, s := range c.secrets() {
		all = append(all, Setting{Key: s.key, Origin: Secret{s}.Origin()})
	}
	slices.SortFunc(all, func(a, b Setting) int { return strings.Compare(a.Key, b.Key) })
	return all
}
