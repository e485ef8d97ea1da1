package juhe

import (
	"strings"
	"testing"
	"unicode/utf8"
)

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
		t.Errorf("the zero Redactor returned %q", got)
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
			t.Errorf("limit %d: got %q", limit, got)
		}
	}
	if got := red.Redact("一致", 4); got != "一" {
		t.Errorf("got %q, want 一", got)
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("before ", "961d7934f501820f", " after")
	f.Add("张", "张三", "三")
	f.Fuzz(func(t *testing.T, before, secret, after string) {
		if !utf8.ValidString(secret) || utf8.RuneCountInString(secret) < 2 || strings.ContainsAny(secret, Redacted) {
			return // no secret, or one that Redacted contains
		}
		text := before + secret + after
		if got := NewRedactor(secret).Redact(text, len(text)); strings.Contains(got, secret) {
			t.Fatalf("Redact left %q in %q", secret, got)
		}
	})
}

// BenchmarkRedactWorst redacts an answer in which a secret could start at every byte.
// Compare with the timeout of a lookup, which is seconds.
func BenchmarkRedactWorst(b *testing.B) {
	red := NewRedactor("mockserver0key0for0tests0only001", "JHmock0openid0for0tests0only0000", "961d7934f501820f", "张三", "11010519491231002X")
	body := strings.Repeat("%", BodyLimit)
	for b.Loop() {
		reply := Reply{Reason: body, Raw: body}
		reply.redact(red)
	}
}
