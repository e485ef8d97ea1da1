package config

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// wantValid checks a Config against the rules of its own tags: each value, set again
// as Settings writes it, is valid and unchanged.
func wantValid(t *testing.T, c *Config) {
	t.Helper()
	for name, key := range schemaOf(c).keys {
		var bad *Error
		switch into := key.into.(type) {
		case *string:
			before := *into
			if bad = key.setText(into, before); before != *into {
				t.Errorf("%s: %q became %q", name, before, *into)
			}
		default:
			before := reflect.ValueOf(into).Elem().Interface()
			if text := formatTOML(key); text != "" {
				bad = key.set(fromTOML(t, text))
			}
			if after := reflect.ValueOf(into).Elem().Interface(); !reflect.DeepEqual(before, after) {
				t.Errorf("%s: %v became %v", name, before, after)
			}
		}
		if bad != nil {
			t.Errorf("%s: %v", name, bad)
		}
	}
}

// fromTOML returns the value of the parser for a TOML text.
func fromTOML(t *testing.T, text string) any {
	t.Helper()
	var raw map[string]any
	if _, err := toml.Decode("value = "+text, &raw); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return raw["value"]
}

func FuzzLoad(f *testing.F) {
	for _, bad := range invalidFiles() {
		f.Add(bad.text)
	}
	f.Add("\ufefflanguage = 'zh'\r\n[ui]\r\ntheme = \"mono\"")
	f.Add("juhe = {timeout = '1s', proxy = 'http://x'}\n[ui]")
	f.Add("guard = {repeat_within = '1h30m', daily_limit = 7, price = 0.1}\n[ledger]\npath = 'l.db'\nkey_file = 'k'\nkeep = '30d'")
	f.Add("[ledger]\nencryption = 'command'\nkey_command = ['x', 'y']")
	path := filepath.Join(f.TempDir(), "config.toml")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := Load(path, true, variables{}.get)
		if err == nil {
			wantValid(t, c)
			return
		}
		var bad *Error
		if !errors.As(err, &bad) || bad.File == "" || bad.Error() == "" {
			t.Fatalf("%#v", err)
		}
		if lines := strings.Count(text, "\n") + 1; bad.File == path && bad.Problem != ProblemRead && (bad.Line < 1 || bad.Line > lines) {
			t.Fatalf("line %d of %d: %v", bad.Line, lines, bad)
		}
	})
}
