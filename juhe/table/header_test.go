package table_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/table"
)

func TestMatchHeader(t *testing.T) {
	t.Parallel()
	const missing, twice = table.MatchMissing, table.MatchAmbiguous
	for _, test := range []struct {
		header   string
		org      bool
		mapping  table.Mapping
		problems [juhe.NumFactors]table.MatchProblem
	}{
		{"entname,entmark,realname,idcard", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"企业名称,企业标识,姓名,证件号码", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"Company name,Company mark,Name,Document number", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"序号,公司名称,统一社会信用代码,法定代表人,身份证号", false, table.Mapping{1, 2, 3, 4}, [juhe.NumFactors]table.MatchProblem{}},
		{"身份证,法人姓名,注册号,单位名称", false, table.Mapping{3, 2, 1, 0}, [juhe.NumFactors]table.MatchProblem{}},
		{"企业全称,社会信用代码,负责人,证件号", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"公司名,工商注册号,法人,法人身份证号", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"名称,营业执照号,法定代表人姓名,公民身份号码", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"ENT_NAME,Ent-Mark, Real Name ,ＩＤｃａｒｄ", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"Company,USCC,Legal representative,ID number", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"company,Credit Code,legal person,id no.", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"company,Registration number,name,ID card number", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"*企业名称：,企业标识（统一社会信用代码/注册号）,'姓名（必填）,证 件 号 码 [18位]", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"企业名称,统一社会信用代码/注册号,（法人）姓名,证件\n号码", false, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		// The best mark comes first, and a name on the wire before all others.
		{"公司名称,entname,注册号,统一社会信用代码,realname,姓名,身份证号,idcard", false, table.Mapping{1, 3, 4, 7}, [juhe.NumFactors]table.MatchProblem{}},
		{"企业名称,组织机构代码,注册号,姓名,idcard", false, table.Mapping{0, 2, 3, 4}, [juhe.NumFactors]table.MatchProblem{}},
		{"企业名称,组织机构代码,注册号,姓名,idcard", true, table.Mapping{0, 1, 3, 4}, [juhe.NumFactors]table.MatchProblem{}},
		{"企业名称,统一社会信用代码,企业法人名称,证件号码", true, table.Mapping{0, 1, 2, 3}, [juhe.NumFactors]table.MatchProblem{}},
		{"企业名称,统一社会信用代码,企业法人名称,证件号码", false, table.Mapping{0, 1, -1, 3}, [juhe.NumFactors]table.MatchProblem{"", "", missing, ""}},
		{"企业名称,企业标识,企业法人名称,法人,证件号码", false, table.Mapping{0, 1, 3, 4}, [juhe.NumFactors]table.MatchProblem{}},
		// Ambiguous headers.
		{"企业名称,公司名称,统一社会信用代码,信用代码,法人,负责人,身份证号,法人身份证号", false, table.Mapping{-1, -1, -1, -1}, [juhe.NumFactors]table.MatchProblem{twice, twice, twice, twice}},
		{"姓名,,姓名状态,企业名称结果", false, table.Mapping{-1, -1, 0, -1}, [juhe.NumFactors]table.MatchProblem{missing, missing, "", missing}},
		{"", false, table.Mapping{-1, -1, -1, -1}, [juhe.NumFactors]table.MatchProblem{missing, missing, missing, missing}},
		{"(企业名称),***,（,）姓名", false, table.Mapping{-1, -1, 3, -1}, [juhe.NumFactors]table.MatchProblem{missing, missing, "", missing}},
	} {
		m, problems := table.MatchHeader(strings.Split(test.header, ","), test.org)
		if m != test.mapping || problems != test.problems {
			t.Errorf("%s, %v: %v %q, want %v %q", test.header, test.org, m, problems, test.mapping, test.problems)
		}
		if m.IsComplete() != !slices.Contains(m[:], -1) {
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
		m, problems := table.MatchHeader(strings.Split(test.header, ";"), test.org)
		var got []string
		for i, column := range m {
			if problems[i] != table.MatchOK {
				got = append(got, string(problems[i]))
			} else {
				got = append(got, fmt.Sprint(column))
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s, %v: %v, want %s", test.header, test.org, got, test.want)
		}
	}
}

func TestIsHeaderOrTotal(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]bool{
		"企业名称,统一社会信用代码,证件号码": true, "(全称),(18位),(身份证)": true, "合计,1,1": true, "总计：,1,1": true, "北京公司,无,NULL": true,
		"北京公司,91110108551385082Q,11010519491231002X": false, "北京公司,无,11010519491231002X": false, "北京公司,91110108551385082Q,无": false,
		"合计会计师事务所,1,1": false, "北京公司,,无": false,
	} {
		f := strings.Split(row, ",")
		if got := table.IsHeaderOrTotal(f[0], f[1], f[2]); got != want {
			t.Errorf("%s: %v", row, got)
		}
	}
}

func TestFindHeader(t *testing.T) {
	t.Parallel()
	header := "企业名称,企业标识,姓名,证件号码"
	for name, test := range map[string]struct {
		text    string
		number  int
		ok      bool
		mapping table.Mapping
	}{
		"first":         {header + "\na,b,c,d\n", 1, true, table.Mapping{0, 1, 2, 3}},
		"under titles":  {"核验名单,,,\n\n填表人,姓名,,\n序号," + header + "\na,b,c,d\n", 4, true, table.Mapping{1, 2, 3, 4}},
		"most":          {"姓名,x\n企业名称,企业标识,姓名,证件\n姓名,企业名称\n", 2, false, table.Mapping{0, 1, 2, -1}},
		"twice":         {"姓名\n企业名称,企业标识,姓名,身份证,身份证号\n", 2, false, table.Mapping{0, 1, 2, -1}},
		"none":          {"a,b,c,d\n1,2,3,4\n", 0, false, table.Mapping{-1, -1, -1, -1}},
		"too late":      {strings.Repeat("x\n\n", 20) + header, 0, false, table.Mapping{-1, -1, -1, -1}},
		"groups":        {"企业名称,统一社会信用代码,法定代表人,,联系人,\n,,姓名,证件号码,姓名,电话\na,b,c,d,e,f\n", 2, true, table.Mapping{0, 1, 2, 3}},
		"groups named":  {"基本信息,,法定代表人信息,,经办人信息,\n企业名称,统一社会信用代码,姓名,身份证号,姓名,身份证号\na,b,c,d,e,f\n", 2, true, table.Mapping{0, 1, 2, 3}},
		"others' group": {"企业信息,,经办人信息,\n企业名称,统一社会信用代码,姓名,身份证号\na,b,c,d\n", 2, false, table.Mapping{0, 1, -1, -1}},
		"under a title": {"法定代表人核验名单,,,\n" + header + "\na,b,c,d\n", 2, true, table.Mapping{0, 1, 2, 3}},
		"under a form":  {"填表单位：,北京某单位,日期,2026年\n" + header + "\na,b,c,d\n", 2, true, table.Mapping{0, 1, 2, 3}},
		"not over data": {"企业名称,统一社会信用代码,法人,证件\n北京,91110108551385082Q,张三,11010519491231002X\n", 1, false, table.Mapping{0, 1, 2, -1}},
		"just so":       {strings.Repeat("x\n\n", 19) + header, 39, true, table.Mapping{0, 1, 2, 3}},
	} {
		number, cells, m, ok := table.FindHeader(t.Context(), openInput(t, writeFile(t, "a.csv", []byte(test.text)), ""), false)
		assertEqual(t, name+": row", number, test.number)
		assertEqual(t, name+": found", ok, test.ok)
		assertEqual(t, name+": mapping", m, test.mapping)
		assertEqual(t, name+": no cells", len(cells) == 0, number == 0)
	}
	// A text only in the row above is the header.
	groups := "序号,企业名称,统一社会信用代码,法定代表人,\n,,,姓名,证件号码\n1,b,c,d,e\n"
	if _, cells, _, ok := table.FindHeader(t.Context(), openInput(t, writeFile(t, "a.csv", []byte(groups)), ""), false); !ok || cells[0] != "序号" {
		t.Errorf("%q", cells)
	}
	path := saveExcelize(t, func(book *excelize.File) error {
		return errors.Join(book.SetCellStr("Sheet1", "A1", "名单"), book.SetSheetRow("Sheet1", "B5", &[]string{"企业名称", "企业标识", "姓名", "证件号码"}))
	})
	number, cells, m, ok := table.FindHeader(t.Context(), openInput(t, path, ""), false)
	assertEqual(t, "XLSX: row", number, 5)
	assertEqual(t, "XLSX: found", ok, true)
	assertEqual(t, "XLSX: mapping", m, table.Mapping{1, 2, 3, 4})
	assertEqual(t, "XLSX: cells", len(cells), 5)
}

func TestParseMapping(t *testing.T) {
	t.Parallel()
	header := []string{"序号", "公司名", "id", "代码", "'=x", "代码", "(空)", ""}
	none := table.Mapping{-1, -1, -1, -1}
	for _, test := range []struct {
		text string
		over table.Mapping
		want table.Mapping
	}{
		{"entname=B,entmark=D,realname=e,idcard=C", none, table.Mapping{1, 3, 4, 2}},
		{"entname=公司名", table.Mapping{-1, 3, 4, 5}, table.Mapping{1, 3, 4, 5}},
		{" IDCARD = id , entname = 公司名 （全称）", none, table.Mapping{1, -1, -1, 2}},
		{"realname==x", none, table.Mapping{-1, -1, 4, -1}},
		{"idcard=D", table.Mapping{1, 3, 4, 2}, table.Mapping{1, -1, 4, 3}},
		{"idcard=D,entmark=C", table.Mapping{1, 3, 4, 2}, table.Mapping{1, 2, 4, 3}},
		{"idcard=H", none, table.Mapping{-1, -1, -1, 7}},
		{"idcard=(空)", none, table.Mapping{-1, -1, -1, 6}},
	} {
		if got, err := table.ParseMapping(test.text, header, test.over); got != test.want || err != nil {
			t.Errorf("%s: %v, %v, want %v", test.text, got, err, test.want)
		}
	}
	for text, want := range map[string]table.MappingError{
		"":                       {Problem: table.MappingSyntax, Part: ""},
		"entname":                {Problem: table.MappingSyntax, Part: "entname"},
		"entname=B,":             {Problem: table.MappingSyntax, Part: ""},
		"entname= ":              {Problem: table.MappingSyntax, Part: "entname= "},
		"name=B":                 {Problem: table.MappingFactor, Part: "name=B", Allowed: []string{"entname", "entmark", "realname", "idcard"}},
		"entname=I":              {Problem: table.MappingColumn, Part: "entname=I"},
		"entname=姓名":             {Problem: table.MappingColumn, Part: "entname=姓名"},
		"entname=2":              {Problem: table.MappingColumn, Part: "entname=2"},
		"entmark=代码":             {Problem: table.MappingDuplicate, Part: "entmark=代码"},
		"entname=B,entname=C":    {Problem: table.MappingDuplicate, Part: "entname=C"},
		"entname=B,realname=公司名": {Problem: table.MappingDuplicate, Part: "realname=公司名"},
	} {
		got, err := table.ParseMapping(text, header, none)
		var known *table.MappingError
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
		if !slices.Contains(juhetest.Constants[table.MappingProblem](t), known.Problem) {
			t.Errorf("%q: no constant is %q", text, known.Problem)
		}
		if known.Problem == table.MappingColumn || text == "entmark=代码" {
			want.Allowed = header[:7]
		}
		if !slices.Equal(known.Allowed, want.Allowed) {
			t.Errorf("%q: allowed are %q, want %q", text, known.Allowed, want.Allowed)
		}
	}
	if got, err := table.ParseMapping("idcard=AB", nil, none); got[3] != 27 || err != nil {
		t.Error(got, err)
	}
}

func TestColumnNames(t *testing.T) {
	t.Parallel()
	for i := range table.MaxColumns {
		name := table.ColumnName(i)
		if want, err := excelize.ColumnNumberToName(i + 1); name != want || err != nil {
			t.Fatalf("%d is %s, want %s, %v", i, name, want, err)
		}
		if table.ColumnIndex(name) != i || table.ColumnIndex(strings.ToLower(name)) != i {
			t.Fatalf("%s is %d", name, table.ColumnIndex(name))
		}
	}
	for _, name := range []string{"", "XFE", "ZZZZ", strings.Repeat("Z", 1000), "A1", "列", "@", "[", "`"} {
		if got := table.ColumnIndex(name); got != -1 {
			t.Errorf("%.10q is %d", name, got)
		}
	}
}

// TestErrorsQuoteNoCell: the text of a ReadError consists of its path, its place
// and fixed words.
func TestErrorsQuoteNoCell(t *testing.T) {
	t.Parallel()
	for _, p := range juhetest.Constants[table.ReadProblem](t) {
		err := &table.ReadError{Problem: p, Path: "a.csv", Row: 7, Column: 28, Detail: "cell", Err: errors.New("cause")}
		if want := fmt.Sprintf("table a.csv: %s, row 7, column AB (cell): cause", p); err.Error() != want {
			t.Error(err)
		}
	}
}
