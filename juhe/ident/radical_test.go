package ident_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// TestRadicals: normalising leaves no radical of either block and no compatibility
// ideograph in a name, and agrees with NFKC.
func TestRadicals(t *testing.T) {
	t.Parallel()
	spared := "\u2e80\u2e9a" // no ordinary form, and unassigned
	for r := rune(0x2E80); r <= 0x2FDF; r++ {
		name, changes := ident.Normalize(juhe.Realname, "陈"+string(r))
		if !unicode.Is(unicode.Han, r) || strings.ContainsRune(spared, r) {
			continue
		}
		got := []rune(name)
		if len(got) != 2 || !unicode.Is(unicode.Unified_Ideograph, got[1]) || len(changes) != 1 || changes[0] != ident.ChangeForms {
			t.Errorf("%U becomes %+q, %v", r, name, changes)
		}
		if known := norm.NFKC.String(string(r)); known != string(r) && name != "陈"+known {
			t.Errorf("%U becomes %s, and by NFKC %s", r, name, known)
		}
	}
	for _, block := range [][2]rune{{0xF900, 0xFAD9}, {0x2F800, 0x2FA1D}} {
		for r := block[0]; r <= block[1]; r++ {
			if name, _ := ident.Normalize(juhe.Entname, "陈"+string(r)); name != "陈"+norm.NFC.String(string(r)) {
				t.Errorf("%U becomes %+q", r, name)
			}
		}
	}
	for from, to := range map[rune]rune{'⻛': '风', '⼦': '子', '⻢': '马', '⻓': '长', '⻔': '门', '⻅': '见', '⻋': '车', '⻰': '龙', '⺠': '民', '⻘': '青', '⼈': '人', '⾦': '金', '⽂': '文', '⻝': '食', '⻄': '西', '⺟': '母'} {
		if name, _ := ident.Normalize(juhe.Realname, string(from)+"一"); name != string(to)+"一" {
			t.Errorf("%c becomes %s", from, name)
		}
	}
}

// TestReplacePrivateUse: the private-use characters of GB 18030 have standard ones.
func TestReplacePrivateUse(t *testing.T) {
	t.Parallel()
	for from, to := range map[string]string{
		"\ue863三": "䶮三", "\ue81e": "龴", "\ue864\ue854": "龻龺", "\ue816\ue817\ue818\ue831\ue83b\ue855": "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe",
		"\ue815": "厂", "张三\ue5e5": "张三 ", "张三": "张三", "张\ue000": "张\ue000", "\ue844": "䜣",
	} {
		if better, characters := ident.ReplacePrivateUse(from); better != to || strings.Contains(characters, "张") {
			t.Errorf("%+q becomes %+q with %q", from, better, characters)
		}
	}
	if _, characters := ident.ReplacePrivateUse("\ue863\ue863三\ue844"); characters != "䶮䜣" {
		t.Errorf("%q", characters)
	}
	for r := rune(0xE815); r <= 0xE864; r++ {
		better, _ := ident.ReplacePrivateUse(string(r))
		if got := []rune(better); len(got) != 1 || !unicode.Is(unicode.Unified_Ideograph, got[0]) {
			t.Errorf("%U becomes %+q", r, better)
		}
	}
}
