package batch_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/table"
)

// fieldFile returns the path of a real-world table, see testdata/field.
func (d *fixture) fieldFile(t testing.TB, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "field", name))
	if err != nil {
		t.Fatal(err)
	}
	return d.writeFile(t, name, string(content))
}

// problemCells returns the invalid rows of a plan as "row column problem".
func problemCells(p batch.Plan) (all []string) {
	for _, f := range p.InvalidRows {
		all = append(all, fmt.Sprintf("%d %s %s", f.Row, table.ColumnName(f.Fault.Column), f.Fault.Problem))
	}
	return all
}

// readTexts returns the first columns of a table.
func readTexts(t testing.TB, path string, columns int) (all [][]string) {
	t.Helper()
	in, err := table.Open(t.Context(), path, "", detect.CountFactors)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for row, err := range in.Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, slices.Clone(row.Texts()[:columns]))
	}
	return all
}

// TestLeftover: a v element next to an inline string is neither read nor written.
func TestLeftover(t *testing.T) {
	t.Parallel()
	var sent atomic.Int32
	d := newFixture(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.FormValue("idcard")) != 18 {
			t.Error(r.FormValue("idcard"))
		}
		sent.Add(1)
		writeAnswer(w, "match")
	}))
	out := filepath.Join(d.dir, "out.xlsx")
	r, _ := d.openPlanned(t, d.fieldFile(t, "i_v_and_is.xlsx"), func(q *batch.Request) { q.OutputPath = out })
	assertRun(t, r, "match 4 sent 4")
	if all := readTexts(t, out, 4); sent.Load() != 4 || all[1][3] != "11010519491231002X" || all[2][3] != "360426199101010071" {
		t.Errorf("%q", all)
	}
}

// TestFormulasWithoutResult: a formula without a stored result is reported as such.
func TestFormulasWithoutResult(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	_, p := d.openPlanned(t, d.fieldFile(t, "formula_nocache.xlsx"))
	if want := []string{"2 D formula", "3 D formula", "4 D formula", "5 D formula"}; p.Calls != 0 || !slices.Equal(problemCells(p), want) {
		t.Errorf("%q", problemCells(p))
	}
	f := makeFactors(1)
	data := xlsxHead + strings.Replace(xlsxCells("", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard], "=5"), "<v>5", "<f>A9</f><v>5", 1)
	data = strings.ReplaceAll(data, `<c t="inlineStr"><is><t>`+f[juhe.Idcard]+`</t></is></c>`, `<c t="str"><f>A9</f><v>`+f[juhe.Idcard]+`</v></c>`)
	data += strings.Replace(xlsxCells("", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], "=0"), "<v>0", "<f>A9</f><v>0", 1)
	_, p = d.openPlanned(t, d.writeWorkbook(t, "b.xlsx", [2]string{"S", data}))
	if want := []string{"3 D formula"}; p.Calls != 1 || p.Formulas != 1 || !slices.Equal(problemCells(p), want) {
		t.Errorf("%+v", p)
	}
}

// TestMergedCompany: a merged company counts for every row that it spans, a merged
// person only for the first.
func TestMergedCompany(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	path := d.fieldFile(t, "merged_rows.xlsx")
	r, p := d.openPlanned(t, path, func(q *batch.Request) { q.OutputPath = filepath.Join(d.dir, "out.xlsx") })
	if p.Rows != 4 || p.Calls != 4 || p.Invalid != 0 || p.Merged != 2 {
		t.Fatalf("%+v", p)
	}
	r.Close()

	f, g := makeFactors(1), makeFactors(2)
	data := func(merges ...string) string {
		rows := xlsxHead + xlsxCells("", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]) + xlsxCells("", "", "", g[juhe.Realname], "") + xlsxCells("", "", "", "", "", "备注") + xlsxCells("", "", "", "李四", g[juhe.Idcard])
		text := "</sheetData><mergeCells>"
		for _, ref := range merges {
			text += `<mergeCell ref="` + ref + `"/>`
		}
		return rows + text + "</mergeCells><sheetData>"
	}
	for _, test := range []struct {
		merges []string
		calls  int
		want   []string
	}{
		{[]string{"A2:A5", "B2:B5"}, 2, []string{"3 D empty", "4 C empty"}},
		{[]string{"A2:A5", "B2:B5", "C2:C4", "D2:D4"}, 2, []string{"3 C merged", "4 C merged"}},
		{[]string{"A2:A5", "B2:B5", "D2:D3"}, 1, []string{"2 D merged", "3 D merged", "4 C empty"}},
		{[]string{"A2:A5", "B2:B5", "C4:C5"}, 1, []string{"3 D empty", "4 C merged", "5 C merged"}},
		{[]string{"A1:A5", "B2:B5"}, 1, []string{"3 A empty", "4 A empty", "5 A empty"}},
		{nil, 1, []string{"3 A empty", "4 A empty", "5 A empty"}},
	} {
		_, p := d.openPlanned(t, d.writeWorkbook(t, "b.xlsx", [2]string{"S", data(test.merges...)}), func(q *batch.Request) { q.OutputPath = "" })
		if p.Calls != test.calls || !slices.Equal(problemCells(p), test.want) {
			t.Errorf("%v: %d calls, %q, want %q", test.merges, p.Calls, problemCells(p), test.want)
		}
	}
}

// TestUnderMerged: a hidden text under a merged cell is sent only if it is the same.
func TestUnderMerged(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	f, g := makeFactors(1), makeFactors(2)
	for under, want := range map[string]string{"": "", f[juhe.Entname]: "", g[juhe.Entname]: "3 A merged"} {
		_, p := d.openPlanned(t, d.writeWorkbook(t, "a.xlsx", [2]string{"S", xlsxHead + xlsxCells("", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]) +
			xlsxCells("", under, f[juhe.Entmark], g[juhe.Realname], g[juhe.Idcard]) + `</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells><sheetData>`}), func(q *batch.Request) { q.OutputPath = "" })
		if got := strings.Join(problemCells(p), ";"); got != want {
			t.Errorf("%q: %q, want %q", under, got, want)
		}
	}
}

// TestMergedOutput: rows of a merged cell without a verdict can be run again from an
// export.
func TestMergedOutput(t *testing.T) {
	t.Parallel()
	service := newService(alwaysAnswer("253503"))
	d := newFixture(t, service)
	f, g := makeFactors(1), makeFactors(2)
	path := d.writeWorkbook(t, "a.xlsx", [2]string{"S", xlsxHead + xlsxCells("", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]) + xlsxCells("", "", "", g[juhe.Realname], g[juhe.Idcard]) +
		`</sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/></mergeCells><sheetData>`})
	r, p := d.openPlanned(t, path)
	if p.Calls != 2 {
		t.Fatalf("%+v", p)
	}
	s, err := r.Execute(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, ext := range []string{".csv", ".xlsx"} {
		out := filepath.Join(d.dir, "rest"+ext)
		if _, err := d.runner().Export(t.Context(), s.Run.ID, out, true); err != nil {
			t.Fatal(err)
		}
		all := readTexts(t, out, 4)
		if len(all) != 3 || all[2][0] != f[juhe.Entname] || all[2][1] != f[juhe.Entmark] || all[2][2] != g[juhe.Realname] {
			t.Errorf("%q", all)
		}
	}
}

// TestExactNumbers: a number with all its digits is valid, and so is a text that ends
// in 000 with the right check digit.
func TestExactNumbers(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	f := makeFactors(1)
	row := func(entmark, idcard string) string {
		return xlsxCells("", f[juhe.Entname], entmark, f[juhe.Realname], idcard)
	}
	for _, test := range []struct{ entmark, idcard, want string }{
		{f[juhe.Entmark], "=110105491231002", ""},
		{f[juhe.Entmark], "=1.10105491231002E+14", ""},
		{f[juhe.Entmark], "=110105194912310021", "2 D number"},
		{f[juhe.Entmark], "=1101054912310020", "2 D number"},
		{f[juhe.Entmark], "=1.10105194912310E+17", "2 D number"},
		{f[juhe.Entmark], "=10105491231002", "2 D number"},
		{f[juhe.Entmark], "=110101199001031000", "2 D number"},
		{f[juhe.Entmark], "110101199001031000", ""},
		{f[juhe.Entmark], "110101199001032000", "2 D rounded"},
		{f[juhe.Entmark], "911101080000190000", "2 D rounded"},
		{f[juhe.Entmark], "1.10105E+17", "2 D scientific"},
		{"=110108000001231", f[juhe.Idcard], ""},
		{"=1101081234567", f[juhe.Idcard], ""},
		{"=10801234", f[juhe.Idcard], "2 B number"},
		{"911101080000190000", f[juhe.Idcard], ""},
		{"911101080000191000", f[juhe.Idcard], "2 B rounded"},
		{"=911101080000190000", f[juhe.Idcard], "2 B number"},
	} {
		r, p := d.openPlanned(t, d.writeWorkbook(t, "a.xlsx", [2]string{"S", xlsxHead + row(test.entmark, test.idcard)}), func(q *batch.Request) { q.OutputPath = "" })
		if got := strings.Join(problemCells(p), ";"); got != test.want || p.Calls != 1-p.Invalid {
			t.Errorf("%s, %s: %q, want %q", test.entmark, test.idcard, got, test.want)
		}
		r.Close()
	}
}

// TestExactNumbersOut: exact numbers stay valid when an output becomes an input.
func TestExactNumbersOut(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("253503")))
	f := makeFactors(1)
	path := d.writeWorkbook(t, "a.xlsx", [2]string{"S", xlsxHead + xlsxCells("", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], "=1.10105491231002E+14", "=1.5E+14")})
	r, _ := d.openPlanned(t, path)
	s, err := r.Execute(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, ext := range []string{".csv", ".xlsx"} {
		out := filepath.Join(d.dir, "rest"+ext)
		if _, err := d.runner().Export(t.Context(), s.Run.ID, out, true); err != nil {
			t.Fatal(err)
		}
		if all := readTexts(t, out, 5); all[1][3] != "110105491231002" || all[1][4] != "1.5E+14" {
			t.Errorf("%q", all)
		}
		if _, p := d.openPlanned(t, out, func(q *batch.Request) { q.OutputPath = "" }); p.Invalid != 0 {
			t.Errorf("%s: %+v", ext, p)
		}
	}
}

// TestShifted: a row with more cells than the header is not sent, also when an output
// becomes an input.
func TestShifted(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	r, p := d.openPlanned(t, d.fieldFile(t, "shift2.csv"), func(q *batch.Request) { q.OutputPath = "" })
	r.Close()
	if p.Calls != 1 || !slices.Equal(problemCells(p), []string{"3 F excess"}) || p.InvalidRows[0].Fault.ExtraCells != 1 {
		t.Errorf("%+v", p)
	}
	f := makeFactors(1)
	good := strings.TrimSuffix(csvRow(f[:]...), "\r\n")
	head := strings.TrimSuffix(tableHead, "\r\n")
	for name, test := range map[string]struct{ text, want string }{
		"empty at the end":          {head + "\n" + good + ",,,\n", ""},
		"one more":                  {head + "\n" + good + ",x\n", "2 F excess"},
		"every line ends with one":  {head + ",\n1," + good + ",\n", "2 F excess"},
		"a column without a head":   {head + ",\n" + good + ",x\n", ""},
		"a column with one, shifts": {head + ",备注\n" + good + ",,x\n", "2 G excess"},
		"fewer":                     {head + ",备注,其他\n" + good + "\n", ""},
		"fewer, another separator":  {head + ",电话\n" + strings.Replace(good, f[juhe.Entname]+",", f[juhe.Entname]+"，", 1) + ",138\n", "2 E short"},
		"no header":                 {good + "\n" + good + ",x\n" + strings.Replace(good, "1,", "2,", 1) + "\n", "2 F excess"},
		"quoted":                    {head + "\n" + strings.Replace(good, f[juhe.Entname], `"`+f[juhe.Entname]+`,"`, 1) + "\n", ""},
		"a title":                   {"清单\n" + good + ",x\n" + strings.Replace(good, "1,", "2,", 1) + ",x\n", ""},
	} {
		_, p := d.openPlanned(t, d.writeFile(t, "a.csv", test.text), func(q *batch.Request) {
			q.OutputPath = ""
			if name == "no header" || name == "a title" {
				q.HeaderRow, q.Columns = strings.Count(name, "title"), "entname=B,entmark=C,realname=D,idcard=E"
			}
		})
		if got := strings.Join(problemCells(p), ";"); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestRefusedAgain: a row with an unclear assignment of cells is refused again when an
// output becomes an input.
func TestRefusedAgain(t *testing.T) {
	t.Parallel()
	f, g := makeFactors(1), makeFactors(2)
	for name, file := range map[string]func(d *fixture) string{
		"a row with more cells": func(d *fixture) string {
			return d.writeFile(t, "a.csv", tableHead+csvRow(f[:]...)+strings.TrimSuffix(csvRow(g[:]...), "\r\n")+",x\r\n")
		},
		"a number over two names": func(d *fixture) string {
			return d.writeWorkbook(t, "a.xlsx", [2]string{"S", xlsxHead + xlsxCells("", f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]) + xlsxCells("", g[juhe.Entname], g[juhe.Entmark], g[juhe.Realname], g[juhe.Idcard]) +
				xlsxCells("", g[juhe.Entname], g[juhe.Entmark], "李四", "") + `</sheetData><mergeCells><mergeCell ref="D3:D4"/></mergeCells><sheetData>`})
		},
	} {
		d := newFixture(t, newService(alwaysAnswer("253503")))
		r, p := d.openPlanned(t, file(d))
		s, err := r.Execute(t.Context())
		if err != nil || p.Calls != 1 {
			t.Fatalf("%s: %q, %v", name, problemCells(p), err)
		}
		for _, ext := range []string{".csv", ".xlsx"} {
			out := filepath.Join(d.dir, "rest"+ext)
			if _, err := d.runner().Export(t.Context(), s.Run.ID, out, true); err != nil {
				t.Fatal(err)
			}
			if _, again := d.openPlanned(t, out, func(q *batch.Request) { q.OutputPath = "" }); again.Rows != p.Rows || again.Invalid != p.Invalid {
				t.Errorf("%s: %q", out, problemCells(again))
			}
		}
	}
}

// TestFieldLines: delimited tables from the field.
func TestFieldLines(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	for _, name := range []string{"fullwidth_comma.csv", "nul_tail.csv"} {
		if r, p := d.openPlanned(t, d.fieldFile(t, name), func(q *batch.Request) { q.OutputPath = "" }); p.Rows != 3 || p.Calls != 3 || r.Record().Columns != [juhe.NumFactors]int{0, 1, 2, 3} {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// TestFieldTables: an HTML table named .xls is read, and unreadable formats are named.
func TestFieldTables(t *testing.T) {
	t.Parallel()
	d := newFixture(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { writeAnswer(w, "match") }))
	for _, ext := range []string{".xlsx", ".csv"} {
		out := filepath.Join(d.dir, "out"+ext)
		r, p := d.openPlanned(t, d.fieldFile(t, "html.xls"), func(q *batch.Request) { q.OutputPath = out })
		if p.Rows != 3 || p.Invalid != 0 || r.Record().Columns != [juhe.NumFactors]int{0, 1, 2, 3} {
			t.Fatalf("%+v", p)
		}
		if _, err := r.Execute(t.Context()); err != nil {
			t.Fatal(err)
		}
		if all := readTexts(t, out, 5); len(all) != 4 || all[3][2] != "欧阳小红" || all[1][3] != "11010519491231002X" || all[1][4] != "match" {
			t.Errorf("%q", all)
		}
	}
	for name, want := range map[string]table.ReadProblem{"xlwt.xls": table.ProblemOldExcel, "csv.zip": table.ProblemArchive} {
		_, err := d.runner().Open(t.Context(), batch.Request{InputPath: d.fieldFile(t, name), HeaderRow: batch.DetectHeader, API: juhe.APIQuery})
		var known *table.ReadError
		if !errors.As(err, &known) || known.Problem != want || want == table.ProblemArchive && known.Detail != "zip: 名单.csv" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestShiftedHTML: an HTML row with more cells than the header is not sent.
func TestShiftedHTML(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	f := makeFactors(1)
	row := "<td>" + strings.Join(f[:], "<td>")
	head := "<tr><th>企业名称<th>统一社会信用代码<th>姓名<th>证件号码"
	for page, want := range map[string]string{
		head + "<tr>" + row:                    "",
		head + "<tr><td>1" + row:               "2 E excess",
		head + "<tr>" + row + "<td> <td>":      "",
		head + "<th><tr>" + row + "<td>edit":   "",
		head + "<tr><td colspan=2>1" + row[4:]: "2 E excess",
	} {
		if _, p := d.openPlanned(t, d.writeFile(t, "a.xls", "<table>"+page+"</table>"), func(q *batch.Request) { q.OutputPath = "" }); strings.Join(problemCells(p), ";") != want {
			t.Errorf("%s: %q, want %q", page, problemCells(p), want)
		}
	}
}

// TestMergedHTML: cells that span HTML rows count like merged cells.
func TestMergedHTML(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	f, g := makeFactors(1), makeFactors(2)
	page := "<table><tr><th>企业名称<th>统一社会信用代码<th>姓名<th>证件号码</tr>" +
		"<tr><td rowspan=3>" + f[juhe.Entname] + "<td rowspan=3>" + f[juhe.Entmark] + "<td>" + f[juhe.Realname] + "<td>" + f[juhe.Idcard] + "</tr>" +
		"<tr><td>李四<td rowspan=2>" + g[juhe.Idcard] + "</tr><tr><td>王五</tr></table>"
	if _, p := d.openPlanned(t, d.writeFile(t, "a.xls", page)); p.Calls != 1 || !slices.Equal(problemCells(p), []string{"3 D merged", "4 D merged"}) || p.Merged != 2 {
		t.Errorf("%+v", p)
	}
}
