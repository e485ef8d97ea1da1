package ident_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

func TestMaskName(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, want string }{
		{"", ""},
		{"张", "*"},
		{"张三", "张*"},
		{"欧阳三", "欧**"},
		{"𠮷田三", "𠮷**"},
		{"阿依·古丽", "阿****"},
	}
	for _, test := range tests {
		if got := ident.MaskName(test.name); got != test.want {
			t.Errorf("MaskName(%s) = %s, want %s", test.name, got, test.want)
		}
	}
}

func TestMaskNumber(t *testing.T) {
	t.Parallel()
	tests := []struct{ number, want string }{
		{"", ""},
		{"1", "*"},
		{"123", "***"},
		{"1234", "1*34"},
		{"E12345678", "E******78"},
		{"11010519491231002X", "1***************2X"},
		{"一二三四五", "一**四五"},
	}
	for _, test := range tests {
		if got := ident.MaskNumber(test.number); got != test.want {
			t.Errorf("MaskNumber(%s) = %s, want %s", test.number, got, test.want)
		}
	}
}

func TestMaskEmbeddedIDs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		field       juhe.Factor
		value, want string
	}{
		{juhe.Entname, "11010519491231002X", "1***************2X"},
		{juhe.Entmark, "11010519491231002X", "1***************2X"},
		{juhe.Entmark, "91110199MAYYY0013X", "91110199MAYYY0013X"},
		{juhe.Entname, "91110199MAYYY0013X", "91110199MAYYY0013X"},
		{juhe.Entname, "北京晨星虚构科技有限公司", "北京晨星虚构科技有限公司"},
		{juhe.Entmark, "110105194912310021", "1***************21"}, // mistyped
		{juhe.Entname, "北京 110105194912310021 张三", "北京 1***************21 张三"},
		{juhe.Entname, "１１０１０５１９４９１２３１００２Ｘ", "１***************２Ｘ"},
		{juhe.Entname, "公司110105-19491231 002x", "公司1*****************2x"},
		{juhe.Entname, "110105491231002", "1************02"},
		{juhe.Entmark, "110105491231003", "1************03"},
		{juhe.Entname, "E12345678", "E******78"},
		{juhe.Entname, "91110199MAYYY0013X 110105 19491231 002X E12345678", "91110199MAYYY0013X 1*****************2X E******78"},
		{juhe.Entname, "3M中国有限公司", "3M中国有限公司"},
		{juhe.Entname, "上海1949创意园 2号-3", "上海1949创意园 2号-3"},
		{juhe.Entmark, "110199990000019", "110199990000019"}, // a valid registration number
		{juhe.Entmark, "MAYYY0013", "MAYYY0013"},
		{juhe.Entmark, "", ""},
	} {
		if got := ident.MaskEmbeddedIDs(test.field, test.value); got != test.want {
			t.Errorf("%s %s: %s, want %s", test.field, test.value, got, test.want)
		}
	}
}
