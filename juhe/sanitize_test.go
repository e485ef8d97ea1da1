package juhe

import (
	"strings"
	"testing"
	"unicode/utf8"
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
			t.Errorf("Harmless(%q) = %q, want %q", test.in, got, test.want)
		}
	}
	if got, want := SanitizeLines("a\r\n\tb\rc\n"), "a\n  b␍c\n"; got != want {
		t.Errorf("HarmlessLines = %q, want %q", got, want)
	}
}

func FuzzSanitize(f *testing.F) {
	f.Add("成功\x1b]0;x\x07\u202e\u2066\xff")
	f.Fuzz(func(t *testing.T, s string) {
		once := Sanitize(s)
		checkSanitized(t, once)
		if again := Sanitize(once); again != once {
			t.Fatalf("Harmless(%q) = %q, again %q", s, once, again)
		}
		checkSanitized(t, strings.ReplaceAll(SanitizeLines(s), "\n", ""))
	})
}

func TestRedact(t *testing.T) {
	t.Parallel()
	red := NewRedactor("961d7934f501820f", "张三", "11010519491231002X", "fDbd+/==", "一", "𠮷田", "张三丰的公司", "J S")
	for _, test := range []struct{ in, want string }{
		{"nothing here", "nothing here"},
		{"key 961d7934f501820f!", "key ***!"},
		{"961D7934F501820F", "***"},
		{"张三，11010519491231002x", "***，***"},
		{"张三丰的公司", "***"},
		{`\u5f20\u4e09 \u5F20三 张\u4E09`, "*** *** ***"},
		{"%E5%BC%A0%E4%B8%89 %e5%bc%a0三", "*** ***"},
		{"&#24352;&#x4e09;", "***"},
		{`fDbd+\/== fDbd%2B%2F%3D%3D fDbd&#43;/==`, "*** *** ***"},
		{`\ud842\udfb7\u7530`, "***"},
		{"J+S J%20S J%2BS J S J%2520S J&#32S J%2", "*** *** *** *** *** *** J%2"},
		{"%25E5%25BC%25A0%25E4%25B8%2589", "***"},
		{`\\u5f20\\u4e09 \\\\u5f20三`, "*** ***"},
		{"&#24352&#19977 &#X5F20;三", "*** ***"},
		{"一致", "一致"},
		{"cut off: 961d7934f5", "cut off: ***"},
		{"cut off: 961", "cut off: 961"},
		{"&amp; % \\ 张", "&amp; % \\ 张"},
	} {
		if got := red.Redact(test.in, len(test.in)); got != test.want {
			t.Errorf("Redact(%q) = %q, want %q", test.in, got, test.want)
		}
	}
	if got := (Redactor{}).Redact("张三", 6); got != "张三" {
		t.Errorf("the zero Redactor made it %q", got)
	}
}

// TestRedactLimit: the limit leaves no part of a secret.
func TestRedactLimit(t *testing.T) {
	t.Parallel()
	red := NewRedactor("961d7934f501820f")
	const text = "key 961d7934f501820f and more"
	for limit := range len(text) {
		got := red.Redact(text, limit)
		if strings.Contains(got, "9") || len(got) > limit+len(Redacted) {
			t.Errorf("at %d: %q", limit, got)
		}
	}
	if got := red.Redact("一致", 4); got != "一" {
		t.Errorf("%q", got)
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("before ", "961d7934f501820f", " after")
	f.Add("张", "张三", "三")
	f.Fuzz(func(t *testing.T, before, secret, after string) {
		if !utf8.ValidString(secret) || utf8.RuneCountInString(secret) < 2 || strings.ContainsAny(secret, Redacted) {
			return // no secret, or one that the replacement itself could spell
		}
		text := before + secret + after
		if got := NewRedactor(secret).Redact(text, len(text)); strings.Contains(got, secret) {
			t.Fatalf("Redact left %q in %q", secret, got)
		}
	})
}
