package config

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"fourfactor/ui/keymap"
)

// set checks and stores a value of the TOML parser. An error lacks its file and
// line.
func (s setting) set(value any) *Error {
	switch into := s.into.(type) {
	case *string:
		if text, ok := value.(string); ok {
			return s.setText(into, text)
		}
		return s.wrongType("string", value)
	case *bool:
		if yes, ok := value.(bool); ok {
			*into = yes
			return nil
		}
		return s.wrongType("boolean", value)
	case *int:
		if n, ok := value.(int64); ok {
			return s.setInt(into, n)
		}
		return s.wrongType("integer", value)
	case *float64:
		switch number := value.(type) {
		case int64:
			return s.setFloat(into, float64(number))
		case float64:
			return s.setFloat(into, number)
		}
		return s.wrongType("integer | float", value)
	case *time.Duration:
		if text, ok := value.(string); ok {
			return s.setDuration(into, text)
		}
		return s.wrongType("duration", value)
	case *[]string:
		return s.setList(into, value)
	}
	panic("config: " + s.key + " is of a type without a rule")
}

func (s setting) setText(into *string, text string) *Error {
	clean, ok := text, true
	switch s.check {
	case "url":
		clean, ok = baseURL(text)
	case "proxy":
		ok = isProxy(text)
	case "timezone":
		_, err := time.LoadLocation(text)
		ok = err == nil && text != ""
	case "path":
		if text == "" {
			return nil
		}
	case "secret":
		if text != "" {
			clean, ok = secretText(text)
		}
	default:
		ok = s.allowed == "" || slices.Contains(s.words(), text)
	}
	if !ok {
		e := s.invalid(text)
		e.Nearest = nearest(e.Value, slices.DeleteFunc(s.words(), isForm))
		if s.check == "url" {
			e.Nearest = withoutEndpoint(text)
		}
		return e
	}
	*into = clean
	return nil
}

func (s setting) setDuration(into *time.Duration, text string) *Error {
	parse := time.ParseDuration
	if s.check == "days" {
		parse = parseDays
	}
	d, err := parse(text)
	if err != nil || !within(s, d, parse) {
		return s.invalid(text)
	}
	*into = d
	return nil
}

func (s setting) setInt(into *int, n int64) *Error {
	parse := func(text string) (int64, error) { return strconv.ParseInt(text, 10, 64) }
	if !within(s, n, parse) {
		return s.invalid(strconv.FormatInt(n, 10))
	}
	*into = int(n)
	return nil
}

func (s setting) setFloat(into *float64, f float64) *Error {
	parse := func(text string) (float64, error) { return strconv.ParseFloat(text, 64) }
	if !within(s, f, parse) {
		return s.invalid(fmt.Sprint(f))
	}
	*into = math.Abs(f) // for TOML's -0.0
	return nil
}

// setList stores an array of strings, or nil if it is empty. The first string is
// the name of a program and must not be empty.
func (s setting) setList(into *[]string, value any) *Error {
	list, ok := value.([]any)
	if !ok {
		return s.wrongType("array of strings", value)
	}
	var texts []string
	for _, item := range list {
		text, ok := item.(string)
		if !ok {
			return s.wrongType("array of strings", value)
		}
		texts = append(texts, text)
	}
	if s.check == "keys" {
		return s.setKeys(into, texts)
	}
	if len(texts) > 0 && texts[0] == "" {
		return s.invalid("")
	}
	*into = texts
	return nil
}

// setKeys stores the keys of an action, which has at least one.
func (s setting) setKeys(into *[]string, names []string) *Error {
	for _, name := range names {
		if !keymap.IsKey(name) {
			e := s.invalid(name)
			e.Nearest = cmp.Or(keymap.Canonical(name), nearest(e.Value, keymap.KeyNames()))
			return e
		}
	}
	if len(names) == 0 {
		return s.invalid("[]")
	}
	*into = names
	return nil
}

// isForm reports whether an allowed word is only a pattern, such as http://HOST.
func isForm(word string) bool { return strings.Contains(word, "://") }

func (s setting) words() []string { return strings.Split(s.allowed, "|") }

// within reports whether a value is one of the allowed words or in one of the
// allowed ranges. NaN is in none.
func within[T cmp.Ordered](s setting, value T, parse func(string) (T, error)) bool {
	return slices.ContainsFunc(s.words(), func(word string) bool {
		from, to, isSpan := strings.Cut(word, "…")
		least, _ := parse(from)
		if !isSpan {
			return value == least
		}
		greatest, _ := parse(to)
		return least <= value && value <= greatest
	})
}

func (s setting) invalid(text string) *Error {
	e := &Error{Key: s.key, Problem: ProblemValue}
	if s.allowed != "" {
		e.Allowed = strings.Join(s.words(), " | ")
	}
	switch {
	case s.private:
		return e
	case s.check == "url" || s.check == "proxy":
		text = publicURL(text)
	}
	e.Value = printable(text)
	return e
}

func (s setting) wrongType(want string, value any) *Error {
	e := &Error{Key: s.key, Problem: ProblemType, Allowed: want}
	if !s.private {
		e.Value = typeName(value)
	}
	return e
}

// typeName returns TOML's name for the type of a value of the parser.
func typeName(value any) string {
	switch value.(type) {
	case string:
		return "string"
	case int64:
		return "integer"
	case float64:
		return "float"
	case bool:
		return "boolean"
	case time.Time:
		return "datetime"
	case map[string]any:
		return "table"
	case []map[string]any:
		return "array of tables"
	default:
		return "array"
	}
}
