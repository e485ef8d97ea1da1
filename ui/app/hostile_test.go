package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fourfactor/juhe"
)

// hostile is a name that would clear a terminal, set its title, and turn text.
const hostile = "\x1b[2J\x1b]0;x\a\u202eevil\u009b31m"

// TestHostileNames: no path, argument or variable makes a command write a
// control or bidi character.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	name := "x" + hostile + "y"
	file := filepath.Join(t.TempDir(), name)
	for _, args := range [][]string{
		{"config", "path"},
		{"config", "check"},
		{"config", "show"},
		{"config", "init"},
		{"doctor"},
		{"doctor", "--json"},
		{"history", "list"},
		{"history", "verify"},
		{"history", "show", file},
		{"history", "delete", file},
		{"history", "export", "--out", file},
		{"history", "export", "--out", file + ".csv"},
		{"history", "import", file},
		{"history", "list", "--since", file},
		{"history", "list", "--outcome", file},
		{"history", "purge", "--older-than", file},
		{"batch", "run", file, "--out", file + ".csv", "--yes"},
		{"batch", "resume", file},
		{"batch", "export", file, "--out", file},
		{"check", "--stdin"},
		{"check", "--api", file},
		{"codes", file},
		{"codes", "--" + file},
		{"mock-server", "--addr", file},
		{file},
		{"config", file},
		{"help", file},
		{"--lang", file, "codes"},
		{"--config", file, "config", "check"},
		{"codes", "10001", file},
	} {
		r := newFixture(t)
		r.home = filepath.Join(r.home, name)
		if err := os.MkdirAll(r.home, 0o700); err != nil {
			t.Fatal(err)
		}
		r.env["HOME"], r.env["JUHE_BASE_URL"], r.env["TERM"] = r.home, "ftp://"+file, file
		for _, spoil := range []string{"", "[juhe]\n", "[nothing\x01]\n", "[juhe]\nbase_url = \"http://a\u202e\"\n"} {
			if spoil != "" {
				r.configure(t, spoil)
			}
			if len(spoil) == len("[juhe]\n") {
				for _, name := range []string{"JUHE_BASE_URL", "JUHE_KEY", "JUHE_OPENID"} { // then paths are named
					delete(r.env, name)
				}
			}
			got := r.run(`{"x`+hostile+`":1}`, args...)
			for what, text := range map[string]string{"standard output": got.out, "standard error": got.err} {
				if plain := strings.ReplaceAll(text, "\t", " "); juhe.SanitizeLines(plain) != plain {
					t.Errorf("%q, config %q: %s: %q", args, spoil, what, text)
				}
			}
		}
	}
}
