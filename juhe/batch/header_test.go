package batch_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
)

// TestCheckHeader: no column mapping is requested where none can help.
func TestCheckHeader(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	big5, err := traditionalchinese.Big5.NewEncoder().String("企業名稱,統一社會信用代碼,法定代表人,身份證號\n臺灣積體電路,b,張忠謀,d\n")
	if err != nil {
		t.Fatal(err)
	}
	text := "企业名称,统一社会信用代码,法定代表人,身份证号\n甲公司,b,张三,d\n"
	gbk, err := simplifiedchinese.GBK.NewDecoder().String(text) // UTF-8 read as GBK
	if err != nil {
		t.Fatal(err)
	}
	var latin strings.Builder
	for i := range len(text) {
		latin.WriteRune(rune(text[i]))
	}
	for name, test := range map[string]struct {
		text    string
		problem batch.Problem
		detail  string
	}{
		"Big5":         {big5, batch.ProblemGarbled, ""},
		"UTF-8 as GBK": {gbk, batch.ProblemGarbled, ""},
		"as Latin":     {latin.String(), batch.ProblemGarbled, ""},
		"dollars":      {strings.ReplaceAll(text, ",", "$"), batch.ProblemSeparator, "$"},
		"blanks":       {strings.ReplaceAll(text, ",", " "), batch.ProblemSeparator, " "},
		"one":          {"企业名称表\n甲公司\n", batch.ProblemOneColumn, ""},
		"unknown":      {"甲,乙,丙,丁\na,b,c,d\n", batch.ProblemColumns, ""},
		"far down":     {strings.Repeat("说明\n", 30) + text, batch.ProblemColumns, ""},
		"some known":   {"企业名称,锟斤拷,锟斤拷,锟斤拷\na,b,c,d\n", batch.ProblemColumns, ""},
	} {
		path := d.writeFile(t, name+".csv", test.text)
		r, err := d.runner().Open(t.Context(), batch.Request{InputPath: path, HeaderRow: batch.DetectHeader, API: juhe.APIQuery})
		var e *batch.Error
		if !errors.As(err, &e) || e.Problem != test.problem || e.Detail != test.detail || (r != nil) != (test.problem == batch.ProblemColumns) {
			t.Errorf("%s: %v", name, err)
		}
		if r != nil {
			r.Close()
		}
		if mapped, err := d.runner().Open(t.Context(), batch.Request{InputPath: path, HeaderRow: batch.DetectHeader, API: juhe.APIQuery, Columns: "entname=A"}); errors.As(err, &e) && e.Problem != batch.ProblemColumns || mapped == nil {
			t.Errorf("%s, mapped: %v", name, err)
		} else {
			mapped.Close()
		}
	}
}
