package ident_test

import (
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

func TestNormalize(t *testing.T) {
	t.Parallel()
	const (
		blanks    = ident.ChangeBlanks
		hyphens   = ident.ChangeHyphens
		width     = ident.ChangeWidth
		invisible = ident.ChangeInvisible
		letters   = ident.ChangeCase
		forms     = ident.ChangeForms
	)
	tests := []struct {
		field   juhe.Factor
		raw     string
		value   string
		changes []ident.Change
	}{
		{juhe.Realname, "", "", nil},
		{juhe.Realname, " \u3000\u00a0", "", []ident.Change{blanks}},
		{juhe.Realname, "张三", "张三", nil},
		{juhe.Realname, "\u3000张三\u00a0", "张三", []ident.Change{blanks}},
		{juhe.Realname, "\ufeff 张三\u200b", "张三", []ident.Change{blanks, invisible}},
		{juhe.Realname, "阿依·古丽 ｘ-", "阿依·古丽 ｘ-", nil},
		{juhe.Realname, "张\r\n三", "张三", []ident.Change{blanks}},
		{juhe.Realname, "张 \t \u2028 三", "张三", []ident.Change{blanks}},
		{juhe.Realname, "张\u3000三", "张三", []ident.Change{blanks}},
		{juhe.Realname, "李 四", "李四", []ident.Change{blanks}},
		{juhe.Realname, "王\u00a0\u2003五", "王五", []ident.Change{blanks}},
		{juhe.Realname, "\ue863 三", "\ue863三", []ident.Change{blanks}},
		{juhe.Realname, "JOHN\u00a0 SMITH", "JOHN SMITH", []ident.Change{blanks}},
		{juhe.Realname, "JOHN\nSMITH", "JOHN SMITH", []ident.Change{blanks}},
		{juhe.Realname, "JEAN-\nPIERRE", "JEAN-PIERRE", []ident.Change{blanks}},
		{juhe.Realname, "阿依·\n古丽", "阿依·古丽", []ident.Change{blanks}},
		{juhe.Realname, "张三 JOHN", "张三 JOHN", nil},
		{juhe.Realname, "陈⼦⻛", "陈子风", []ident.Change{forms}},
		{juhe.Realname, "⻢\u3000⻰", "马龙", []ident.Change{blanks, forms}},
		{juhe.Realname, "\uf9e1\U0002f8a6", "李慈", []ident.Change{forms}},
		{juhe.Realname, "JOSE\u0301", "JOSÉ", []ident.Change{forms}},
		{juhe.Realname, "JOSÉ", "JOSÉ", nil},
		{juhe.Realname, "\ufa0e\ufa29", "\ufa0e\ufa29", nil}, // not compatibility ideographs in spite of their block
		{juhe.Entname, "成都锦里虚构餐饮\r\n管理有限公司", "成都锦里虚构餐饮管理有限公司", []ident.Change{blanks}},
		{juhe.Entname, "北京ABC\n科技有限公司", "北京ABC科技有限公司", []ident.Change{blanks}},
		{juhe.Entname, "Sample Co.,\nLtd.", "Sample Co., Ltd.", []ident.Change{blanks}},
		{juhe.Entname, "北京（虚构）\n有限公司", "北京（虚构）有限公司", []ident.Change{blanks}},
		{juhe.Entname, "北京(虚构)有限公司", "北京(虚构)有限公司", nil},
		{juhe.Entname, "⻓沙⻔业", "长沙门业", []ident.Change{forms}},
		{juhe.Realname, "张\x00三\u202e\U000e0100", "张三", []ident.Change{invisible}},
		{juhe.Entname, "ＡＢ（中国） Ltd", "ＡＢ（中国） Ltd", nil},
		{juhe.Entname, "\u3164华\u034f为\u115f\u180b\ufe0f", "华为", []ident.Change{invisible}},
		{juhe.Entname, "华\xff为\xe2", "华\xff为\xe2", nil},
		{juhe.Entname, "华\xe2\u200b\x80\x8b为", "华为", []ident.Change{invisible}},
		{juhe.Entmark, "19220382-1", "192203821", []ident.Change{hyphens}},
		{juhe.Entmark, "1-2‐3‑4‒5–6—7−8－9﹣0", "1234567890", []ident.Change{hyphens}},
		{juhe.Entmark, "71430580x", "71430580X", []ident.Change{letters}},
		{juhe.Entmark, "７１４３０５８０ｘ", "71430580X", []ident.Change{width, letters}},
		{
			juhe.Idcard, "\u200b1101 0519\t4912\u3000３１-002x\r\n", "11010519491231002X",
			[]ident.Change{blanks, hyphens, width, invisible, letters},
		},
		{juhe.Idcard, "1234567890（b）", "1234567890(B)", []ident.Change{width, letters}},
		{juhe.Idcard, "é\xff1", "é\xff1", nil},
	}
	for _, test := range tests {
		value, changes := ident.Normalize(test.field, test.raw)
		if value != test.value || !slices.Equal(changes, test.changes) {
			t.Errorf("Normalize(%s, %q) = %q, %v, want %q, %v",
				test.field, test.raw, value, changes, test.value, test.changes)
		}
		if again, more := ident.Normalize(test.field, value); again != value || len(more) > 0 {
			t.Errorf("Normalize(%s, %q) = %q, %v the second time", test.field, value, again, more)
		}
	}
}

// TestNormalizeNested has invalid UTF-8 that joins into new characters at every
// level. Decoding it from the start for each would take minutes.
func TestNormalizeNested(t *testing.T) {
	t.Parallel()
	const depth = 200_000
	raw := strings.Repeat("\xe2", depth) + "-" + strings.Repeat("\x80\x8b", depth)
	if value, _ := ident.Normalize(juhe.Idcard, raw); value != "" {
		t.Errorf("%d bytes are left", len(value))
	}
}

func TestChangedWarning(t *testing.T) {
	t.Parallel()
	if r, ok := ident.ChangedWarning(juhe.Entmark, nil); ok {
		t.Errorf("Changed with no change = %v", r)
	}
	changes := []ident.Change{ident.ChangeWidth, ident.ChangeCase}
	r, ok := ident.ChangedWarning(juhe.Entmark, changes)
	if !ok || r.Factor != juhe.Entmark || r.Rule != ident.RuleChanged || !slices.Equal(r.Changes, changes) {
		t.Errorf("Changed(%v) = %v, %v", changes, r, ok)
	}
	changes[0] = ident.ChangeBlanks
	if r.Changes[0] != ident.ChangeWidth {
		t.Error("the warning shares its changes with the caller")
	}
}
