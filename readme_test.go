package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

var update = flag.Bool("update", false, "write the key tables into README.md")

// TestReadmeKeys: the key tables of the README are made from the program's
// own. `go test . -run ReadmeKeys -update` writes them.
func TestReadmeKeys(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
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
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(text) {
		t.Error("the keys in README.md are not the program's: go test . -run ReadmeKeys -update")
	}
}

func keyTable(w *i18n.Text) string {
	heads := map[string][3]string{"zh": {"界面", "按键", "作用"}, "en": {"where", "keys", "what"}}[w.Lang]
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | %s | %s |\n|---|---|---|\n", heads[0], heads[1], heads[2])
	for _, line := range keymap.Defaults() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", w.Places[string(line.Context)], widget.JoinKeyLabels(line.Keys), w.Keys[string(line.Action)])
	}
	return b.String()
}

// TestReadmePictures: every picture is there.
func TestReadmePictures(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`!\[[^]]*\]\(([^)]*)\)`).FindAllStringSubmatch(string(text), -1)
	if len(links) < 3 {
		t.Errorf("%d pictures", len(links))
	}
	for _, link := range links {
		if _, err := os.Stat(link[1]); err != nil {
			t.Error(err)
		}
	}
}

// TestReadmeCommands: the README's two commands are there as they are run.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"go run . --demo", "go test ./..."} {
		if strings.Count(string(text), "\n```\n"+command+"\n```\n") != 2 {
			t.Errorf("README.md does not have %q in both languages", command)
		}
	}
}
