package detect_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/mockserver"
)

var pastedDay = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// readVectors returns the first column of a test vector file of package ident.
func readVectors(t testing.TB, name string) (all []string) {
	t.Helper()
	file, err := os.Open("../ident/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if value, _, _ := strings.Cut(lines.Text(), "\t"); value != "" && value[0] != '#' {
			all = append(all, value)
		}
	}
	if len(all) == 0 {
		t.Fatal(name, "is empty")
	}
	return all
}

// permutations returns all orders of cells.
func permutations(cells []string) (all [][]string) {
	if len(cells) < 2 {
		return [][]string{cells}
	}
	for i, first := range cells {
		rest := slices.Delete(slices.Clone(cells), i, i+1)
		for _, order := range permutations(rest) {
			all = append(all, append([]string{first}, order...))
		}
	}
	return all
}

func parseRow(t *testing.T, text string, api juhe.API) detect.PastedRow {
	t.Helper()
	p, rows := detect.ParsePaste(text, api, pastedDay)
	if rows != 1 {
		t.Fatalf("%q is %d rows", text, rows)
	}
	return p
}

func factorsOf(f juhe.Factors) []string {
	return f[:]
}

// assertOrders checks that the factors are found in any order, with and without other
// usual columns.
func assertOrders(t *testing.T, api juhe.API, want juhe.Factors) {
	t.Helper()
	for _, order := range permutations(factorsOf(want)) {
		for _, more := range [][]string{
			nil,
			{"1", "2024-01-05", "13800138000", "1,200.00", "北京市朝阳区虚构路8号"},
			{"0007", "20240105", "010-65432100", "¥3500", "已核对", "在业", "男"},
			{"法定代表人", "2024/1/5", "110,105.00", "100万元人民币", "上海市浦东新区虚构大道100弄3号楼201室", "该户已电话联系，待复核。"},
		} {
			cells := slices.Concat(more[:len(more)/2], order, more[len(more)/2:])
			p := parseRow(t, strings.Join(cells, "\t")+"\r\n", api)
			if p.Factors != want || len(p.Ambiguous) > 0 || len(p.Corrupted) > 0 {
				t.Errorf("%s: %q\n%q, unsure %v, spoilt %v", api, cells, factorsOf(p.Factors), p.Ambiguous, p.Corrupted)
			}
		}
	}
}

func TestPastedCompanies(t *testing.T) {
	t.Parallel()
	for _, api := range juhe.APIs() {
		for _, c := range mockserver.Companies() {
			assertOrders(t, api, c.Factors(api))
			if api != juhe.APIQueryV2 {
				f := c.Factors(api)
				f[juhe.Entmark] = c.Regno
				assertOrders(t, api, f)
			}
		}
	}
}

// TestPastedDocuments: documents of all kinds, with and without typing errors.
func TestPastedDocuments(t *testing.T) {
	t.Parallel()
	documents := append(readVectors(t, "id_valid.txt"), "E12345678", "EA1234567", "H12345678", "M1234567801", "12345678", "1234567890A", "AB1234567", "CHN110101900101",
		"11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", "110105-19491231-002X", "\u200b11010519491231002X", "110105194912310021")
	for _, document := range documents {
		for _, api := range juhe.APIs() {
			f := mockserver.Companies()[0].Factors(api)
			f[juhe.Idcard] = document
			assertOrders(t, api, f)
		}
	}
	for _, name := range []string{"uscc_valid.txt", "regno_valid.txt"} {
		for _, mark := range readVectors(t, name) {
			f := mockserver.Companies()[0].Factors(juhe.APIQuery)
			f[juhe.Entmark] = mark
			assertOrders(t, juhe.APIQuery, f)
		}
	}
	for _, mark := range readVectors(t, "orgcode_valid.txt") {
		f := mockserver.Companies()[0].Factors(juhe.APIQueryV2)
		f[juhe.Entmark] = mark
		assertOrders(t, juhe.APIQueryV2, f)
	}
}

// TestPastedNever: a company ID that passes its checks is never taken for a document
// number, and vice versa.
func TestPastedNever(t *testing.T) {
	t.Parallel()
	for _, api := range juhe.APIs() {
		for _, uscc := range readVectors(t, "uscc_valid.txt") {
			for _, row := range [][]string{{uscc, "甲"}, {"虚构公司", "张三", uscc, uscc + "1"}, {"虚构公司", "张三", "91110199MAYYY0013X", uscc}} {
				if got := parseRow(t, strings.Join(row, "\t"), api).Factors[juhe.Idcard]; got == uscc {
					t.Errorf("%q: %s is a document", row, uscc)
				}
			}
		}
		for _, id := range readVectors(t, "id_valid.txt") {
			if len(id) != 18 {
				continue
			}
			for _, row := range [][]string{{id, "甲"}, {"虚构公司", "张三", "12", id}, {"虚构公司", "张三", "11010519491231002X", id}} {
				if got := parseRow(t, strings.Join(row, "\t"), api).Factors[juhe.Entmark]; got == id {
					t.Errorf("%q: %s is a mark", row, id)
				}
			}
		}
	}
}

// TestPastedRow: what is recognized, and what is not guessed.
func TestPastedRow(t *testing.T) {
	t.Parallel()
	const company, mark, id = "北京晨星虚构科技有限公司", "91110199MAYYY0013X", "11010519491231002X"
	for name, test := range map[string]struct {
		row            string
		api            juhe.API
		want           juhe.Factors
		unsure, spoilt string
	}{
		"two persons":          {"张三\t李四\t" + company, "", juhe.Factors{juhe.Entname: company}, "realname", ""},
		"two companies":        {company + "\t张三\t上海云帆虚构贸易有限公司", "", juhe.Factors{juhe.Realname: "张三"}, "entname", ""},
		"two documents":        {id + "\t张三\t360426199101010071", "", juhe.Factors{juhe.Realname: "张三"}, "idcard", ""},
		"the same twice":       {"张三\t" + company + "\t张三", "", juhe.Factors{juhe.Entname: company, juhe.Realname: "张三"}, "", ""},
		"a name that is left":  {company + "\t" + mark + "\t爨\ue000\t" + id, "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "爨\ue000", juhe.Idcard: id}, "", ""},
		"a shop that is left":  {"虚构小铺子\t" + mark + "\t张三\t" + id, "", juhe.Factors{juhe.Entname: "虚构小铺子", juhe.Entmark: mark, juhe.Realname: "张三", juhe.Idcard: id}, "", ""},
		"a remark is left":     {company + "\t" + mark + "\t已核对\t" + id, "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Idcard: id}, "", ""},
		"a number is left":     {company + "\t" + mark + "\t张三\t12", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "张三"}, "", ""},
		"a day is left":        {company + "\t" + mark + "\t张三\t2024-01-05", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "张三"}, "", ""},
		"a phone is left":      {company + "\t" + mark + "\t张三\t13800138000", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "张三"}, "", ""},
		"all marks":            {"110199990000019\tMAYYY0013\t" + mark, "", juhe.Factors{juhe.Entmark: mark}, "", ""},
		"all marks, V2":        {"110199990000019\tMAYYY0013\t" + mark, juhe.APIQueryV2, juhe.Factors{juhe.Entmark: "MAYYY0013"}, "", ""},
		"a mark on V2":         {mark + "\t张三", juhe.APIQueryV2, juhe.Factors{juhe.Entmark: mark, juhe.Realname: "张三"}, "", ""},
		"scientific":           {company + "\t" + mark + "\t张三\t1.10105E+17", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "张三"}, "", "idcard"},
		"scientific mark":      {company + "\t张三\t9.14403E+17", "", juhe.Factors{juhe.Entname: company, juhe.Realname: "张三"}, "", "entmark"},
		"both scientific":      {company + "\t1.10105E+17\t9.14403E+17", "", juhe.Factors{juhe.Entname: company}, "", "idcard entmark"},
		"ends in 000":          {company + "\t" + mark + "\t张三\t110101199001031000", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "张三", juhe.Idcard: "110101199001031000"}, "", ""},
		"rounded":              {company + "\t" + mark + "\t张三\t110105194912310000", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "张三"}, "", "idcard"},
		"an amount":            {company + "\t" + mark + "\t1.2E+07", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark}, "", ""},
		"scientific elsewhere": {company + "\t" + mark + "\t张三\t" + id + "\t6.22202E+18", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "张三", juhe.Idcard: id}, "", ""},
		"an error":             {company + "\t" + mark + "\t#N/A\t" + id, "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Idcard: id}, "", ""},
		"wrapped":              {"'" + company + "\t=\"" + mark + "\"\t\u3000张三\u00a0\t\"=\"\"" + id + "\"\"\"", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "张三", juhe.Idcard: id}, "", ""},
		"quoted":               {"\"" + company + "\"\t\"" + mark + "\"\t\"张三\"\t\"'" + id + "\"", "", juhe.Factors{juhe.Entname: company, juhe.Entmark: mark, juhe.Realname: "张三", juhe.Idcard: id}, "", ""},
		"lines in a cell":      {company + "\t\"备注：\n分两行\"\t张三\t\"" + id + "\n\"\n", "", juhe.Factors{juhe.Entname: company, juhe.Realname: "张三", juhe.Idcard: id}, "", ""},
		"controls":             {"\x1b]0x\x07" + company + "\t" + mark + "\x00\t张\x1b三\u0085\t\u009b" + id, "", juhe.Factors{juhe.Entname: "]0x" + company, juhe.Entmark: mark, juhe.Realname: "张三", juhe.Idcard: id}, "", ""},
		"headings":             {"企业名称\t统一社会信用代码\t法定代表人\t身份证号", "", juhe.Factors{}, "", ""},
		"a total":              {"合计\t\t\t1200.00", "", juhe.Factors{}, "", ""},
		"nothing":              {"1\t\t2.5", "", juhe.Factors{}, "", ""},
		"another people":       {"买买提·示例\t买买提·示例\t" + company, "", juhe.Factors{juhe.Entname: company, juhe.Realname: "买买提·示例"}, "", ""},
		"English":              {"Sample Trading Co., Ltd.\tJohn Sample\tE12345678\t" + mark, "", juhe.Factors{juhe.Entname: "Sample Trading Co., Ltd.", juhe.Entmark: mark, juhe.Realname: "John Sample", juhe.Idcard: "E12345678"}, "", ""},
		"a long remark":        {company + "\t" + strings.Repeat("公司", 60), "", juhe.Factors{juhe.Entname: company}, "", ""},
	} {
		if test.api == "" {
			test.api = juhe.APIQuery
		}
		p := parseRow(t, test.row, test.api)
		unsure, spoilt := strings.Trim(fmt.Sprint(p.Ambiguous), "[]"), strings.Trim(fmt.Sprint(p.Corrupted), "[]")
		if p.Factors != test.want || unsure != test.unsure || spoilt != test.spoilt {
			t.Errorf("%s: %q, unsure %q, spoilt %q", name, factorsOf(p.Factors), unsure, spoilt)
		}
	}
}

// TestPasted15: a number of 15 digits is assigned by its checks, then by the other
// cells, and otherwise not at all.
func TestPasted15(t *testing.T) {
	t.Parallel()
	const company, both, neither = "虚构科技公司", "110108800101018", "110108801301015"
	if len(ident.Check(juhe.Entmark, both, nil, pastedDay)) > 0 || len(ident.Check(juhe.Idcard, both, nil, pastedDay)) > 0 {
		t.Fatalf("%s is not both", both)
	}
	for row, want := range map[string]juhe.Factors{
		"440301103097413\t150102880730303":                    {juhe.Entmark: "440301103097413", juhe.Idcard: "150102880730303"},
		both + "\t张三":                                         {juhe.Realname: "张三"},
		both + "\t11010519491231002X":                         {juhe.Entmark: both, juhe.Idcard: "11010519491231002X"},
		both + "\t91110199MAYYY0013X":                         {juhe.Entmark: "91110199MAYYY0013X", juhe.Idcard: both},
		neither + "\t张三":                                      {juhe.Realname: "张三"},
		neither + "\t" + company + "\t91110199MAYYY0013X\t张三": {juhe.Entname: company, juhe.Entmark: "91110199MAYYY0013X", juhe.Realname: "张三", juhe.Idcard: neither},
	} {
		if p := parseRow(t, row, juhe.APIQuery); p.Factors != want {
			t.Errorf("%q: %q, unsure %v", row, factorsOf(p.Factors), p.Ambiguous)
		}
	}
}

func TestSplitRows(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         "[]",
		"甲":                        "[]",
		"甲\n乙\r\n":                 "[]",
		"甲\t1\r\n":                 "[[甲 1]]",
		"甲\t1\r\n\r\n乙\t2\r丙\t3\n": "[[甲 1] [乙 2] [丙 3]]",
		"\t\t\n甲\t":                "[[甲 ]]",
		"\"甲\n乙\"\t1":              "[[甲\n乙 1]]",
		"\"甲\"\"乙\"\t1":            "[[甲\"乙 1]]",
		"\"甲\t1\n乙\"\t2":           "[[\"甲 1] [乙\" 2]]",
		"\"甲\t1":                   "[[\"甲 1]]",
		"\"甲\"乙\t1":                "[[\"甲\"乙 1]]",
		"5\"\t1":                   "[[5\" 1]]",
	} {
		if got := fmt.Sprint(detect.SplitRows(text)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// FuzzPasted: every factor is a single line without control characters, text that is
// not one row fills all factors or none, and the result is deterministic.
func FuzzPasted(f *testing.F) {
	for _, seed := range []string{
		"", "\t", "甲公司\t1\t张三\t2", "\"甲\n公司\"\t'1\t=\"2\"", "a\x1b[31m\tb\x00", "\"\"\"\t\"\"", "110108800101018\t110108800101018\t110105194912310021",
		"1.1E+17\t张三\r\n9E9\t", "\xff\t\ufeff张三\u200b",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, api := range juhe.APIs() {
			p, rows := detect.ParsePaste(text, api, pastedDay)
			for field := range juhe.NumFactors {
				value := p.Factors[field]
				if strings.ContainsFunc(value, unicode.IsControl) || strings.TrimSpace(value) != value || len(value) > len(text) {
					t.Errorf("%q: %s is %q", text, field, value)
				}
				if value != "" && (slices.Contains(p.Ambiguous, field) || slices.Contains(p.Corrupted, field)) {
					t.Errorf("%q: %s is known and is not", text, field)
				}
			}
			if rows != 1 && p.IsRecognized() && slices.Contains(p.Factors[:], "") {
				t.Errorf("%q: %d rows fill some factors: %q", text, rows, p.Factors)
			}
			if again, _ := detect.ParsePaste(text, api, pastedDay); fmt.Sprint(again) != fmt.Sprint(p) {
				t.Errorf("%q: %v, then %v", text, p, again)
			}
		}
	})
}
