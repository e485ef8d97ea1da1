package ident_test

import (
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

func TestCheckCodes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field juhe.Factor
		value string
		want  string
	}{
		{juhe.Entmark, "", ""},
		{juhe.Idcard, "", ""},
		{juhe.Entmark, "91100000100003962A", "checksum"},
		{juhe.Entmark, "914403001922038221", "checksum org_check"},
		{juhe.Entmark, "9144A300192203821B", "charset"},
		{juhe.Entmark, "192203822", "checksum"},
		{juhe.Entmark, "19220382A", "charset"},
		{juhe.Entmark, "110000100000A", "charset"},
		{juhe.Entmark, "深圳市腾讯计算机系", "charset"},
		{juhe.Entmark, "华为", "length"},
		{juhe.Entmark, "990108000000010", "region"},
		{juhe.Entmark, "100108000000013", ""},
		{juhe.Idcard, "E12345678", ""},
		{juhe.Idcard, "H1234567890", ""},
		{juhe.Idcard, "0561682001(D)", ""},
		{juhe.Idcard, "GBR310075101001", ""},
		{juhe.Idcard, "11010549123100X", "charset"},
		{juhe.Idcard, "990105491231002", "region"},
		{juhe.Idcard, "110105490229002", "date"},
		{juhe.Idcard, "1234567", "length"},
		{juhe.Idcard, "ABCDEF", "charset"},
		{juhe.Idcard, "A123", "length"},
		{juhe.Idcard, "1101051949123100212", "length"},
		{juhe.Idcard, "1.10105E+17", "charset"},
		{juhe.Idcard, "张三", "charset"},
		{juhe.Idcard, "110105194912310\xff2X", "charset"},
	}
	for _, test := range tests {
		if got := ruleNames(ident.Check(test.field, test.value, nil, today)); got != test.want {
			t.Errorf("Check(%s, %q) = %q, want %q", test.field, test.value, got, test.want)
		}
	}
}

func TestCheckRegions(t *testing.T) {
	t.Parallel()
	tests := []struct{ body, want string }{
		{"11010519491231002", ""},
		{"71010519491231002", ""},
		{"00010519491231002", "region"},
		{"16010519491231002", "region"},
		{"10010519491231002", "region"},
		{"84010519491231002", "region"},
		{"81000019491231002", ""},
		{"82000019491231002", ""},
		{"83000019491231002", ""},
		{"93184019491231002", ""},
		{"91084019491231002", "region"},
		{"99984019491231002", "region"},
	}
	for _, test := range tests {
		if got := ruleNames(checkRaw(juhe.Idcard, withCheckCharacter(test.body))); got != test.want {
			t.Errorf("Check(%s) = %q, want %q", withCheckCharacter(test.body), got, test.want)
		}
	}
}

func TestCheckDates(t *testing.T) {
	t.Parallel()
	tests := []struct{ date, want string }{
		{"20000229", ""},
		{"20240229", ""},
		{"20230229", "date"},
		{"19000228", ""},
		{"19000229", "date"},
		{"19000431", "date"},
		{"19491301", "date"},
		{"19490001", "date"},
		{"19490100", "date"},
		{"17000101", ""},
		{"20260228", ""},
		{"20260301", ""},
		{"20260302", "date"},
		{"20270101", "date"},
		{"29990101", "date"},
	}
	for _, test := range tests {
		id := withCheckCharacter("110105" + test.date + "001")
		if got := ruleNames(checkRaw(juhe.Idcard, id)); got != test.want {
			t.Errorf("born %s: %q, want %q", test.date, got, test.want)
		}
	}
}

// TestTodayIsLocal checks the same instant on two sides of midnight.
func TestTodayIsLocal(t *testing.T) {
	t.Parallel()
	id := withCheckCharacter("11010520260302001")
	utc := time.Date(2026, time.March, 1, 20, 0, 0, 0, time.UTC)
	if got := ruleNames(ident.Check(juhe.Idcard, id, nil, utc)); got != "date" {
		t.Errorf("in UTC: %q, want date", got)
	}
	beijing := utc.In(time.FixedZone("CST", 8*3600))
	if got := ruleNames(ident.Check(juhe.Idcard, id, nil, beijing)); got != "" {
		t.Errorf("in Beijing: %q, want none", got)
	}
}

// withCheckCharacter appends the check character of GB 11643-1999, by its table.
func withCheckCharacter(body string) string {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(body[i]-'0')
	}
	return body + "10X98765432"[sum%11:sum%11+1]
}
