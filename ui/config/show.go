package config

import (
	"fmt"
	"maps"
	"net/url"
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

// written is a value as it stands in a file.
func written(s setting) string {
	switch into := s.into.(type) {
	case *string:
		return fmt.Sprintf("%q", withoutUser(*into))
	case *bool:
		return fmt.Sprint(*into)
	case *time.Duration:
		return fmt.Sprintf("%q", *into)
	}
	panic("config: " + s.key + " is of a type without a rule")
}

// withoutUser takes user and password out of a proxy's URL. Any other value
// has none.
func withoutUser(value string) string {
	u, err := url.Parse(value)
	if err != nil || u.User == nil {
		return value
	}
	u.User = nil
	return u.String()
}
