package config

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Shown is a key with its effective value, fit for display.
type Shown struct {
	Key    string // dotted
	Value  string // as TOML; empty for secrets and commands, which are never shown
	Origin string // the file or the variable; empty for the default
}

// Settings returns the effective settings, sorted by key. A secret is one setting,
// under its own name, whose origin is where it would be fetched from. No command
// is run.
func (c *Config) Settings() []Shown {
	s := schemaOf(c)
	var all []Shown
	for _, name := range slices.Sorted(maps.Keys(s.keys)) {
		if key := s.keys[name]; !key.part {
			all = append(all, Shown{Key: name, Value: written(key), Origin: c.origins[name]})
		}
	}
	for _, from := range s.secrets {
		all = append(all, Shown{Key: from.key, Origin: Secret{from}.Origin()})
	}
	slices.SortFunc(all, func(a, b Shown) int { return strings.Compare(a.Key, b.Key) })
	return all
}

// written formats a value as TOML, or returns "" if it is private.
func written(s setting) string {
	switch into := s.into.(type) {
	case *string:
		if s.check == "proxy" {
			return fmt.Sprintf("%q", withoutUser(*into))
		}
		return fmt.Sprintf("%q", *into)
	case *bool:
		return fmt.Sprint(*into)
	case *int:
		return fmt.Sprint(*into)
	case *float64:
		return writtenFloat(*into)
	case *time.Duration:
		return fmt.Sprintf("%q", writtenDuration(s, *into))
	case *[]string:
		if s.private && len(*into) > 0 {
			return ""
		}
		return writtenList(*into)
	}
	panic("config: " + s.key + " is of a type without a rule")
}

func writtenList(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = fmt.Sprintf("%q", text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// writtenFloat formats a float with a decimal point, as TOML requires.
func writtenFloat(f float64) string {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if strings.Contains(text, ".") {
		return text
	}
	return text + ".0"
}

// writtenDuration formats a duration without trailing zero parts: 24h, not
// 24h0m0s.
func writtenDuration(s setting, d time.Duration) string {
	if s.check == "days" {
		return writtenDays(d)
	}
	text := d.String()
	for _, nothing := range []struct{ after, part string }{{"m", "0s"}, {"h", "0m"}} {
		if strings.HasSuffix(text, nothing.after+nothing.part) {
			text = strings.TrimSuffix(text, nothing.part)
		}
	}
	return text
}

// withoutUser removes user and password from a proxy's URL.
func withoutUser(value string) string {
	u, err := url.Parse(value)
	if err != nil || u.User == nil {
		return value
	}
	u.User = nil
	return u.String()
}
