package app_test

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
// test ./ui/app -run Readme -update` writes them.
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
		t.Error("the keys in README.md are not the program's: go test ./ui/app -run Readme -update")
	}
}

// keyContexts names the contexts of keys, by language.
var keyContexts = map[string]map[keymap.Context]string{
	"zh": {"anywhere": "任何界面", "form": "核验", "result": "结果", "history": "历史", "batch": "批量", "setup": "首次设置", "beside": "核验以外", "list": "列表与长文本", "input": "其他输入框", "question": "询问"},
	"en": {"anywhere": "anywhere", "form": "form", "result": "result", "history": "history", "batch": "batch", "setup": "setup", "beside": "anywhere but the form", "list": "lists and long texts", "input": "other fields", "question": "question"},
}

// keyTable returns a table with one row per screen.
func keyTable(w *i18n.Messages) string {
	heads := map[string][2]string{"zh": {"界面", "按键"}, "en": {"where", "keys"}}[w.Lang]
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | %s |\n|---|---|", heads[0], heads[1])
	var last keymap.Context
	for _, line := range keymap.Defaults() {
		key := widget.JoinKeyLabels(line.Keys) + " " + w.Keys[line.Action]
		if line.Context != last {
			fmt.Fprintf(&b, " |\n| %s | %s", keyContexts[w.Lang][line.Context], key)
		} else {
			b.WriteString(" · " + key)
		}
		last = line.Context
	}
	return strings.Replace(b.String(), "|---|---| |", "|---|---|", 1) + " |\n"
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

// TestReadmeLength: someone with two minutes can read it in each language.
// Folded tables do not count.
func TestReadmeLength(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	unfolded := regexp.MustCompile(`(?s)<details>.*?</details>`).ReplaceAllString(string(text), "")
	en, zh, _ := strings.Cut(unfolded, "\n# 中文\n")
	for name, part := range map[string]string{"English": en, "Chinese": zh} {
		if n := strings.Count(part, "\n"); n > 150 {
			t.Errorf("README.md has %d lines in %s, want at most 150", n, name)
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
