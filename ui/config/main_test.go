package config

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// helper is the first argument of the test binary when it plays a key_command; the
// second argument is the part.
const helper = "as-key-command"

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == helper {
		os.Exit(play(os.Args[2]))
	}
	os.Exit(m.Run())
}

func play(part string) int {
	switch part {
	case "print":
		fmt.Println("  printed-secret ")
	case "fail":
		fmt.Println(marker)
		fmt.Fprintln(os.Stderr, marker)
		return 3
	case "flood":
		fmt.Print(strings.Repeat("x", maxSecret+1))
	case "blank":
		fmt.Println()
	case "count": // one byte more in the file each time
		f, err := os.OpenFile(os.Args[3], os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return 1
		}
		defer f.Close()
		fmt.Fprint(f, "x")
		fmt.Println("printed-secret")
	case "hang":
		stop, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
		defer cancel()
		<-stop.Done()
	}
	return 0
}

// commandLine returns a key_command line that plays a part.
func commandLine(key string, args ...string) string {
	words := []string{fmt.Sprintf("%q", os.Args[0]), fmt.Sprintf("%q", helper)}
	for _, arg := range args {
		words = append(words, fmt.Sprintf("%q", arg))
	}
	return key + " = [" + strings.Join(words, ", ") + "]\n"
}

// marker stands in the place of secrets.
const marker = "MARKERsecret0123456789"

// variables is an environment.
type variables map[string]string

func (v variables) get(name string) string { return v[name] }

// write creates a file with mode 0600 in a new folder with mode 0700.
func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// load loads a text that must be valid.
func load(t testing.TB, text string, env variables) *Config {
	t.Helper()
	c, err := Load(write(t, "config.toml", text), true, env.get)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// loadOver is like load and also returns the defaults for the same folder.
func loadOver(t testing.TB, text string) (c *Config, standard Config) {
	t.Helper()
	path := write(t, "config.toml", text)
	c, err := Load(path, true, variables{}.get)
	if err != nil {
		t.Fatal(err)
	}
	return c, Default(filepath.Dir(path))
}

// values returns the values of the keys of c, by dotted name.
func values(c *Config) map[string]any {
	all := map[string]any{}
	for _, s := range c.settings() {
		all[s.key] = reflect.ValueOf(s.field).Elem().Interface()
	}
	return all
}
