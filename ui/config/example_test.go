package config

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

func example(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestExampleAsIs(t *testing.T) {
	t.Parallel()
	d := Default("")
	if got, want := values(load(t, example(t), nil)), values(&d); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// The example with all its keys uncommented says the defaults, all of them.
func TestExampleUncommented(t *testing.T) {
	t.Parallel()
	text := regexp.MustCompile(`(?m)^# ([a-z_]+ = )`).ReplaceAllString(example(t), "$1")
	d := Default("")
	if got, want := values(load(t, text, nil)), values(&d); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	var raw map[string]any
	meta, err := toml.Decode(text, &raw)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, key := range meta.Keys() {
		if meta.Type(key...) != "Hash" {
			keys = append(keys, key.String())
		}
	}
	slices.Sort(keys)
	if !slices.Equal(keys, Keys()) {
		t.Errorf("got  %v\nwant %v", keys, Keys())
	}
}

// Every key has a comment above it, Chinese first.
func TestExampleComments(t *testing.T) {
	t.Parallel()
	han := regexp.MustCompile(`\p{Han}`)
	key := regexp.MustCompile(`(?m)^# [a-z_]+ = `)
	for block := range strings.SplitSeq(example(t), "\n\n") {
		if !key.MatchString(block) {
			continue
		}
		lines := strings.Split(strings.TrimSpace(block), "\n")
		if strings.HasPrefix(lines[0], "[") {
			lines = lines[1:]
		}
		if len(lines) < 3 || !han.MatchString(lines[0]) {
			t.Errorf("too few words:\n%s", block)
		}
	}
}

// The tags of every key say something that can be used, and its default fits.
func TestDefaultsFit(t *testing.T) {
	t.Parallel()
	d := Default("")
	wantValid(t, &d)
	for name, key := range schemaOf(&d).keys {
		if least, greatest := key.span(); strings.Contains(key.allowed, "…") && (least <= 0 || greatest <= least) {
			t.Errorf("%s: %q", name, key.allowed)
		}
	}
}
