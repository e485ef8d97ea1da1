package batch_test

import (
	"context"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
)

// problemsByRow returns the problems of the invalid rows of a plan.
func problemsByRow(p batch.Plan) map[int]string {
	all := map[int]string{}
	for _, f := range p.InvalidRows {
		all[f.Row] = f.Fault.Problem
	}
	return all
}

// TestLeadingRows: instructions, column numbers and examples right below the header are not
// sent.
func TestLeadingRows(t *testing.T) {
	t.Parallel()
	f := makeFactors(1)
	good := csvRow(f[:]...)
	const said, shown = "instruction", "example"
	for rows, want := range map[string]string{
		"1,与营业执照一致的全称,18位统一社会信用代码,与营业执照一致,18位身份证号码": said,
		"必填,必填,必填,必填,必填":              said,
		",必填,必填,必填,选填":                said,
		"*,请填写企业全称,请填写代码,请填写姓名,请填写号码": said,
		"1,2,3,4,5":           said,
		"(1),(2),(3),(4),(5)": said,
		"（1）,（2）,（3）,（4）,（5）":                            said,
		"①,②,③,④,⑤":                                      said,
		"A,B,C,D,E":                                      said,
		"一,二,三,四,五":                                      said,
		"第1列,第2列,第3列,第4列,第5列":                            said,
		"int,varchar(100),char(18),varchar(50),char(18)": said,
		"1,请填写全称,18位代码如91110199MAYYY0013X,张三,例：11010519491231002X": said,
		"1,全称,91XXXXXXXXXXXXXXXX,姓名,1101XXXXXXXXXXXXXX":            "masked",
		"M,M,M,M,M":    said,
		"否,是,是,是,是":    said,
		",文本,文本,文本,文本": said,
		"示例,北京某某科技有限公司,91110199MAYYY0013X,张三,11010519491231002X":      shown,
		"例,北京科技有限公司,91110199MAYYY0013X,张三,11010519491231002X":         shown,
		"1,例如：北京科技有限公司,91110199MAYYY0013X,张三,11010519491231002X":      shown,
		"1,北京科技有限公司（示例）,91110199MAYYY0013X,张三,11010519491231002X":     shown,
		"1,XX有限公司,91110199MAYYY0013X,张三,11010519491231002X":           shown,
		"1,××科技有限公司,91110199MAYYY0013X,张三,11010519491231002X":         shown,
		"样例1：,北京科技有限公司,91110199MAYYY0013X,张三,11010519491231002X":      shown,
		"e.g.,Example Ltd.,91110199MAYYY0013X,张三,11010519491231002X":  shown,
		"1,北京科技有限公司,91110199MAYYY0013X,张三(示例),11010519491231002X":     shown,
		"填写示例，请勿删除,北京科技有限公司,91110199MAYYY0013X,张三,11010519491231002X": shown,
		"此行为示例,北京科技有限公司,91110199MAYYY0013X,张三,11010519491231002X":     shown,
		"示例客户,北京科技有限公司,91110199MAYYY0013X,张三,11010519491231002X":      "",
		"1,北京示例科技有限公司,91110199MAYYY0013X,李示例,11010519491231002X":      "",
		"1,示例科技有限公司,91110199MAYYY0013X,示例一,11010519491231002X":        "",
		"1,EXXON Ltd.,91110199MAYYY0013X,张三,11010519491231002X":       "",
		"1,例外科技有限公司,91110199MAYYY0013X,张三,11010519491231002X":         "",
		"1,如意科技有限公司,91110199MAYYY0013X,张三,E12345678":                  "",
		"1,北京科技有限公司,1.10105E+17,张三,11010519491231002X":                "scientific",
		"1,北京科技有限公司,91110199MAYYY0013X,张三,":                           "empty",
		"1,北京科技有限公司,,张三,11010519491231002X":                           "empty",
		"合计,总交易单数,,,\n": "heading",
	} {
		d := newFixture(t, newService(alwaysAnswer("match")))
		_, p := d.openPlanned(t, d.writeFile(t, "a.csv", tableHead+rows+"\n"+good))
		calls := 1
		if want == "" {
			calls = 2
		}
		if got := problemsByRow(p)[2]; got != want || p.Calls != calls || p.Rows != 2 || len(p.InvalidRows) > 1 {
			t.Errorf("%s: %q, %d calls, want %q", rows, got, p.Calls, want)
		}
	}
}

// TestLeadingOnly: instructions and examples count only directly below the header. They
// are not sent and make no other row a duplicate.
func TestLeadingOnly(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	f := makeFactors(1)
	good := csvRow(f[:]...)
	example := "示例" + strings.TrimPrefix(good, "1")
	r, p := d.openPlanned(t, d.writeFile(t, "a.csv", tableHead+"1,2,3,4,5\n必填,必填,必填,必填,必填\n"+example+good+example))
	if p.Rows != 5 || p.Invalid != 3 || p.Calls != 1 || p.Duplicate != 1 || problemsByRow(p)[4] != "example" {
		t.Errorf("%+v", p)
	}
	if len(r.Header().Sample) != 3 || r.Header().Sample[0][1] != f[juhe.Entname] {
		t.Errorf("the sample begins with %q", r.Header().Sample)
	}
	s, err := r.Execute(context.Background())
	if err != nil || s.Sent != 1 || s.ByOutcome[juhe.Match] != 1 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, p := d.openPlanned(t, d.writeFile(t, "b.csv", "示例"+strings.TrimPrefix(good, "1")), func(q *batch.Request) { q.HeaderRow, q.Columns = 0, "entname=B,entmark=C,realname=D,idcard=E" }); p.Invalid != 0 {
		t.Errorf("without a header: %+v", p)
	}
}

// TestFieldHeads: tables from the field with unusual headers or first rows.
func TestFieldHeads(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	for name, want := range map[string]struct {
		sheet           string
		rows, calls     int
		others, invalid int
	}{
		"instr_row2.xlsx":        {"Sheet", 3, 2, 0, 1},
		"instruction_first.xlsx": {"数据", 4, 4, 1, 0},
		"serial.csv":             {"", 2, 2, 0, 0},
	} {
		r, p := d.openPlanned(t, d.fieldFile(t, name))
		if kept := r.Record(); kept.Sheet != want.sheet || p.Rows != want.rows || p.Calls != want.calls || p.Invalid != want.invalid || len(r.OtherSheets()) != want.others {
			t.Errorf("%s: %+v, %+v", name, kept, p)
		}
	}
}

// TestLikelyColumns: GuessColumns with ScoreLikely names no column that does not hold the factor.
func TestLikelyColumns(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	f := makeFactors(1)
	row := func(cells ...string) string { return strings.Join(cells, ",") + "\n" }
	for text, want := range map[string][juhe.NumFactors]int{
		row("序号", "甲", "乙", "丙", "丁") + row("1", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]):                                {1, 2, 3, 4},
		row("序号", "甲", "乙", "丙", "联系人证号") + row("1", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]):                            {1, 2, 3, -1},
		row("序号", "企业名称", "乙", "股东", "丁") + row("1", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]):                            {1, 2, -1, 4},
		row("序号", "企业名称", "乙", "法人", "身份证号", "证件号码") + row("1", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard], f[juhe.Idcard]): {1, 2, 3, -1},
		row("序号", "企业名称", "乙", "丙", "丁") + row("1", f[juhe.Entname], "x", "y", "z"):                                                                 {1, -1, -1, -1},
		row("序号", "甲", "乙", "丙", "丁", "戊") + row("1", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard], "李四"):                     {1, 2, -1, 4},
		row("序号", "企业名称", "乙", "法人", "身份证号", "证件号码") + row("1", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard], ""):             {1, 2, 3, -1},
	} {
		r, err := d.runner().Open(t.Context(), batch.Request{InputPath: d.writeFile(t, "a.csv", text), HeaderRow: batch.DetectHeader, API: juhe.APIQuery})
		if r == nil || err == nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := r.GuessColumns(ident.ScoreLikely); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
		r.Close()
	}
}
