package ident_test

import (
	"testing"

	"fourfactor/juhe/ident"
)

func TestCheckNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field ident.Field
		value string
		want  string
	}{
		{ident.Realname, "", ""},
		{ident.Realname, "张三", ""},
		{ident.Realname, "欧阳三", ""},
		{ident.Realname, "John Smith", ""},
		{ident.Realname, "阿依·古丽", ""},
		{ident.Realname, "阿依•古丽", "lookalike"},
		{ident.Realname, "阿依‧古丽", "lookalike"},
		{ident.Realname, "阿依・古丽", "lookalike"},
		{ident.Realname, "阿依･古丽", "lookalike"},
		{ident.Realname, "张三(大)", "name"},
		{ident.Realname, "张", "length"},
		{ident.Realname, "1", "length charset"},
		{ident.Realname, "12345", "charset"},
		{ident.Realname, "··", "charset"},
		{ident.Realname, "张\xff", "charset"},
		{ident.Realname, "张\ufffd", "charset"},
		{ident.Entname, "阿里巴巴（中国）有限公司", ""},
		{ident.Entname, "阿里巴巴(中国)有限公司", "lookalike"},
		{ident.Entname, "阿里巴巴（中国)有限公司", "lookalike"},
		{ident.Entname, "某•某(中国)公司", "lookalike"},
		{ident.Entname, "360", "charset"},
	}
	for _, test := range tests {
		if got := rules(ident.Check(test.field, test.value, nil, today)); got != test.want {
			t.Errorf("Check(%s, %q) = %q, want %q", test.field, test.value, got, test.want)
		}
	}
}
