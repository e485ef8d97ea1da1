package cli_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

var readme = filepath.Join("..", "..", "README.md")

var update = flag.Bool("update", false, "write the key tables into README.md")

// TestReadmeKeys: the key tables of the README are those of the program. `go
// test ./ui/cli -run Readme -update` writes them.
func TestReadmeKeys(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)
	for _, w := range i18n.Languages() {
		section := regexp.MustCompile(`(?s)(<!-- keys ` + w.Lang + ` -->\n).*?(<!-- /keys -->)`)
		if !section.MatchString(want) {
			t.Fatalf("README.md has no place for the keys in %s", w.Lang)
		}
		want = section.ReplaceAllString(want, "${1}"+keyTable(w)+"${2}")
	}
	if *update {
		if err := os.WriteFile(readme, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(text) {
		t.Error("the keys in README.md are not the program's: go test ./ui/cli -run Readme -update")
	}
}

func keyTable(w *i18n.Messages) string {
	heads := map[string][3]string{"zh": {"界面", "按键", "作用"}, "en": {"where", "keys", "what"}}[w.Lang]
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | %s | %s |\n|---|---|---|\n", heads[0], heads[1], heads[2])
	for _, line := range keymap.Defaults() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", w.KeyContexts[string(line.Context)], widget.JoinKeyLabels(line.Keys), w.Keys[string(line.Action)])
	}
	return b.String()
}

// TestReadmePictures: every picture exists.
func TestReadmePictures(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`!\[[^]]*\]\(([^)]*)\)`).FindAllStringSubmatch(string(text), -1)
	if len(links) < 3 {
		t.Errorf("%d pictures", len(links))
	}
	for _, link := range links {
		if _, err := os.Stat(filepath.Join(filepath.Dir(readme), link[1])); err != nil {
			t.Error(err)
		}
	}
}

// TestReadmeCommands: the README has both commands in both languages.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"go run . --demo", "go test ./..."} {
		if strings.Count(string(text), "\n```\n"+command+"\n```\n") != 2 {
			t.Errorf("README.md does not have %q in both languages", command)
		}
	}
}
