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

// wantValid checks a Config against its own rules: each value, set again as Settings
// writes it, is valid and unchanged.
func wantValid(t *testing.T, c *Config) {
	t.Helper()
	before := values(c)
	for _, s := range c.settings() {
		var bad *Error
		if field, ok := s.field.(*string); ok { // Settings leaves out the user of a proxy
			text := *field
			bad = s.set(text, func(any) error { *field = text; return nil })
		} else if text := s.format(); text != "" {
			bad = setTOML(t, s, text)
		}
		if bad != nil {
			t.Errorf("%s: %v", s.key, bad)
		}
	}
	if after := values(c); !reflect.DeepEqual(before, after) {
		t.Errorf("got  %v\nwant %v", after, before)
	}
}

// setTOML sets s to a TOML value.
func setTOML(t *testing.T, s setting, text string) *Error {
	t.Helper()
	var raw struct {
		Value any
	}
	var table map[string]toml.Primitive
	meta, err := toml.Decode("Value = "+text, &table)
	if err == nil {
		_, err = toml.Decode("Value = "+text, &raw)
	}
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s.set(raw.Value, func(into any) error { return meta.PrimitiveDecode(table["Value"], into) })
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
