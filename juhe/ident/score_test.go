package ident_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// TestScore scores values that occur in tables of companies and persons as each
// factor.
func TestScore(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][juhe.NumFactors]int{
		"北京晨星虚构科技有限公司":       {ident.ScoreCertain, 0, 0, 0},
		"虚构投资中心（有限合伙）":       {ident.ScoreCertain, 0, 0, 0},
		"甲公司":                {ident.ScoreCertain, 0, 0, 0},
		"Sample Co., Ltd.":   {ident.ScoreCertain, 0, 0, 0},
		"虚构公司北京分部":           {ident.ScoreLikely, 0, 0, 0},
		"虚构面馆":               {ident.ScorePossible, 0, 0, 0},
		"北京市朝阳区虚构路8号":        {},
		"虚构中心大厦三层":           {},
		"已与该公司联系，待复核":        {},
		"张三":                 {0, 0, ident.ScoreCertain, 0},
		"欧阳小园":               {0, 0, ident.ScoreCertain, 0},
		"买买提·示例":             {0, 0, ident.ScoreCertain, 0},
		"阿卜杜拉示例·买买提":         {0, 0, ident.ScoreCertain, 0},
		"示例":                 {0, 0, ident.ScoreLikely, 0},
		"John Sample":        {0, 0, ident.ScoreLikely, 0},
		"示例姓名者":              {0, 0, ident.ScorePossible, 0},
		"在业":                 {},
		"董事长":                {},
		"江苏省":                {},
		"男":                  {},
		"91110199MAYYY0013X": {0, ident.ScoreCertain, 0, 0},
		"110199990000019":    {0, ident.ScoreCertain, 0, 0},
		"MAYYY0013":          {0, ident.ScoreCertain, 0, 0},
		"11010519491231002x": {0, 0, 0, ident.ScoreCertain},
		"810000199408230021": {0, 0, 0, ident.ScoreCertain},
		"150102880730303":    {0, 0, 0, ident.ScoreCertain},
		"110105194912310021": {0, ident.ScorePossible, 0, ident.ScoreLikely}, // wrong check digit
		"91110199MAYYY00130": {0, ident.ScoreLikely, 0, ident.ScorePossible},
		"110108800101018":    {0, ident.ScorePossible, 0, ident.ScorePossible}, // valid as both
		"110108801301015":    {0, ident.ScorePossible, 0, ident.ScorePossible}, // valid as neither
		"E12345678":          {0, 0, 0, ident.ScoreLikely},
		"H12345678":          {0, 0, 0, ident.ScoreLikely},
		"12345678":           {0, 0, 0, ident.ScorePossible},
		"20240105":           {},
		"2024-01-05":         {},
		"13800138000":        {},
		"1,200.00":           {},
		"0007":               {},
		"1.10105E+17":        {},
		"":                   {},
	} {
		for f := range juhe.NumFactors {
			if got := ident.Score(f, value, today); got != want[f] {
				t.Errorf("%q as %s: %d, want %d", value, f, got, want[f])
			}
		}
	}
}

// TestScoreVectors: a value that is valid in one field scores ScoreNone in the other,
// except for the two kinds that share a shape.
func TestScoreVectors(t *testing.T) {
	t.Parallel()
	for name, field := range map[string]juhe.Factor{
		"uscc_valid.txt": juhe.Entmark, "regno_valid.txt": juhe.Entmark, "orgcode_valid.txt": juhe.Entmark, "id_valid.txt": juhe.Idcard,
	} {
		other := juhe.Idcard
		if field == juhe.Idcard {
			other = juhe.Entmark
		}
		for _, line := range readVectors(t, name) {
			own, theirs := ident.Score(field, line[0], today), ident.Score(other, line[0], today)
			if own <= theirs || len(line[0]) == 18 && (own != ident.ScoreCertain || theirs != ident.ScoreNone) {
				t.Errorf("%s: %d, and in the other field %d", line[0], own, theirs)
			}
			if ident.CouldBe(other, line[0], today) && own == ident.ScoreCertain {
				t.Errorf("%s may be left over in the other field", line[0])
			}
		}
	}
}
