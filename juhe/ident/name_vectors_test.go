package ident_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// eachName calls each for the names of a file with the field, the expected findings
// and the name.
func eachName(t *testing.T, file string, each func(f juhe.Factor, want, name string)) {
	t.Helper()
	count := 0
	for _, line := range readVectors(t, file) {
		want, all := "", line[len(line)-1]
		if len(line) > 2 {
			want = line[1]
		}
		all = strings.ReplaceAll(all, `"`, `\"`)
		for _, name := range strings.Split(all, "|") {
			text, err := strconv.Unquote(`"` + name + `"`)
			if err != nil {
				t.Fatalf("%s: %s", name, err)
			}
			f, ok := juhe.ParseFactor(line[0])
			if !ok {
				t.Fatalf("%s is not a factor", line[0])
			}
			each(f, want, text)
			count++
		}
	}
	if count < 200 {
		t.Errorf("%s has %d names", file, count)
	}
}

// TestGoodNames: registered names get no warning and are not changed.
func TestGoodNames(t *testing.T) {
	t.Parallel()
	eachName(t, "names_good.txt", func(f juhe.Factor, _, name string) {
		value, changes := ident.Normalize(f, name)
		if absence := ident.PlaceholderOf(f, name); value != name || len(changes) > 0 || absence != ident.NotPlaceholder {
			t.Errorf("%s %s becomes %q, %v, %s", f, name, value, changes, absence)
		}
		if warnings := ident.Check(f, value, nil, today); len(warnings) > 0 {
			t.Errorf("%s %s: %v", f, name, warnings)
		}
	})
}

// TestBadNames: each fault of a name is found, and no other.
func TestBadNames(t *testing.T) {
	t.Parallel()
	seen := map[ident.Finding]bool{}
	eachName(t, "names_bad.txt", func(f juhe.Factor, want, name string) {
		value, _ := ident.Normalize(f, name)
		var found []string
		for _, r := range ident.Check(f, value, nil, today) {
			if r.Rule != ident.RuleLookalike && r.Rule != ident.RuleName && r.Rule != ident.RuleLength {
				t.Errorf("%s %+q: %v", f, name, r)
			}
			for _, finding := range r.Findings {
				found = append(found, string(finding))
				seen[finding] = true
			}
			if !r.NeedsConfirmation() {
				t.Errorf("%s %+q: no warning", f, name)
			}
		}
		slices.Sort(found)
		if got := strings.Join(found, " "); got != want {
			t.Errorf("%s %s (%+q): %q, want %q", f, name, name, got, want)
		}
	})
	for _, finding := range ident.Findings() {
		if !seen[finding] {
			t.Errorf("no name has %s", finding)
		}
	}
}

// TestGarbledNames: a Chinese name decoded with a wrong encoding gets a warning. few
// is how many may pass for names.
func TestGarbledNames(t *testing.T) {
	t.Parallel()
	gbk := simplifiedchinese.GBK
	for name, way := range map[string]struct {
		written, read encoding.Encoding
		few           int
	}{
		"UTF-8 as Windows-1252":  {encoding.Nop, charmap.Windows1252, 0},
		"UTF-8 as ISO 8859-1":    {encoding.Nop, charmap.ISO8859_1, 0},
		"UTF-8 as code page 437": {encoding.Nop, charmap.CodePage437, 0},
		"UTF-8 as GBK":           {encoding.Nop, gbk, 1},
		"GBK as ISO 8859-1":      {gbk, charmap.ISO8859_1, 3},
		"GBK as Windows-1252":    {gbk, charmap.Windows1252, 3},
		"GBK as Shift JIS":       {gbk, japanese.ShiftJIS, 0},
		"GBK as UTF-8":           {gbk, encoding.Nop, 1},
	} {
		var missed []string
		eachName(t, "names_good.txt", func(f juhe.Factor, _, good string) {
			written, err := way.written.NewEncoder().String(good)
			if err != nil || strings.ContainsFunc(good, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
				return
			}
			read, _ := way.read.NewDecoder().String(written)
			value, _ := ident.Normalize(f, strings.ToValidUTF8(read, "\ufffd"))
			if len(ident.Check(f, value, nil, today)) == 0 {
				missed = append(missed, good)
			}
		})
		if len(missed) > way.few {
			t.Errorf("%s: %v", name, missed)
		}
	}
}
