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
	all := byKey(d.settings())
	maps.DeleteFunc(all, func(_ string, s setting) bool { return s.field == nil })
	if want := slices.Sorted(maps.Keys(all)); !slices.Equal(keys, want) {
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

// Every default is valid, and so are the ends of every range, which are in order.
func TestDefaultsFit(t *testing.T) {
	t.Parallel()
	d := Default("")
	wantValid(t, &d)
	for _, s := range d.settings() {
		for _, word := range s.words() {
			if least, most, isRange := strings.Cut(word, "…"); isRange && wantEnd(t, s, least) >= wantEnd(t, s, most) {
				t.Errorf("%s: %q", s.key, s.allowed)
			}
		}
	}
}

// wantEnd returns the size of an end of a range, which must be valid.
func wantEnd(t *testing.T, s setting, end string) float64 {
	t.Helper()
	text := end
	switch s.field.(type) {
	case *time.Duration, *Days:
		text = strconv.Quote(end)
	}
	if bad := setTOML(t, s, text); bad != nil {
		t.Error(bad)
	}
	size := reflect.ValueOf(s.field).Elem()
	if size.CanInt() {
		return float64(size.Int())
	}
	return size.Float()
}
