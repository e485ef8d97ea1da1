package gram_test

import (
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe/ledger/gram"
)

func TestQuery(t *testing.T) {
	t.Parallel()
	token := gram.Token
	for _, test := range []struct {
		text          string
		terms, tokens []string
	}{
		{"", nil, nil},
		{" ？ ", []string{"?"}, nil},
		{"张", []string{"张"}, nil},
		{"张三", []string{"张三"}, []string{token("张三")}},
		{"张三　ＡＢ", []string{"张三", "ab"}, []string{token("张三"), token("ab")}},
		{"12", []string{"12"}, nil},
		{"1a", []string{"1a"}, []string{token("1a")}},
		{"12345", []string{"12345"}, []string{token("1234"), token("2345")}},
		{"abcd号", []string{"abcd号"}, []string{token("abcd"), token("d号")}},
	} {
		terms, tokens := gram.Query(test.text)
		if !slices.Equal(terms, test.terms) || !slices.Equal(tokens, test.tokens) {
			t.Errorf("%q: got %q, %q, want %q, %q", test.text, terms, tokens, test.terms, test.tokens)
		}
	}
}

func TestIsTooShort(t *testing.T) {
	t.Parallel()
	for term, want := range map[string]bool{"": true, "张": true, "12": true, "ab": true, "张三": false, "abcd": false, "1234": false} {
		if got := gram.IsTooShort(term); got != want {
			t.Errorf("%q: got %v, want %v", term, got, want)
		}
	}
}

// TestTag: no text has the token of a tag only because it contains its words.
func TestTag(t *testing.T) {
	t.Parallel()
	tag := gram.Tag("outcome", "match")
	if _, tokens := gram.Query(tag); slices.Contains(tokens, gram.Token(tag)) {
		t.Errorf("%q has the token of the tag", tag)
	}
	if got := (gram.Texts{}).Tokens(tag); got != gram.Token(tag) {
		t.Errorf("got %q, want %q", got, gram.Token(tag))
	}
}

// FuzzTexts: texts that contain a word have all tokens of its search.
func FuzzTexts(f *testing.F) {
	f.Add("北京晨星虚构科技1号有限公司", "zhangsan zs", uint(2), uint(9))
	f.Add("ＡＢＣ91110199MAYY00001X", "a|b", uint(3), uint(8))
	f.Add("\xffİ\u3000\u0345", "", uint(0), uint(3))
	f.Fuzz(func(t *testing.T, whole, long string, from, length uint) {
		texts := gram.Texts{Whole: []string{gram.Fold(whole)}, Long: gram.Fold(long)}
		all := strings.Fields(texts.Tokens())
		slices.Sort(all)
		if len(slices.Compact(slices.Clone(all))) != len(all) {
			t.Errorf("tokens repeat: %q", all)
		}
		characters := []rune(whole)
		start := min(int(from%64), len(characters))
		part := string(characters[start:min(start+int(length%64), len(characters))])
		terms, tokens := gram.Query(part)
		for _, term := range terms {
			if !texts.Contain(term) {
				t.Errorf("%q is not in %q", term, whole)
			}
		}
		for _, token := range tokens {
			if !slices.Contains(all, token) {
				t.Errorf("%q lacks a token of %q", whole, part)
			}
		}
	})
}
