package batch_test

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/table"
)

// csvRow returns a CSV row with a number and the factors.
func csvRow(factors ...string) string {
	return "1," + strings.Join(factors, ",") + "\r\n"
}

const tableHead = "序号,企业名称,统一社会信用代码,姓名,证件号码\r\n"

// TestNormalizedDamage: a corrupted number in full-width characters or with blanks is still
// refused.
func TestNormalizedDamage(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	text := tableHead
	for _, id := range []string{
		"１１０１０５１９４９１２３１２０００", "110105 19491231 2000", "110105-19491231-2000", "110105194912312000.00", `"110,105,194,912,312,000"`, "１.１Ｅ+１７", `"1,10105E+17"`, "1.10105E-17",
	} {
		text += csvRow("北京", "91110108551385082Q", "张三", id)
	}
	_, p := d.openPlanned(t, d.writeFile(t, "a.csv", text))
	var problems []string
	for _, f := range p.InvalidRows {
		problems = append(problems, f.Fault.Problem)
		if f.Fault.Factor != "idcard" || f.Fault.Column != 4 {
			t.Errorf("%+v", f)
		}
	}
	r, s := "rounded", "scientific"
	if want := []string{r, r, r, r, r, s, s, s}; p.Calls != 0 || p.Invalid != 8 || !slices.Equal(problems, want) {
		t.Errorf("%+v", p)
	}
}

// TestPlaceholders: rows with placeholders or masked values are not sent, whether from
// the field or masked by this program.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	text, want := tableHead, []string(nil)
	for _, row := range []struct{ mark, name, id, problem string }{
		{"91110108551385082Q", "张三", "无", "placeholder"},
		{"91110108551385082Q", "张三", "/", "placeholder"},
		{"91110108551385082Q", "张三", "-", "placeholder"},
		{"91110108551385082Q", "张三", "-nan", "placeholder"},
		{"91110108551385082Q", "NULL", "11010519491231002X", "placeholder"},
		{`\N`, "张三", "11010519491231002X", "placeholder"},
		{"91110108551385082Q", "张*", "1***************2X", "masked"},
		{"91110108551385082Q", "张三", "1101****002X", "masked"},
		{"91110***", "张三", "11010519491231002X", "masked"},
		{"91110108551385082Q", "张三", "", "empty"},
	} {
		text += csvRow("北京虚构公司", row.mark, row.name, row.id)
		want = append(want, row.problem)
	}
	_, p := d.openPlanned(t, d.writeFile(t, "a.csv", text))
	var problems []string
	for _, f := range p.InvalidRows {
		problems = append(problems, f.Fault.Problem)
	}
	if p.Calls != 0 || !slices.Equal(problems, want) {
		t.Errorf("%d calls: %v", p.Calls, problems)
	}
}

// TestHeadings: repeated headers and totals within a table are not sent.
func TestHeadings(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	f := makeFactors(1)
	good := csvRow(f[:]...)
	_, p := d.openPlanned(t, d.writeFile(t, "a.csv", tableHead+csvRow("(全称)", "(18位)", "(姓名)", "(身份证)")+good+tableHead+csvRow("合计", "1", "1", "1")))
	if p.Rows != 4 || p.Calls != 1 || p.Invalid != 3 {
		t.Errorf("%+v", p)
	}
	for _, fault := range p.InvalidRows {
		want := detect.CorruptionHeader
		if fault.Row == 2 {
			want = detect.CorruptionInstruction
		}
		if fault.Fault.Problem != string(want) {
			t.Errorf("%+v", fault)
		}
	}
	titled := "2024年清单,,,\n申请方,信用代号,老板,老板证件\n" + strings.TrimPrefix(good, "1,")
	_, p = d.openPlanned(t, d.writeFile(t, "b.csv", titled), func(q *batch.Request) { q.Columns = "entname=A,entmark=B,realname=C,idcard=D" })
	if p.Calls != 1 || p.Invalid != 1 {
		t.Errorf("%+v", p)
	}
}

// TestColumnWithoutHeader: a column without a header can be mapped by its letter.
func TestColumnWithoutHeader(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	f := makeFactors(1)
	path := d.writeFile(t, "a.csv", "企业名称,统一社会信用代码,法定代表人\n"+strings.TrimPrefix(csvRow(f[:]...), "1,"))
	if _, p := d.openPlanned(t, path, func(q *batch.Request) { q.Columns = "idcard=D" }); p.Calls != 1 {
		t.Errorf("%+v", p)
	}
	if _, err := d.runner().Open(t.Context(), batch.Request{InputPath: path, HeaderRow: batch.DetectHeader, API: juhe.APIQuery, Columns: "idcard=E"}); err == nil {
		t.Error("there is no column E")
	}
}

// writeWorkbook writes an XLSX file from pairs of a sheet name and its sheetData.
func (d *fixture) writeWorkbook(t testing.TB, name string, sheets ...[2]string) string {
	t.Helper()
	path := filepath.Join(d.dir, name)
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(file)
	book, relations := "", ""
	add := func(name, text string) {
		out, err := w.Create(name)
		if err == nil {
			_, err = out.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range sheets {
		book += fmt.Sprintf(`<sheet name="%s" id="%d"/>`, s[0], i)
		relations += fmt.Sprintf(`<Relationship Id="%d" Type="/worksheet" Target="%d.xml"/>`, i, i)
		add(fmt.Sprintf("xl/%d.xml", i), "<worksheet><sheetData>"+s[1]+"</sheetData></worksheet>")
	}
	add("xl/workbook.xml", "<workbook><bookViews><workbookView/></bookViews><sheets>"+book+"</sheets></workbook>")
	add("xl/_rels/workbook.xml.rels", "<r>"+relations+"</r>")
	if err := errors.Join(w.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// xlsxCells returns a row of text cells; a text that starts with = becomes a number.
func xlsxCells(attrs string, texts ...string) string {
	row := "<row " + attrs + ">"
	for _, text := range texts {
		if number, found := strings.CutPrefix(text, "="); found {
			row += "<c><v>" + number + "</v></c>"
		} else {
			row += `<c t="inlineStr"><is><t>` + text + `</t></is></c>`
		}
	}
	return row + "</row>"
}

var xlsxHead = xlsxCells("", "企业名称", "统一社会信用代码", "姓名", "证件号码", "电话")

// TestCorruptedAgain: a corrupted number is refused again when an output becomes an input,
// and the other columns are unchanged.
func TestCorruptedAgain(t *testing.T) {
	t.Parallel()
	service := newService(alwaysAnswer("match"))
	d := newFixture(t, service)
	f := makeFactors(1)
	path := d.writeWorkbook(t, "a.xlsx", [2]string{"S", xlsxHead +
		xlsxCells("", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard], "=13800000000") +
		xlsxCells("", "公司2", "=10108000000123", "张三", f[juhe.Idcard], "=13800000000") +
		xlsxCells("", "公司3", f[juhe.Entmark], "张三", "=10105491231002", "=1.5") +
		xlsxCells("", "公司4", f[juhe.Entmark], "张三", "=440308199901101512") +
		xlsxCells("", "=360", f[juhe.Entmark], "=0", f[juhe.Idcard])})
	r, p := d.openPlanned(t, path, func(q *batch.Request) { q.OutputPath = filepath.Join(d.dir, "out.xlsx") })
	if p.Calls != 1 || p.Invalid != 4 {
		t.Fatalf("%+v", p)
	}
	s := assertRun(t, r, "match 1 sent 1")
	for _, rest := range []bool{true, false} {
		for _, ext := range []string{".csv", ".xlsx"} {
			out := filepath.Join(d.dir, fmt.Sprint("again", rest, ext))
			if _, err := d.runner().Export(t.Context(), s.Run.ID, out, rest); err != nil {
				t.Fatal(err)
			}
			run, p := d.openPlanned(t, out, func(q *batch.Request) { q.OutputPath = "" })
			if p.Invalid != 4 || p.Calls != 0 {
				t.Errorf("%s: %+v", out, p)
			}
			last := run.Header().Sample[len(run.Header().Sample)-3]
			if last[4] != "13800000000" && last[4] != "1.5" {
				t.Errorf("%s: %q", out, last)
			}
		}
	}
	if service.requests() != 1 {
		t.Errorf("%d requests", service.requests())
	}
}

// TestHiddenRows: hidden rows are sent, and the plan counts them.
func TestHiddenRows(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	data := xlsxHead
	for i := range 5 {
		f, hidden := makeFactors(i), ""
		if i%2 == 1 {
			hidden = `hidden="1"`
		}
		data += xlsxCells(hidden, f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard])
	}
	if _, p := d.openPlanned(t, d.writeWorkbook(t, "a.xlsx", [2]string{"S", data + xlsxCells(`hidden="1"`, "公司", "", "张三", "1")})); p.Calls != 5 || p.Hidden != 2 || p.Invalid != 1 {
		t.Errorf("%+v", p)
	}
}

// TestWhichSheet: a run names the other sheets, an error the sheet that was read.
func TestWhichSheet(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	f := makeFactors(1)
	data := xlsxHead + xlsxCells("", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard])
	path := d.writeWorkbook(t, "a.xlsx", [2]string{"2024", data}, [2]string{"空", ""}, [2]string{"2023", data})
	r, _ := d.openPlanned(t, path)
	if r.Record().Sheet != "2024" || !slices.Equal(r.OtherSheets(), []string{"2023"}) {
		t.Error(r.Record().Sheet, r.OtherSheets())
	}
	if r, _ = d.openPlanned(t, path, func(q *batch.Request) { q.Sheet = "2023" }); r.OtherSheets() != nil {
		t.Error(r.OtherSheets())
	}
	for problem, data := range map[batch.Problem]string{
		batch.ProblemNoRow: xlsxHead, batch.ProblemColumns: xlsxCells("", "说明") + xlsxCells("", "x"),
		batch.ProblemAmbiguous: xlsxCells("", "企业名称", "信用代码", "姓名", "法人", "证件号码") + xlsxCells("", "x"),
	} {
		r, err := d.runner().Open(t.Context(), batch.Request{InputPath: d.writeWorkbook(t, string(problem)+".xlsx", [2]string{"封面", data}), HeaderRow: batch.DetectHeader, API: juhe.APIQuery})
		if r != nil {
			r.Close()
		}
		var known *batch.Error
		if !errors.As(err, &known) || known.Problem != problem || known.Sheet != "封面" {
			t.Errorf("%v, want %s", err, problem)
		}
	}
}

// TestCheckSize: an output that cannot be written is refused before anything is sent.
func TestCheckSize(t *testing.T) {
	t.Parallel()
	service := newService(alwaysAnswer("match"))
	d := newFixture(t, service)
	f := makeFactors(1)
	row := strings.TrimSuffix(csvRow(f[:]...), "\r\n")
	wide := func(columns int) string {
		return strings.TrimSuffix(tableHead, "\r\n") + strings.Repeat(",x", columns-5) + "\r\n" + row + "\r\n"
	}
	fits := table.MaxColumns - len(batch.ResultColumns())
	for _, test := range []struct {
		name, text string
		want       batch.Problem
	}{
		{"out.csv", wide(fits), ""},
		{"out.xlsx", wide(fits), ""},
		{"out.csv", wide(fits + 1), batch.ProblemTooWide},
		{"out.xlsx", wide(fits + 1), batch.ProblemTooWide},
		{"out.csv", tableHead + row + strings.Repeat(",", fits-4) + "\r\n", batch.ProblemTooWide},
		{"out.xlsx", tableHead + row + "\r\n" + strings.Repeat("1\n", table.MaxRows-2), ""},
		{"out.xlsx", tableHead + row + "\r\n" + strings.Repeat("1\n", table.MaxRows-1), batch.ProblemTooLong},
	} {
		r, err := d.runner().Open(t.Context(), batch.Request{
			InputPath: d.writeFile(t, "a.csv", test.text), HeaderRow: batch.DetectHeader, API: juhe.APIQuery, OutputPath: filepath.Join(d.dir, test.name),
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = r.Plan(t.Context())
		r.Close()
		var known *batch.Error
		if test.want == "" && err != nil || test.want != "" && (!errors.As(err, &known) || known.Problem != test.want) {
			t.Errorf("%s, %d bytes: %v, want %q", test.name, len(test.text), err, test.want)
		}
	}
}
