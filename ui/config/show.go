package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Shown is a key with the value that is in force, as people may see it.
type Shown struct {
	Key    string // dotted
	Value  string // as TOML; empty for a secret, which is never shown
	Origin string // the file or the variable it comes from; empty for the default
}

// Settings lists what is in force, sorted by key. A secret is one line, under
// the key's own name, with where it would be fetched from; no command is run.
func (c *Config) Settings() []Shown {
	s := schemaOf(c)
	var all []Shown
	for _, name := range slices.Sorted(maps.Keys(s.keys)) {
		if key := s.keys[name]; !key.private {
			all = append(all, Shown{Key: name, Value: written(key), Origin: c.origins[name]})
		}
	}
	for _, from := range s.secrets {
		all = append(all, Shown{Key: from.key, Origin: Secret{from}.Origin()})
	}
	slices.SortFunc(all, func(a, b Shown) int { return strings.Compare(a.Key, b.Key) })
	return all
}

// written is a value as it stands in a file. Of a URL the password does not
// show.
func written(s setting) string {
	switch into := s.into.(type) {
	case *string:
		if s.check == "url" || s.check == "proxy" {
			return fmt.Sprintf("%q", publicURL(*into))
		}
		return fmt.Sprintf("%q", *into)
	case *bool:
		return fmt.Sprint(*into)
	case *time.Duration:
		return fmt.Sprintf("%q", *into)
	}
	panic("config: " + s.key + " is of a type without a rule")
}
