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
	s := schemaOf(c)
	var all []Setting
	for _, name := range slices.Sorted(maps.Keys(s.keys)) {
		if key := s.keys[name]; !key.secretPart {
			all = append(all, Setting{Key: name, Value: formatTOML(key), Origin: c.origins[name]})
		}
	}
	for _, from := range s.secrets {
		all = append(all, Setting{Key: from.key, Origin: Secret{from}.Origin()})
	}
	slices.SortFunc(all, func(a, b Setting) int { return strings.Compare(a.Key, b.Key) })
	return all
}

// formatTOML formats a value as TOML, or returns "" if it is private.
func formatTOML(s setting) string {
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
		return formatFloat(*into)
	case *time.Duration:
		return fmt.Sprintf("%q", formatDuration(s, *into))
	case *[]string:
		if s.private && len(*into) > 0 {
			return ""
		}
		return formatList(*into)
	}
	panic("config: " + s.key + " is of a type without a rule")
}

func formatList(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = fmt.Sprintf("%q", text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// formatFloat formats a float with a decimal point, as TOML requires.
func formatFloat(f float64) string {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if strings.Contains(text, ".") {
		return text
	}
	return text + ".0"
}

// formatDuration formats a duration without trailing zero parts: 24h, not
// 24h0m0s.
func formatDuration(s setting, d time.Duration) string {
	if s.check == "days" {
		return formatDays(d)
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
