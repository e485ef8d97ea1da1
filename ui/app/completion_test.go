package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCompletionScripts: the script of each shell asks the program, which knows
// every command.
func TestCompletionScripts(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		got := r.run("", "completion", shell)
		assertResult(t, got, 0, []string{"__complete", "fourfactor"}, nil)
		if got.err != "" {
			t.Errorf("%s: %s", shell, got.err)
		}
	}
}

// TestCompletion: what the shell is offered after a command line. Directive 0
// allows files, 4 does not, 8 allows files with these extensions.
func TestCompletion(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	apis, outcomes := "query queryEncry queryV2", "match mismatch refused unclear lost unsent"
	for line, want := range map[string]string{
		"":                                "batch check codes completion config doctor help history mock-server :4",
		"check --api ":                    apis + " :4",
		"batch run --api ":                apis + " :4",
		"completion ":                     "bash zsh fish powershell :4",
		"history list --outcome ":         outcomes + " :4",
		"--lang ":                         "zh en :4",
		"history list --lang ":            "zh en :4",
		"config ":                         "check init path show :4",
		"history ":                        "audit delete export import list purge show verify :4",
		"batch ":                          "export list resume run :4",
		"--config ":                       ":0",
		"check --config ":                 ":0",
		"batch run ":                      "csv tsv txt xlsx xlsm xls html htm mht mhtml xml :8",
		"batch run --out ":                ":0",
		"batch export 1 --out ":           ":0",
		"history export --out ":           ":0",
		"history import ":                 "jsonl :8",
		"check ":                          ":4",
		"check --entname ":                ":4",
		"codes ":                          ":4",
		"history show ":                   ":4",
		"history delete ":                 ":4",
		"history purge --older-than ":     ":4",
		"history list --search ":          ":4",
		"batch resume ":                   ":4",
		"batch run --map ":                ":4",
		"mock-server --addr ":             ":4",
		"batch run in.csv --concurrency ": ":4",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"__complete"}, strings.Split(line, " ")...)
			got := r.run("", args...)
			var offered []string
			for text := range strings.Lines(got.out) {
				name, _, _ := strings.Cut(strings.TrimSpace(text), "\t")
				offered = append(offered, name)
			}
			if !slices.Equal(offered, strings.Fields(want)) || got.code != 0 {
				t.Errorf("exit %d: %q, want %s; %s", got.code, offered, want, got.err)
			}
		})
	}
}

// TestCompletionReadsNothing: completion reads neither the ledger nor a key.
func TestCompletionReadsNothing(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	delete(r.env, "JUHE_KEY")
	marker := filepath.Join(r.home, "marker")
	r.configure(t, "[juhe]\nkey_command = [\"touch\", \""+marker+"\"]\n[ledger]\nencryption = \"command\"\nkey_command = [\"touch\", \""+marker+"\"]\n")
	for _, args := range [][]string{{"check", "--api", ""}, {"history", "show", ""}, {"batch", "resume", ""}, {"--pl"}} {
		if got := r.run("", append([]string{"__complete"}, args...)...); got.code != 0 {
			t.Errorf("%v: exit %d, %s", args, got.code, got.err)
		}
	}
	for _, path := range []string{marker, r.dataDir(), filepath.Join(r.home, ".config", "fourfactor", "ledger.key")} {
		if _, err := os.Lstat(path); !os.IsNotExist(err) {
			t.Errorf("completing has made %s: %v", path, err)
		}
	}
	r.assertRequests(t, 0)
}
