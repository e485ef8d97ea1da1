package i18n_test

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/ui/i18n"
)

// texts returns every string of a Text by its path, such as Codes[7].Next.
func texts(t *i18n.Messages) map[string]string {
	all := map[string]string{}
	flatten(all, "", reflect.ValueOf(t).Elem())
	return all
}

func flatten(all map[string]string, place string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		all[place] = v.String()
	case reflect.Struct:
		for i := range v.NumField() {
			flatten(all, place+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			flatten(all, fmt.Sprintf("%s[%d]", place, i), v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			flatten(all, fmt.Sprintf("%s[%v]", place, key), v.MapIndex(key))
		}
	default:
		panic("a Text has a " + v.Kind().String() + " at " + place)
	}
}

func TestNothingIsEmpty(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		all := texts(w)
		if len(all) < 300 {
			t.Fatalf("%s: only %d texts: the walk has missed some", w.Lang, len(all))
		}
		for place, text := range all {
			if text == "" && place != ".Codes[7].Next" {
				t.Errorf("%s%s is empty", w.Lang, place)
			}
		}
	}
}

// TestLanguagesAgree: the same texts in every language, with the same verbs
// in the same order.
func TestLanguagesAgree(t *testing.T) {
	t.Parallel()
	all := i18n.Languages()
	first := texts(all[0])
	for _, w := range all[1:] {
		other := texts(w)
		if a, b := slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(other)); !slices.Equal(a, b) {
			t.Fatalf("%s and %s do not have the same texts", all[0].Lang, w.Lang)
		}
		for place, text := range first {
			if a, b := verbs(text), verbs(other[place]); !slices.Equal(a, b) {
				t.Errorf("%s: %v in %s, %v in %s", place, a, all[0].Lang, b, w.Lang)
			}
		}
	}
}

// verbs returns the fmt verbs and the {names} of a text.
func verbs(text string) []string {
	return regexp.MustCompile(`%[-+# 0]*[\d.]*[a-zA-Z%]|\{\w+\}`).FindAllString(text, -1)
}

func TestFor(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		lang string
		env  map[string]string
		want string
	}{
		{"zh", map[string]string{"LANG": "en_US.UTF-8"}, "zh"},
		{"en", map[string]string{"LANG": "zh_CN.UTF-8"}, "en"},
		{"auto", nil, "zh"},
		{"", map[string]string{"LANG": "C"}, "zh"},
		{"", map[string]string{"LANG": "POSIX"}, "zh"},
		{"", map[string]string{"LANG": "C.UTF-8"}, "zh"},
		{"", map[string]string{"LANG": "zh_CN.UTF-8"}, "zh"},
		{"", map[string]string{"LANG": "zh_TW.UTF-8"}, "zh"},
		{"", map[string]string{"LANG": "en_US.UTF-8"}, "en"},
		{"", map[string]string{"LANG": "de_DE.UTF-8"}, "en"},
		{"", map[string]string{"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"},
		{"", map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB"}, "zh"},
		{"auto", map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"},
	} {
		if got := i18n.For(test.lang, func(name string) string { return test.env[name] }).Lang; got != test.want {
			t.Errorf("For(%q) with %v = %s, want %s", test.lang, test.env, got, test.want)
		}
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	for _, ascii := range []bool{true, false} {
		outcome, said := i18n.Marks(ascii)
		seen := map[string]juhe.Outcome{}
		for name, mark := range outcome {
			if other, twice := seen[mark]; twice {
				t.Errorf("%s and %s have the same mark %s", name, other, mark)
			}
			seen[mark] = name
		}
		for _, mark := range slices.Concat(slices.Collect(maps.Values(outcome)), slices.Collect(maps.Values(said))) {
			if ascii && mark[0] >= 0x80 {
				t.Errorf("%s is not ASCII", mark)
			}
		}
	}
}

// TestASCII: no text keeps a character that may be two cells wide, and the verbs
// are unchanged.
func TestASCII(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		before := texts(w)
		w.ASCII()
		for place, text := range texts(w) {
			if strings.ContainsAny(text, "“”‘’—–…←→↑↓") || !slices.Equal(verbs(text), verbs(before[place])) {
				t.Errorf("%s%s: %q", w.Lang, place, text)
			}
		}
	}
}
