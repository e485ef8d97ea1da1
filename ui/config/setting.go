package config

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"fourfactor/ui/keymap"
)

// setting is a key of the file and the field that has its value.
type setting struct {
	key      string
	envVar   string                      // the environment variable that sets the field, or ""
	field    any                         // *string, *bool, *int, *float64, *time.Duration, *Days or *[]string
	standard any                         // the default
	allowed  string                      // words, or the bounds of a number; empty for any value
	check    func(string) (string, bool) // checks and normalizes a text, for which allowed is only a hint
	isPath   bool                        // an empty text stands for the default
	private  bool                        // never shown
	secret   *secret                     // the secret that the key is a source of, or nil
}

func (s setting) reset() { reflect.ValueOf(s.field).Elem().Set(reflect.ValueOf(s.standard)) }

// set stores a value, which decode decodes. An error lacks its file and line.
func (s setting) set(value any, decode func(into any) error) *Error {
	switch s.field.(type) {
	case *time.Duration, *Days: // the decoder accepts numbers
		if _, ok := value.(string); !ok {
			return s.wrongType(value)
		}
	}
	if s.isPath && value == "" {
		return nil
	}
	reflect.ValueOf(s.field).Elem().SetZero() // the decoder would overwrite the list that is there
	switch err := decode(s.field); {
	case err != nil && !errors.As(err, new(toml.ParseError)):
		return s.wrongType(value)
	case err != nil, !s.isValid():
		return s.invalid(value)
	}
	return nil
}

// isValid reports whether the field's value is valid, and normalizes it.
func (s setting) isValid() (ok bool) {
	switch field := s.field.(type) {
	case *string:
		if s.check != nil {
			*field, ok = s.check(*field)
			return ok
		}
		return s.allowed == "" || slices.Contains(s.words(), *field)
	case *int:
		return within(s.allowed, *field, strconv.Atoi)
	case *float64:
		if *field == 0 {
			*field = 0 // TOML's -0.0
		}
		return within(s.allowed, *field, parseFloat)
	case *time.Duration:
		return within(s.allowed, *field, time.ParseDuration)
	case *[]string:
		if s.private { // a command
			return len(*field) == 0 || (*field)[0] != ""
		}
		return len(*field) > 0 && !slices.ContainsFunc(*field, isNoKey)
	}
	return true
}

func (s setting) words() []string { return strings.Split(s.allowed, " | ") }

// within reports whether n is within bounds, such as 1s…10m. NaN never is.
func within[T cmp.Ordered](bounds string, n T, parse func(string) (T, error)) bool {
	from, to, _ := strings.Cut(bounds, "…")
	least, err1 := parse(from)
	most, err2 := parse(to)
	return least <= n && n <= most && err1 == nil && err2 == nil
}

func parseFloat(text string) (float64, error) { return strconv.ParseFloat(text, 64) }

func isNoKey(name string) bool { return !keymap.IsKey(name) }

// secretOrNone checks a secret, which may be empty.
func secretOrNone(text string) (string, bool) {
	clean, ok := cleanSecret(text)
	return clean, ok || text == ""
}

func timezone(name string) (string, bool) {
	_, err := time.LoadLocation(name)
	return name, err == nil && name != ""
}

// Days is a number of days, written as 0 or like 365d.
type Days int

// UnmarshalText parses a number of days.
func (d *Days) UnmarshalText(text []byte) error {
	number, hasUnit := strings.CutSuffix(string(text), "d")
	n, err := strconv.ParseUint(number, 10, 16)
	if *d = Days(n); string(text) != "0" && (!hasUnit || err != nil || n < 1 || n > 36500) {
		return errors.New("not a number of days")
	}
	return nil
}

// MarshalText formats d for UnmarshalText.
func (d Days) MarshalText() ([]byte, error) {
	if d == 0 {
		return []byte("0"), nil
	}
	return fmt.Appendf(nil, "%dd", d), nil
}

func (s setting) invalid(value any) *Error {
	e := &Error{Key: s.key, Problem: ProblemValue, Allowed: s.allowed}
	if s.private {
		return e
	}
	text := fmt.Sprint(value)
	switch field := s.field.(type) {
	case *string:
		e.Nearest = nearest(text, slices.DeleteFunc(s.words(), isPattern))
		if s.isURL() {
			e.Nearest = cmp.Or(withoutEndpoint(text), e.Nearest)
			text = publicURL(text)
		}
	case *[]string:
		if len(*field) > 0 {
			text = (*field)[slices.IndexFunc(*field, isNoKey)]
			e.Nearest = cmp.Or(keymap.Canonical(text), nearest(text, keymap.KeyNames()))
		}
	}
	e.Value = printable(text)
	return e
}

func (s setting) isURL() bool { return isPattern(s.allowed) }

// isPattern reports whether an allowed word is only a pattern, such as http://HOST.
func isPattern(word string) bool { return strings.Contains(word, "://") }

func (s setting) wrongType(value any) *Error {
	e := &Error{Key: s.key, Problem: ProblemType, Allowed: typeNames[fmt.Sprintf("%T", s.field)]}
	if !s.private {
		e.Value = typeNames[fmt.Sprintf("%T", value)]
	}
	return e
}

// typeNames has TOML's names for the types of the decoder and of the fields.
var typeNames = map[string]string{
	"string": "string", "int64": "integer", "float64": "float", "bool": "boolean", "time.Time": "datetime",
	"[]interface {}": "array", "map[string]interface {}": "table", "[]map[string]interface {}": "array of tables",

	"*string": "string", "*bool": "boolean", "*int": "integer", "*float64": "integer | float", "*[]string": "array of strings",
	"*time.Duration": "duration", "*config.Days": "duration", "<nil>": "table",
}

// format returns the value as TOML, or "" if it is private.
func (s setting) format() string {
	value := s.field
	switch field := s.field.(type) {
	case *string:
		if s.isURL() {
			value = withoutUser(*field)
		}
	case *time.Duration:
		value = formatDuration(*field)
	case *[]string:
		if s.private && len(*field) > 0 {
			return ""
		}
	}
	text, err := toml.Marshal(map[string]any{"value": value})
	if err != nil { // no field is of a type without TOML
		panic(err)
	}
	return strings.TrimSpace(strings.TrimPrefix(string(text), "value = "))
}

// formatDuration formats a duration without trailing zero parts: 24h, not
// 24h0m0s.
func formatDuration(d time.Duration) string {
	text := d.String()
	if short, ok := strings.CutSuffix(text, "m0s"); ok {
		text = short + "m"
	}
	if short, ok := strings.CutSuffix(text, "h0m"); ok {
		text = short + "h"
	}
	return text
}
