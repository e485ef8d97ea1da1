package ident_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/juhetest"
)

// today is fixed, so that the vectors stay valid.
var today = time.Date(2026, time.March, 1, 23, 59, 0, 0, time.FixedZone("CST", 8*3600))

// readVectors returns the columns of each line of testdata/name.
func readVectors(t testing.TB, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, strings.Split(line, "\t"))
		}
	}
	if len(lines) == 0 {
		t.Fatalf("%s is empty", name)
	}
	return lines
}

// ruleNames returns the rules of warnings, joined by spaces.
func ruleNames(warnings []ident.Warning) string {
	names := make([]string, len(warnings))
	for i, r := range warnings {
		names[i] = string(r.Rule)
	}
	return strings.Join(names, " ")
}

// checkRaw normalises and checks a value, accepting every kind.
func checkRaw(f juhe.Factor, raw string) []ident.Warning {
	value, _ := ident.Normalize(f, raw)
	return ident.Check(f, value, nil, today)
}

func TestValidVectors(t *testing.T) {
	t.Parallel()
	files := []struct {
		name  string
		field juhe.Factor
		kind  ident.Kind // of every line, or "" for the second column
	}{
		{"uscc_valid.txt", juhe.Entmark, ident.KindUSCC},
		{"regno_valid.txt", juhe.Entmark, ident.KindRegno},
		{"orgcode_valid.txt", juhe.Entmark, ident.KindOrgcode},
		{"id_valid.txt", juhe.Idcard, ""},
	}
	for _, file := range files {
		for _, line := range readVectors(t, file.name) {
			want := file.kind
			if want == "" {
				want = ident.Kind(line[1])
			}
			assertValid(t, file.field, line[0], want)
		}
	}
}

func assertValid(t *testing.T, f juhe.Factor, raw string, want ident.Kind) {
	t.Helper()
	value, changes := ident.Normalize(f, raw)
	hyphens := strings.Contains(raw, "-")
	if value != strings.ReplaceAll(raw, "-", "") || hyphens != (len(changes) == 1 && changes[0] == ident.ChangeHyphens) {
		t.Errorf("Normalize(%s) = %s, %v", raw, value, changes)
	}
	if got := ident.KindOf(f, value); got != want {
		t.Errorf("KindOf(%s) = %q, want %q", value, got, want)
	}
	for _, takes := range [][]ident.Kind{nil, {want}, juhetest.Constants[ident.Kind](t)} {
		if got := ident.Check(f, value, takes, today); got != nil {
			t.Errorf("Check(%s, %v) = %v, want none", value, takes, got)
		}
	}
	assertMask(t, value)
}

func assertMask(t *testing.T, value string) {
	t.Helper()
	n := len(value)
	want := value[:1] + strings.Repeat("*", n-3) + value[n-2:]
	if got := ident.MaskNumber(value); got != want {
		t.Errorf("MaskNumber(%s) = %s, want %s", value, got, want)
	}
}

func TestInvalidVectors(t *testing.T) {
	t.Parallel()
	files := map[string]juhe.Factor{
		"uscc_invalid.txt":  juhe.Entmark,
		"regno_invalid.txt": juhe.Entmark,
		"id_invalid.txt":    juhe.Idcard,
	}
	for name, field := range files {
		for _, line := range readVectors(t, name) {
			want := ident.Rule(line[1])
			if want == "future" {
				want = ident.RuleDate
			}
			got := checkRaw(field, line[0])
			if len(got) == 0 || got[0].Rule != want {
				t.Errorf("%s: Check(%s) = %v, want %s first", name, line[0], got, want)
			}
			if masked := ident.MaskNumber(line[0]); strings.Contains(masked, line[0][1:5]) {
				t.Errorf("MaskNumber(%s) = %s", line[0], masked)
			}
		}
	}
}

func TestNormalizeVectors(t *testing.T) {
	t.Parallel()
	for _, line := range readVectors(t, "uscc_normalize.txt") {
		raw, err := strconv.Unquote(`"` + line[0] + `"`)
		if err != nil {
			t.Fatal(err)
		}
		value, changes := ident.Normalize(juhe.Entmark, raw)
		if value != line[1] || len(changes) == 0 {
			t.Errorf("Normalize(%q) = %s, %v, want %s", raw, value, changes, line[1])
		}
		if got := checkRaw(juhe.Entmark, raw); got != nil {
			t.Errorf("Check(%q) = %v, want none", raw, got)
		}
	}
}

func TestOldRegno(t *testing.T) {
	t.Parallel()
	for _, line := range readVectors(t, "regno_soft.txt") {
		for _, takes := range [][]ident.Kind{nil, {ident.KindRegnoOld}, {ident.KindUSCC}} {
			got := ident.Check(juhe.Entmark, line[0], takes, today)
			if len(got) != 1 || got[0].Rule != ident.RuleKind || got[0].Kind != ident.KindRegnoOld {
				t.Errorf("Check(%s, %v) = %v, want one kind warning", line[0], takes, got)
			}
		}
	}
}
