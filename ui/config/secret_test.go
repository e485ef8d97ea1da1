package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestSecretSources(t *testing.T) {
	t.Parallel()
	file := write(t, "elsewhere", "\nfrom-file\n")
	home := filepath.Dir(file)
	inFile := fmt.Sprintf("key_file = %q\n", file)
	for _, tt := range []struct {
		name, lines   string
		env           variables
		value, origin string
	}{
		{"variable", "key = 'from-config'", variables{"JUHE_KEY": " from-env "}, "from-env", "JUHE_KEY"},
		{"config", "key = ' from-config '", nil, "from-config", "config"},
		{"command", commandLine("key_command", "print"), nil, "printed-secret", "command"},
		{"file", inFile, nil, "from-file", file},
		{"home", "key_file = '~/elsewhere'", variables{"HOME": home}, "from-file", file},
		{"empty variable", inFile, variables{"JUHE_KEY": ""}, "from-file", file},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := load(t, "[juhe]\n"+tt.lines, tt.env).Juhe.Key
			if s.Origin() != tt.origin || !s.Configured() {
				t.Errorf("origin %q, configured %t", s.Origin(), s.Configured())
			}
			if got, err := s.Get(t.Context()); got != tt.value || err != nil {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

// TestSecretEncoding: a key file in another encoding is an error, instead of a key
// that the service rejects.
func TestSecretEncoding(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"\xef\xbb\xbfsecret\n":           "BOM",
		"\xff\xfes\x00e\x00c\x00":        "UTF-16",
		"\xfe\xff\x00s\x00e\x00c":        "UTF-16",
		"s\x00e\x00c\x00r\x00e\x00t\x00": "UTF-16",
	} {
		file := write(t, "key", text)
		_, err := load(t, fmt.Sprintf("[juhe]\nkey_file = %q\n", file), nil).Juhe.Key.Get(t.Context())
		var problem *Error
		if !errors.As(err, &problem) || problem.Problem != ProblemRead || !strings.Contains(problem.Other, want) || problem.File != file {
			t.Errorf("%q: got %v, want %s of %s", text, err, want, file)
		}
	}
}

func TestSecretBesideConfig(t *testing.T) {
	t.Parallel()
	path := write(t, "config.toml", "juhe.openid_file = 'mine'")
	for name, text := range map[string]string{"key": "k1\n", "mine": "o1\n"} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Load(path, true, variables{}.get)
	if err != nil {
		t.Fatal(err)
	}
	key, err1 := c.Juhe.Key.Get(t.Context())
	openid, err2 := c.Juhe.Openid.Get(t.Context())
	if key != "k1" || openid != "o1" || err1 != nil || err2 != nil {
		t.Errorf("%q %q %v %v", key, openid, err1, err2)
	}
}

func TestSecretMissing(t *testing.T) {
	t.Parallel()
	c := load(t, "juhe.openid_file = 'nowhere'", nil)
	if _, err := c.Juhe.Key.Get(t.Context()); !errors.Is(err, ErrMissing) || c.Juhe.Key.Configured() {
		t.Errorf("default file: %v", err)
	}
	_, err := c.Juhe.Openid.Get(t.Context())
	var bad *Error
	if !errors.As(err, &bad) || errors.Is(err, ErrMissing) || !errors.Is(err, os.ErrNotExist) ||
		bad.File != c.Juhe.Openid.Origin() || !c.Juhe.Openid.Configured() {
		t.Errorf("named file: %v", err)
	}
}

// A key file that is written later is used: only a success is cached.
func TestSecretAppears(t *testing.T) {
	t.Parallel()
	s := Default(t.TempDir()).Juhe.Key
	if _, err := s.Get(t.Context()); !errors.Is(err, ErrMissing) {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.Origin(), []byte("late"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(t.Context()); got != "late" || err != nil || !s.Configured() {
		t.Errorf("got %q, %v", got, err)
	}
	wantMode(t, s.Origin(), 0o644) // to read changes nothing: doctor reads too
}

func TestSecretBad(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty":         "",
		"blank":         " \n\t",
		"two words":     marker + " x",
		"two lines":     marker + "\n" + marker,
		"control":       marker + "\x1b[0m",
		"zero width":    marker + "\u200b",
		"not UTF-8":     marker + "\xff",
		"too long":      strings.Repeat(marker, 5000),
		"no-break":      "a\u00a0" + marker,
		"replaced name": "\ufeff" + marker,
	} {
		s := load(t, fmt.Sprintf("juhe.key_file = %q", write(t, "key", text)), nil).Juhe.Key
		got, err := s.Get(t.Context())
		var bad *Error
		if got != "" || !errors.As(err, &bad) || bad.File != s.Origin() || strings.Contains(fmt.Sprintf("%#v", *bad), marker) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	s := load(t, fmt.Sprintf("juhe.key_file = %q", t.TempDir()), nil).Juhe.Key
	if _, err := s.Get(t.Context()); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("folder: %v", err)
	}
}

func TestCommandFails(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ line, want string }{
		{commandLine("key_command", "fail", marker), os.Args[0] + `: unreadable "juhe.key_command"; exit status 3`},
		{commandLine("key_command", "flood"), os.Args[0] + `: unreadable "juhe.key_command"; too long`},
		{commandLine("key_command", "blank"), `command: bad_value "juhe.key"`},
		{"key_command = ['/nowhere/at-all']", `/nowhere/at-all: unreadable "juhe.key_command"; no such file or directory`},
	} {
		_, err := load(t, "[juhe]\n"+tt.line, nil).Juhe.Key.Get(t.Context())
		if err == nil || err.Error() != tt.want {
			t.Errorf("got  %v\nwant %s", err, tt.want)
		}
	}
}

func TestCommandEndsWithContext(t *testing.T) {
	t.Parallel()
	s := load(t, "[juhe]\n"+commandLine("key_command", "hang"), nil).Juhe.Key
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var calls sync.WaitGroup
	for range 3 {
		calls.Go(func() {
			if _, err := s.Get(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		})
	}
	calls.Wait()
}

func TestCommandRunsOnce(t *testing.T) {
	t.Parallel()
	counter := filepath.Join(t.TempDir(), "counter")
	c := load(t, "[juhe]\n"+commandLine("key_command", "count", counter), nil)
	if !c.Juhe.Key.Configured() {
		t.Error("not configured")
	}
	if _, err := os.Stat(counter); err == nil {
		t.Error("the command ran before it was needed")
	}
	var calls sync.WaitGroup
	for range 8 {
		s := (*c).Juhe.Key
		calls.Go(func() {
			if got, err := s.Get(t.Context()); got != "printed-secret" || err != nil {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
	calls.Wait()
	if ran, err := os.ReadFile(counter); len(ran) != 1 || err != nil {
		t.Errorf("ran %d times, %v", len(ran), err)
	}
}

func TestConfigPrintsNoSecret(t *testing.T) {
	t.Parallel()
	c := load(t, "[juhe]\nkey = '"+marker+"'", variables{"JUHE_OPENID": marker})
	if _, err := c.Juhe.Key.Get(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		for _, v := range []any{c, *c, c.Juhe.Key, []any{c.Juhe}} {
			if out := fmt.Sprintf(verb, v); strings.Contains(out, marker) {
				t.Errorf("%s of %T: %s", verb, v, out)
			}
		}
	}
}
