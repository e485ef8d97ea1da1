package ident_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

func TestCheckNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field juhe.Factor
		value string
		want  string
	}{
		{juhe.Realname, "", ""},
		{juhe.Realname, "张三", ""},
		{juhe.Realname, "欧阳三", ""},
		{juhe.Realname, "John Smith", ""},
		{juhe.Realname, "阿依·古丽", ""},
		{juhe.Realname, "阿依•古丽", "lookalike"},
		{juhe.Realname, "阿依‧古丽", "lookalike"},
		{juhe.Realname, "阿依・古丽", "lookalike"},
		{juhe.Realname, "阿依･古丽", "lookalike"},
		{juhe.Realname, "张三(大)", "name"},
		{juhe.Realname, "张", "length"},
		{juhe.Realname, "1", "length charset"},
		{juhe.Realname, "12345", "charset"},
		{juhe.Realname, "··", "charset"},
		{juhe.Realname, "张\xff", "charset"},
		{juhe.Realname, "张\ufffd", "charset"},
		{juhe.Entname, "阿里巴巴（中国）有限公司", ""},
		{juhe.Entname, "阿里巴巴(中国)有限公司", "lookalike"},
		{juhe.Entname, "阿里巴巴（中国)有限公司", "lookalike"},
		{juhe.Entname, "某•某(中国)公司", "lookalike"},
		{juhe.Entname, "360", "charset"},
	}
	for _, test := range tests {
		if got := ruleNames(ident.Check(test.field, test.value, nil, today)); got != test.want {
			t.Errorf("Check(%s, %q) = %q, want %q", test.field, test.value, got, test.want)
		}
	}
}
