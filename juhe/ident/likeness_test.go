package ident_test

import (
	"testing"

	"fourfactor/juhe/ident"
)

// TestLikeness: what stands in tables of companies and persons, and as what each
// may be taken.
func TestLikeness(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][4]int{ // in the order of Fields
		"北京晨星虚构科技有限公司":       {ident.Surely, 0, 0, 0},
		"虚构投资中心（有限合伙）":       {ident.Surely, 0, 0, 0},
		"甲公司":                {ident.Surely, 0, 0, 0},
		"Sample Co., Ltd.":   {ident.Surely, 0, 0, 0},
		"虚构公司北京分部":           {ident.Likely, 0, 0, 0},
		"虚构面馆":               {ident.Maybe, 0, 0, 0},
		"北京市朝阳区虚构路8号":        {},
		"虚构中心大厦三层":           {},
		"已与该公司联系，待复核":        {},
		"张三":                 {0, 0, ident.Surely, 0},
		"欧阳小园":               {0, 0, ident.Surely, 0},
		"买买提·示例":             {0, 0, ident.Surely, 0},
		"阿卜杜拉示例·买买提":         {0, 0, ident.Surely, 0},
		"示例":                 {0, 0, ident.Likely, 0},
		"John Sample":        {0, 0, ident.Likely, 0},
		"示例姓名者":              {0, 0, ident.Maybe, 0},
		"在业":                 {},
		"董事长":                {},
		"江苏省":                {},
		"男":                  {},
		"91110199MAYYY0013X": {0, ident.Surely, 0, 0},
		"110199990000019":    {0, ident.Surely, 0, 0},
		"MAYYY0013":          {0, ident.Surely, 0, 0},
		"11010519491231002x": {0, 0, 0, ident.Surely},
		"810000199408230021": {0, 0, 0, ident.Surely},
		"150102880730303":    {0, 0, 0, ident.Surely},
		"110105194912310021": {0, ident.Maybe, 0, ident.Likely}, // a slip in the check digit
		"91110199MAYYY00130": {0, ident.Likely, 0, ident.Maybe},
		"110108800101018":    {0, ident.Maybe, 0, ident.Maybe}, // right as both
		"110108801301015":    {0, ident.Maybe, 0, ident.Maybe}, // and as neither
		"E12345678":          {0, 0, 0, ident.Likely},
		"H12345678":          {0, 0, 0, ident.Likely},
		"12345678":           {0, 0, 0, ident.Maybe},
		"20240105":           {},
		"2024-01-05":         {},
		"13800138000":        {},
		"1,200.00":           {},
		"0007":               {},
		"1.10105E+17":        {},
		"":                   {},
	} {
		for i, f := range ident.Fields() {
			if got := ident.Likeness(f, value, today); got != want[i] {
				t.Errorf("%q as %s: %d, want %d", value, f, got, want[i])
			}
		}
	}
}

// TestLikenessOfVectors: what is right in one field is nothing in the other, but
// for the two kinds that share a shape.
func TestLikenessOfVectors(t *testing.T) {
	t.Parallel()
	for name, field := range map[string]ident.Field{
		"uscc_valid.txt": ident.Entmark, "regno_valid.txt": ident.Entmark, "orgcode_valid.txt": ident.Entmark, "id_valid.txt": ident.Idcard,
	} {
		other := ident.Idcard
		if field == ident.Idcard {
			other = ident.Entmark
		}
		for _, line := range vectors(t, name) {
			own, theirs := ident.Likeness(field, line[0], today), ident.Likeness(other, line[0], today)
			if own <= theirs || len(line[0]) == 18 && (own != ident.Surely || theirs != ident.Unlike) {
				t.Errorf("%s: %d, and in the other field %d", line[0], own, theirs)
			}
			if ident.Possible(other, line[0], today) && own == ident.Surely {
				t.Errorf("%s may be left over in the other field", line[0])
			}
		}
	}
}
