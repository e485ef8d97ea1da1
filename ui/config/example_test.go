package config

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

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
	c, d := loadOver(t, example(t))
	if got, want := values(c), values(&d); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// The example with all keys uncommented has exactly the defaults.
func TestExampleUncommented(t *testing.T) {
	t.Parallel()
	text := regexp.MustCompile(`(?m)^# ([a-z_]+ = )`).ReplaceAllString(example(t), "$1")
	c, d := loadOver(t, text)
	if got, want := values(c), values(&d); !reflect.DeepEqual(got, want) {
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
	defaults := Default("")
	if want := slices.Sorted(maps.Keys(schemaOf(&defaults).keys)); !slices.Equal(keys, want) {
		t.Errorf("got  %v\nwant %v", keys, want)
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

// The tags of every key are valid, and its default satisfies them.
func TestDefaultsFit(t *testing.T) {
	t.Parallel()
	d := Default("")
	wantValid(t, &d)
	for name, key := range schemaOf(&d).keys {
		for word := range strings.SplitSeq(key.allowed, "|") {
			if least, greatest, isSpan := strings.Cut(word, "…"); isSpan {
				wantSpan(t, name, key, least, greatest)
			}
		}
	}
}

// wantSpan fails unless both ends of a range are valid and in order.
func wantSpan(t *testing.T, name string, key setting, least, greatest string) {
	t.Helper()
	size := func(text string) float64 {
		switch into := key.into.(type) {
		case *time.Duration:
			if bad := key.set(text); bad != nil {
				t.Error(bad)
			}
			return float64(*into)
		default:
			n, err := strconv.ParseInt(text, 10, 64)
			if bad := key.set(n); bad != nil || err != nil {
				t.Error(bad, err)
			}
			return float64(n)
		}
	}
	if size(least) >= size(greatest) {
		t.Errorf("%s: %q", name, key.allowed)
	}
}
