package juhe

import (
	"strings"
	"testing"
)

func TestSanitize(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ in, want string }{
		{"一致", "一致"},
		{"a\x1b[31mb", "a␛[31mb"},
		{"\x00\t\n\r\x7f", "␀␉␊␍␡"},
		{"\u009b2J", `\u009b2J`},
		{"\u202egnp.exe", `\u202egnp.exe`},
		{"a\u200bb\ufeffc\u00ad\u2028\u2029", `a\u200bb\ufeffc\u00ad\u2028\u2029`},
		{"\U000e0041\ufe0f", `\U000e0041\ufe0f`},
		{"\xff\xc3(", `\xff\xc3(`},
		{"𠮷・（）�", "𠮷・（）�"},
	} {
		if got := Sanitize(test.in); got != test.want {
			t.Errorf("Sanitize(%q) = %q, want %q", test.in, got, test.want)
		}
	}
	if got, want := SanitizeLines("a\r\n\tb\rc\n"), "a\n  b␍c\n"; got != want {
		t.Errorf("SanitizeLines = %q, want %q", got, want)
	}
}

func FuzzSanitize(f *testing.F) {
	f.Add("成功\x1b]0;x\x07\u202e\u2066\xff")
	f.Fuzz(func(t *testing.T, s string) {
		once := Sanitize(s)
		checkSanitized(t, once)
		if again := Sanitize(once); again != once {
			t.Fatalf("Sanitize(%q) = %q, again %q", s, once, again)
		}
		checkSanitized(t, strings.ReplaceAll(SanitizeLines(s), "\n", ""))
	})
}
