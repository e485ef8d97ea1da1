package detect_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe/detect"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/table"
)

func TestMatchHeader(t *testing.T) {
	t.Parallel()
	const missing, twice = detect.Missing, detect.Ambiguous
	for _, test := range []struct {
		header string
		org    bool
		want   detect.Mapping
	}{
		{"entname,entmark,realname,idcard", false, detect.Mapping{0, 1, 2, 3}},
		{"企业名称,企业标识,姓名,证件号码", false, detect.Mapping{0, 1, 2, 3}},
		{"Company name,Company mark,Name,Document number", false, detect.Mapping{0, 1, 2, 3}},
		{"序号,公司名称,统一社会信用代码,法定代表人,身份证号", false, detect.Mapping{1, 2, 3, 4}},
		{"身份证,法人姓名,注册号,单位名称", false, detect.Mapping{3, 2, 1, 0}},
		{"企业全称,社会信用代码,负责人,证件号", false, detect.Mapping{0, 1, 2, 3}},
		{"公司名,工商注册号,法人,法人身份证号", false, detect.Mapping{0, 1, 2, 3}},
		{"名称,营业执照号,法定代表人姓名,公民身份号码", false, detect.Mapping{0, 1, 2, 3}},
		{"ENT_NAME,Ent-Mark, Real Name ,ＩＤｃａｒｄ", false, detect.Mapping{0, 1, 2, 3}},
		{"Company,USCC,Legal representative,ID number", false, detect.Mapping{0, 1, 2, 3}},
		{"company,Credit Code,legal person,id no.", false, detect.Mapping{0, 1, 2, 3}},
		{"company,Registration number,name,ID card number", false, detect.Mapping{0, 1, 2, 3}},
		{"*企业名称：,企业标识（统一社会信用代码/注册号）,'姓名（必填）,证 件 号 码 [18位]", false, detect.Mapping{0, 1, 2, 3}},
		{"企业名称,统一社会信用代码/注册号,（法人）姓名,证件\n号码", false, detect.Mapping{0, 1, 2, 3}},
		// The best mark comes first, and a name on the wire before all others.
		{"公司名称,entname,注册号,统一社会信用代码,realname,姓名,身份证号,idcard", false, detect.Mapping{1, 3, 4, 7}},
		{"企业名称,组织机构代码,注册号,姓名,idcard", false, detect.Mapping{0, 2, 3, 4}},
		{"企业名称,组织机构代码,注册号,姓名,idcard", true, detect.Mapping{0, 1, 3, 4}},
		{"企业名称,统一社会信用代码,企业法人名称,证件号码", true, detect.Mapping{0, 1, 2, 3}},
		{"企业名称,统一社会信用代码,企业法人名称,证件号码", false, detect.Mapping{0, 1, missing, 3}},
		{"企业名称,企业标识,企业法人名称,法人,证件号码", false, detect.Mapping{0, 1, 3, 4}},
		// Ambiguous headers.
		{"企业名称,公司名称,统一社会信用代码,信用代码,法人,负责人,身份证号,法人身份证号", false, detect.Mapping{twice, twice, twice, twice}},
		{"姓名,,姓名状态,企业名称结果", false, detect.Mapping{missing, missing, 0, missing}},
		{"", false, detect.Mapping{missing, missing, missing, missing}},
		{"(企业名称),***,（,）姓名", false, detect.Mapping{missing, missing, 3, missing}},
	} {
		m := detect.MatchHeader(strings.Split(test.header, ","), test.org)
		if m != test.want {
			t.Errorf("%s, %v: got %v, want %v", test.header, test.org, m, test.want)
		}
		if m.IsComplete() != (!slices.Contains(m[:], missing) && !slices.Contains(m[:], twice)) {
			t.Errorf("%v", m)
		}
	}
}

// TestAmbiguousHeaders: only the operator chooses between columns that may both
// be meant.
func TestAmbiguousHeaders(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		header string // separated by ;
		org    bool
		want   string // the column or problem of each factor
	}{
		{"客户名称;证件类型;证件号码;统一社会信用代码;法定代表人姓名;法定代表人证件号码", false, "0 3 4 5"},
		{"企业名称;统一社会信用代码;法定代表人;法定代表人证件号码;姓名;联系电话", false, "0 1 2 3"},
		{"企业名称;统一社会信用代码;法人;法人身份证号;实际控制人姓名;姓名;证件号码", false, "0 1 twice twice"},
		{"Company;Name;Reg. No.;Legal Representative;ID No.", false, "0 2 twice 4"},
		{"企业名称;统一社会信用代码;负责人;法定代表人;身份证号", false, "0 1 twice 4"},
		{"企业标识;企业名称;统一社会信用代码;法定代表人;身份证号", false, "1 twice 3 4"},
		{"机构代码;企业名称;统一社会信用代码;法定代表人;身份证号", true, "1 twice 3 4"},
		{"机构代码;企业名称;统一社会信用代码;法定代表人;身份证号", false, "1 2 3 4"},
		{"机构代码;企业名称;法定代表人;身份证号", true, "1 0 2 3"},
		{"企业名称;工商注册号;组织机构代码;法人;身份证号", false, "0 1 3 4"},
		{"企业名称;工商注册号;组织机构代码;法人;身份证号", true, "0 2 3 4"},
		{"企业名称;统一社会信用代码;统一社会信用代码;法人;身份证号", false, "0 twice 3 4"},
		// Notes in brackets.
		{"企业名称;统一社会信用代码;法定代表人;法定代表人证件号码;姓名（联系人）", false, "0 1 2 3"},
		{"企业名称;统一社会信用代码;姓名(经办人);身份证号(经办人)", false, "0 1 missing missing"},
		{"客户名称;统一社会信用代码;法定代表人;证件号码（企业）;法定代表人证件号码", false, "0 1 2 4"},
		{"公司名称;信用代码;法人;身份证号;企业名称(曾用名)", false, "0 1 2 3"},
		{"企业名称;统一社会信用代码;法定代表人;身份证号(配偶)", false, "0 1 2 missing"},
		{"企业名称;注册号（旧）;统一社会信用代码;负责人;证件号码（注册号）", false, "0 2 3 missing"},
		{"企业名称;统一社会信用代码;法人;身份证号;姓名（联系人", false, "0 1 2 3"},
		{"企业（机构）名称;统一社会信用代码（纳税人识别号）;法定代表人（负责人）姓名;身份证号（18位）", false, "0 1 2 3"},
		{"单位名称（全称）;统一社会信用代码（注册号）;法定代表人（执行事务合伙人）;身份证号(18-digit)", false, "0 1 2 3"},
		{"企业名称 必填;(必填)统一社会信用代码;姓名(法人);身份证号【选填】", false, "0 1 2 3"},
		// Other columns.
		{"企业法人名称;统一社会信用代码;法定代表人;法人证件号码", false, "missing 1 2 3"},
		{"企业法人名称;企业名称;统一社会信用代码;法人;证件号码", true, "1 2 twice 4"},
		{"名称;单位(万元);统一社会信用代码;法人;身份证号", false, "0 2 3 4"},
		{"名称;单位;统一社会信用代码;法人;身份证号", false, "0 2 3 4"},
		{"名称;公司;统一社会信用代码;法人;身份证号", false, "twice 2 3 4"},
		{"公司;统一社会信用代码;法人;身份证号", false, "0 1 2 3"},
		// Two persons.
		{"企业名称;统一社会信用代码;姓名;法定代表人（签字）;法定代表人证件号码", false, "0 1 twice twice"},
		{"企业名称;统一社会信用代码;姓名;法定代表人证件号码;法定代表人电话", false, "0 1 2 3"},
		{"企业名称;统一社会信用代码;负责人;法人身份证号", false, "0 1 twice twice"},
		{"企业名称;统一社会信用代码;法定代表人;证件号码;法定代表人身份证号（原）", false, "0 1 twice twice"},
		{"企业名称;统一社会信用代码;法定代表人/负责人;负责人证件号码", false, "0 1 2 3"},
		{"企业名称;统一社会信用代码;realname;法定代表人证件号码;法定代表人（签字）", false, "0 1 2 3"},
		// Several names of one factor.
		{"企业名称;工商注册号/统一社会信用代码;法定代表人、负责人;证件号码", false, "0 1 2 3"},
		{"企业名称;统一社会信用代码/纳税人识别号;法人/证件号码;证件号码", false, "0 1 missing 3"},
		{"1.企业名称;2、统一社会信用代码;3．法人;(4)身份证号", false, "0 1 2 3"},
		{"序号、企业名称;统一社会信用代码;法人;身份证号", false, "missing 1 2 3"},
		{"Name of company;Licence number;Legal Rep.;ID number", false, "0 1 2 3"},
		{"entName;uniscId;frName;frIdNo", false, "0 1 2 3"},
		{"企業名稱;統一社會信用代碼;法定代表人;身份證號碼", false, "0 1 2 3"},
	} {
		m := detect.MatchHeader(strings.Split(test.header, ";"), test.org)
		got := strings.NewReplacer("-1", "missing", "-2", "twice").Replace(strings.Trim(fmt.Sprint(m), "[]"))
		if got != test.want {
			t.Errorf("%s, %v: %v, want %s", test.header, test.org, got, test.want)
		}
	}
}

func TestHeadersAndTotals(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]bool{
		"企业名称,统一社会信用代码,证件号码": true, "(全称),(18位),(身份证)": true, "合计,1,1": true, "总计：,1,1": true, "北京公司,无,NULL": true,
		"北京公司,91110108551385082Q,11010519491231002X": false, "北京公司,无,11010519491231002X": false, "北京公司,91110108551385082Q,无": false,
		"合计会计师事务所,1,1": false, "北京公司,,无": false,
	} {
		f := strings.Split(row, ",")
		if got := detect.IsTotal(f[0]) || detect.IsHeader(f[1], f[2]); got != want {
			t.Errorf("%s: %v", row, got)
		}
	}
}

// readRows returns the rows of CSV that are not blank.
func readRows(t testing.TB, text string) []table.Row {
	t.Helper()
	in, err := table.OpenText(t.Context(), "a.csv", text, detect.CountFactors)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := in.FirstRows(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func readHeader(t testing.TB, text string) detect.Header {
	t.Helper()
	in, err := table.OpenText(t.Context(), "a.csv", text, detect.CountFactors)
	if err != nil {
		t.Fatal(err)
	}
	h, err := detect.ReadHeader(t.Context(), in, -1, false)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// assertEqual checks a value.
func assertEqual[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestFindHeader(t *testing.T) {
	t.Parallel()
	header := "企业名称,企业标识,姓名,证件号码"
	for name, test := range map[string]struct {
		text    string
		number  int
		ok      bool
		mapping detect.Mapping
	}{
		"first":         {header + "\na,b,c,d\n", 1, true, detect.Mapping{0, 1, 2, 3}},
		"under titles":  {"核验名单,,,\n\n填表人,姓名,,\n序号," + header + "\na,b,c,d\n", 4, true, detect.Mapping{1, 2, 3, 4}},
		"most":          {"姓名,x\n企业名称,企业标识,姓名,证件\n姓名,企业名称\n", 2, false, detect.Mapping{0, 1, 2, -1}},
		"twice":         {"姓名\n企业名称,企业标识,姓名,身份证,身份证号\n", 2, false, detect.Mapping{0, 1, 2, detect.Ambiguous}},
		"none":          {"a,b,c,d\n1,2,3,4\n", 0, false, detect.Mapping{-1, -1, -1, -1}},
		"too late":      {strings.Repeat("x\n\n", 20) + header, 0, false, detect.Mapping{-1, -1, -1, -1}},
		"groups":        {"企业名称,统一社会信用代码,法定代表人,,联系人,\n,,姓名,证件号码,姓名,电话\na,b,c,d,e,f\n", 2, true, detect.Mapping{0, 1, 2, 3}},
		"groups named":  {"基本信息,,法定代表人信息,,经办人信息,\n企业名称,统一社会信用代码,姓名,身份证号,姓名,身份证号\na,b,c,d,e,f\n", 2, true, detect.Mapping{0, 1, 2, 3}},
		"others' group": {"企业信息,,经办人信息,\n企业名称,统一社会信用代码,姓名,身份证号\na,b,c,d\n", 2, false, detect.Mapping{0, 1, -1, -1}},
		"under a title": {"法定代表人核验名单,,,\n" + header + "\na,b,c,d\n", 2, true, detect.Mapping{0, 1, 2, 3}},
		"under a form":  {"填表单位：,北京某单位,日期,2026年\n" + header + "\na,b,c,d\n", 2, true, detect.Mapping{0, 1, 2, 3}},
		"not over data": {"企业名称,统一社会信用代码,法人,证件\n北京,91110108551385082Q,张三,11010519491231002X\n", 1, false, detect.Mapping{0, 1, 2, -1}},
		"just so":       {strings.Repeat("x\n\n", 19) + header, 39, true, detect.Mapping{0, 1, 2, 3}},
	} {
		number, found := detect.FindHeader(readRows(t, test.text), false)
		h := readHeader(t, test.text)
		assertEqual(t, name+": row", number, test.number)
		assertEqual(t, name+": row read", h.Number, max(number, 1))
		assertEqual(t, name+": found", found == len(h.Columns) && h.Columns.IsComplete(), test.ok)
		assertEqual(t, name+": mapping", h.Columns, test.mapping)
	}
	// A text only in the row above is the header.
	groups := "序号,企业名称,统一社会信用代码,法定代表人,\n,,,姓名,证件号码\n1,b,c,d,e\n"
	if h := readHeader(t, groups); h.Texts[0] != "序号" {
		t.Errorf("%q", h.Texts)
	}
	// XLSX leaves out blank rows.
	sparse := []table.Row{{Number: 1, Cells: []table.Value{{Text: "名单"}}}, readRows(t, ","+header)[0]}
	sparse[1].Number = 5
	number, _ := detect.FindHeader(sparse, false)
	assertEqual(t, "XLSX: row", number, 5)
}

func TestParseMapping(t *testing.T) {
	t.Parallel()
	header := []string{"序号", "公司名", "id", "代码", "'=x", "代码", "(空)", ""}
	none := detect.Mapping{-1, -1, -1, -1}
	for _, test := range []struct {
		text string
		over detect.Mapping
		want detect.Mapping
	}{
		{"entname=B,entmark=D,realname=e,idcard=C", none, detect.Mapping{1, 3, 4, 2}},
		{"entname=公司名", detect.Mapping{-1, 3, 4, 5}, detect.Mapping{1, 3, 4, 5}},
		{" IDCARD = id , entname = 公司名 （全称）", none, detect.Mapping{1, -1, -1, 2}},
		{"realname==x", none, detect.Mapping{-1, -1, 4, -1}},
		{"idcard=D", detect.Mapping{1, 3, 4, 2}, detect.Mapping{1, -1, 4, 3}},
		{"idcard=D,entmark=C", detect.Mapping{1, 3, 4, 2}, detect.Mapping{1, 2, 4, 3}},
		{"idcard=H", none, detect.Mapping{-1, -1, -1, 7}},
		{"idcard=(空)", none, detect.Mapping{-1, -1, -1, 6}},
	} {
		if got, err := detect.ParseMapping(test.text, header, test.over); got != test.want || err != nil {
			t.Errorf("%s: %v, %v, want %v", test.text, got, err, test.want)
		}
	}
	for text, want := range map[string]detect.MappingError{
		"":                       {Problem: detect.MappingSyntax, Part: ""},
		"entname":                {Problem: detect.MappingSyntax, Part: "entname"},
		"entname=B,":             {Problem: detect.MappingSyntax, Part: ""},
		"entname= ":              {Problem: detect.MappingSyntax, Part: "entname= "},
		"name=B":                 {Problem: detect.MappingFactor, Part: "name=B", Allowed: []string{"entname", "entmark", "realname", "idcard"}},
		"entname=I":              {Problem: detect.MappingColumn, Part: "entname=I"},
		"entname=姓名":             {Problem: detect.MappingColumn, Part: "entname=姓名"},
		"entname=2":              {Problem: detect.MappingColumn, Part: "entname=2"},
		"entmark=代码":             {Problem: detect.MappingDuplicate, Part: "entmark=代码"},
		"entname=B,entname=C":    {Problem: detect.MappingDuplicate, Part: "entname=C"},
		"entname=B,realname=公司名": {Problem: detect.MappingDuplicate, Part: "realname=公司名"},
	} {
		got, err := detect.ParseMapping(text, header, none)
		var known *detect.MappingError
		if !errors.As(err, &known) {
			t.Errorf("%q: got error %v, want %v", text, err, want)
			continue
		}
		assertEqual(t, text+": problem", known.Problem, want.Problem)
		assertEqual(t, text+": part", known.Part, want.Part)
		assertEqual(t, text+": mapping", got, none)
		if !strings.Contains(known.Error(), string(want.Problem)) {
			t.Errorf("%q: got %q, want %q in it", text, known, want.Problem)
		}
		if !slices.Contains(juhetest.Constants[detect.MappingProblem](t), known.Problem) {
			t.Errorf("%q: no constant is %q", text, known.Problem)
		}
		if known.Problem == detect.MappingColumn || text == "entmark=代码" {
			want.Allowed = header[:7]
		}
		if !slices.Equal(known.Allowed, want.Allowed) {
			t.Errorf("%q: allowed are %q, want %q", text, known.Allowed, want.Allowed)
		}
	}
	if got, err := detect.ParseMapping("idcard=AB", nil, none); got[3] != 27 || err != nil {
		t.Error(got, err)
	}
}

// FuzzParseMapping checks that a column belongs to one factor at most.
func FuzzParseMapping(f *testing.F) {
	f.Add("entname=B,idcard=证件号", "公司名,证件号")
	f.Add("entname=B,entname==", "=,（,")
	f.Fuzz(func(t *testing.T, text, head string) {
		cells := strings.Split(head, ",")
		over := detect.MatchHeader(cells, false)
		m, err := detect.ParseMapping(text, cells, over)
		var known *detect.MappingError
		if err != nil && !errors.As(err, &known) {
			t.Fatal(err)
		}
		for i, column := range m {
			if column < -1 || column >= len(cells) || column >= 0 && slices.Contains(m[i+1:], column) {
				t.Errorf("%q over %q: %v", text, head, m)
			}
		}
	})
}
