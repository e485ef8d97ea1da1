package ident_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/juhetest"
)

func FuzzUSCC(f *testing.F) {
	fuzzCode(f, juhe.Entmark, ident.KindUSCC, "uscc_valid.txt", "uscc_invalid.txt", "uscc_normalize.txt")
}

func FuzzRegno(f *testing.F) {
	fuzzCode(f, juhe.Entmark, ident.KindRegno, "regno_valid.txt", "regno_invalid.txt", "regno_soft.txt")
}

func FuzzOrgcode(f *testing.F) {
	fuzzCode(f, juhe.Entmark, ident.KindOrgcode, "orgcode_valid.txt")
}

func FuzzResident(f *testing.F) {
	fuzzCode(f, juhe.Idcard, ident.KindResident18, "id_valid.txt", "id_invalid.txt")
}

// fuzzCode checks the raw and the normalised value, and that a wrong check character
// of a valid identifier gets a warning.
func fuzzCode(f *testing.F, field juhe.Factor, kind ident.Kind, files ...string) {
	for _, name := range files {
		for _, line := range readVectors(f, name) {
			f.Add(line[0])
		}
	}
	f.Fuzz(func(t *testing.T, raw string) {
		assertWarnings(t, field, raw)
		value, _ := ident.Normalize(field, raw)
		assertWarnings(t, field, value)
		if ident.KindOf(field, value) != kind || ident.Check(field, value, nil, today) != nil {
			return
		}
		last := len(value) - 1
		for _, c := range []byte("0123456789X") {
			slip := value[:last] + string(c)
			if c != value[last] && ident.Check(field, slip, nil, today) == nil {
				t.Errorf("both %q and %q are right", value, slip)
			}
		}
	})
}

func assertWarnings(t *testing.T, field juhe.Factor, value string) {
	t.Helper()
	seen := map[ident.Rule]bool{}
	for _, r := range ident.Check(field, value, []ident.Kind{ident.KindUSCC}, today) {
		if r.Factor != field || seen[r.Rule] || !slices.Contains(ident.Rules(), r.Rule) || r.Changes != nil {
			t.Errorf("%q: warning %v", value, r)
		}
		if r.Kind != ident.KindNone && !slices.Contains(juhetest.Constants[ident.Kind](t), r.Kind) {
			t.Errorf("%q: warning of kind %q", value, r.Kind)
		}
		seen[r.Rule] = true
	}
	if ident.KindOf(field, value) == ident.KindNone && value != "" && len(seen) == 0 {
		t.Errorf("%q has neither kind nor warning", value)
	}
}

func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{
		"", "张\r\n三", "\ufeff 张三\u200b", "1101-0519 4912３１00２ｘ",
		"\xe2\u200b\x80\x8b", "\xe3\u00ad\x80\u00ad\x80", "\u3164\u115f\U000e0100", "\x85\u0085",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for field := range juhe.NumFactors {
			assertNormal(t, field, raw)
		}
	})
}

func assertNormal(t *testing.T, field juhe.Factor, raw string) {
	t.Helper()
	value, changes := ident.Normalize(field, raw)
	if (value != raw) != (len(changes) > 0) {
		t.Errorf("%s: %q became %q with %v", field, raw, value, changes)
	}
	if again, more := ident.Normalize(field, value); again != value || len(more) > 0 {
		t.Errorf("%s: %q became %q, then %q", field, raw, value, again)
	}
	if utf8.ValidString(raw) && !utf8.ValidString(value) {
		t.Errorf("%s: %q became %q, which is not UTF-8", field, raw, value)
	}
	if strings.ContainsFunc(value, isInvisible) || strings.TrimSpace(value) != value {
		t.Errorf("%s: %q became %q", field, raw, value)
	}
	if field == juhe.Entmark && strings.ContainsFunc(value, unicode.IsSpace) {
		t.Errorf("%s: %q became %q", field, raw, value)
	}
	ident.Check(field, value, nil, today)
}

func isInvisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector) ||
		strings.ContainsRune("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0", r)
}

func FuzzMask(f *testing.F) {
	for _, seed := range []string{"", "张", "张三", "欧阳三", "11010519491231002X", "\xff\xfe张"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		assertMasked(t, s, ident.MaskName(s), 1, 1, 0)
		assertMasked(t, s, ident.MaskNumber(s), 3, 1, 2)
	})
}

// assertMasked checks that masked is as long as s and shows only its first head and
// last tail characters, or none if s has at most short.
func assertMasked(t *testing.T, s, masked string, short, head, tail int) {
	t.Helper()
	from, to := []rune(s), []rune(masked)
	if len(from) != len(to) {
		t.Fatalf("%q masked as %q", s, masked)
	}
	for i := range to {
		open := len(from) > short && (i < head || i >= len(from)-tail)
		if open && to[i] != from[i] || !open && to[i] != '*' {
			t.Errorf("%q masked as %q", s, masked)
		}
	}
}
