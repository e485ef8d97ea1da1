package table_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"fourfactor/juhe/detect"
	"fourfactor/juhe/table"
)

// saveExcelize writes a workbook with excelize.
func saveExcelize(t testing.TB, fill func(book *excelize.File) error, options ...excelize.Options) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	if err := fill(book); err != nil {
		t.Fatal(err)
	}
	path := writeFile(t, "a.xlsx", nil)
	if err := book.SaveAs(path, options...); err != nil {
		t.Fatal(err)
	}
	return path
}

// kindsAndTexts returns the cells of a row as "kind:text".
func kindsAndTexts(row table.Row) (all []string) {
	for _, c := range row.Cells {
		all = append(all, fmt.Sprintf("%d:%s", c.Kind, c.Text))
	}
	return all
}

func TestKinds(t *testing.T) {
	t.Parallel()
	path := saveExcelize(t, func(book *excelize.File) error {
		day, err := book.NewStyle(&excelize.Style{NumFmt: 14})
		own := `yyyy"年"m"月"d"日"`
		chinese, err2 := book.NewStyle(&excelize.Style{CustomNumFmt: &own})
		money := `[Red]"sum"#,##0.00\d`
		amount, err3 := book.NewStyle(&excelize.Style{CustomNumFmt: &money})
		return errors.Join(err, err2, err3,
			book.SetCellStr("Sheet1", "A1", "11010519491231002X"),
			book.SetCellStr("Sheet1", "B1", "110105194912310021"),
			book.SetCellInt("Sheet1", "C1", 110105194912310021),
			book.SetCellValue("Sheet1", "D1", 1.10105194912310021e17),
			book.SetCellBool("Sheet1", "E1", true),
			book.SetCellValue("Sheet1", "F1", time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)),
			book.SetCellValue("Sheet1", "A3", 46024), book.SetCellStyle("Sheet1", "A3", "A3", day),
			book.SetCellValue("Sheet1", "B3", 46024.5), book.SetCellStyle("Sheet1", "B3", "B3", chinese),
			book.SetCellValue("Sheet1", "C3", 46024.5), book.SetCellStyle("Sheet1", "C3", "C3", amount),
			book.SetCellStyle("Sheet1", "E3", "Z3", day),
			book.SetCellRichText("Sheet1", "D3", []excelize.RichTextRun{{Text: "张"}, {Text: " 三", Font: &excelize.Font{Bold: true}}}),
			book.SetCellStyle("Sheet1", "A4", "Z9", day),
			book.SetCellStr("Sheet1", "B12", "_x00\n<&>\"  "),
		)
	})
	in := openInput(t, path, "")
	all, err := readRows(in)
	if err != nil || len(all) != 3 {
		t.Fatalf("got %v, %v, want 3 rows", all, err)
	}
	assertEqual(t, "number of the second row", all[1].Number, 3)
	assertEqual(t, "number of the third row", all[2].Number, 12)
	for i, want := range [][]string{
		{"0:11010519491231002X", "0:110105194912310021", "1:110105194912310021", "1:110105194912310000", "3:TRUE", "2:2026-01-02 03:04:05"},
		{"2:2026-01-02", "2:2026-01-02 12:00:00", "1:46024.5", "0:张 三"},
		{"0:", "0:_x00\n<&>\"  "},
	} {
		if got := kindsAndTexts(all[i]); !slices.Equal(got, want) {
			t.Errorf("row %d: %q, want %q", all[i].Number, got, want)
		}
	}
	assertEqual(t, "encoding", in.Encoding(), "")
	if got, limit := all[2].Offset, in.Size(); got == 0 || got > limit {
		t.Errorf("offset: got %d, want 1 to %d", got, limit)
	}
}

func TestSheets(t *testing.T) {
	t.Parallel()
	path := saveExcelize(t, func(book *excelize.File) error {
		for _, name := range []string{"空", "名单", "2"} {
			if _, err := book.NewSheet(name); err != nil {
				return err
			}
		}
		return errors.Join(
			book.SetCellStr("Sheet1", "A1", "hidden"), book.SetCellStr("名单", "A1", "list"), book.SetCellStr("2", "A1", "two"),
			hideSheet(book, "Sheet1"), book.SetCellStr("空", "B2", " "),
		)
	})
	for of, want := range map[string][2]string{
		"": {"名单", "list"}, "名单": {"名单", "list"}, "3": {"名单", "list"}, "1": {"Sheet1", "hidden"}, "sheet1": {"Sheet1", "hidden"}, "2": {"2", "two"},
	} {
		in := openInput(t, path, of)
		if got := readLines(t, in); in.Sheet() != want[0] || !slices.Equal(got, []string{"1:" + want[1]}) {
			t.Errorf("%q: %s, %q", of, in.Sheet(), got)
		}
		if !slices.Equal(in.Sheets(), []string{"Sheet1", "空", "名单", "2"}) {
			t.Error(in.Sheets())
		}
	}
	for of, want := range map[string]table.ReadProblem{"5": "sheet", "0": "sheet", "名": "sheet", "空": "empty"} {
		if got := readError(t, path, of); got.Problem != want || want == "sheet" && got.Detail != "Sheet1, 空, 名单, 2" {
			t.Errorf("%q: %+v", of, got)
		}
	}
	in := openInput(t, saveExcelize(t, func(book *excelize.File) error {
		_, err := book.NewSheet("b")
		return errors.Join(err, book.SetCellStr("Sheet1", "A1", "hidden"), hideSheet(book, "Sheet1"))
	}), "")
	if in.Sheet() != "Sheet1" {
		t.Errorf("no visible sheet has any text: %s", in.Sheet())
	}
}

// TestDetectedSheet: the active sheet, the one with a header, or the first.
func TestDetectedSheet(t *testing.T) {
	t.Parallel()
	head := `<row><c t="inlineStr"><is><t>企业名称</t></is></c><c t="inlineStr"><is><t>企业标识</t></is></c><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>证件号码</t></is></c></row>`
	text := `<row><c t="inlineStr"><is><t>x</t></is></c></row>`
	doubt := strings.Replace(head, "</row>", `<c t="inlineStr"><is><t>负责人</t></is></c></row>`, 1) + text
	head += text
	for name, test := range map[string]struct {
		view   string
		sheets []string // a, b, …: the data, hidden if it begins with -
		want   string
		others []string
	}{
		"active":            {`<workbookView activeTab="1"/>`, []string{text, text, text}, "b", []string{"a", "c"}},
		"active by default": {`<workbookView/>`, []string{text, text}, "a", []string{"b"}},
		"active, a cover":   {`<workbookView/>`, []string{text, head}, "b", []string{"a"}},
		"active, of two":    {`<workbookView activeTab="1"/>`, []string{head, head}, "b", []string{"a"}},
		"active, in doubt":  {`<workbookView/>`, []string{doubt, head}, "a", []string{"b"}},
		"nothing below":     {`<workbookView/>`, []string{text, strings.TrimSuffix(head, text)}, "a", []string{"b"}},
		"active, empty":     {`<workbookView activeTab="1"/>`, []string{text, "", head}, "c", []string{"a"}},
		"active, hidden":    {`<workbookView activeTab="0"/>`, []string{"-" + text, text}, "b", nil},
		"active, nowhere":   {`<workbookView activeTab="9"/>`, []string{text, head}, "b", []string{"a"}},
		"table hidden":      {"", []string{text, "-" + head}, "b", []string{"a"}},
		"all hidden":        {"", []string{"", "-" + head}, "b", nil},
		"two hidden":        {"", []string{text, "-" + head, "-" + head}, "a", nil},
		"hidden, in doubt":  {"", []string{strings.Replace(head, "姓名", "x", 1), "-" + head}, "a", nil},
		"no view":           {"", []string{"", text, head, text}, "c", []string{"b", "d"}},
		"no head":           {"", []string{"", text, text}, "b", []string{"c"}},
	} {
		book, relations, parts := "", "", []zipPart{}
		for i, data := range test.sheets {
			id, state := string(rune('a'+i)), ""
			if data, hidden := strings.CutPrefix(data, "-"); hidden {
				state, test.sheets[i] = ` state="hidden"`, data
			}
			book += `<sheet name="` + id + `" id="` + id + `"` + state + `/>`
			relations += `<Relationship Id="` + id + `" Type="/worksheet" Target="` + id + `.xml"/>`
			parts = append(parts, zipPart{"xl/" + id + ".xml", "<sheetData>" + test.sheets[i] + "</sheetData>"})
		}
		parts = append(parts, zipPart{"xl/workbook.xml", "<workbook><bookViews>" + test.view + "</bookViews><sheets>" + book + "</sheets></workbook>"},
			zipPart{"xl/_rels/workbook.xml.rels", "<r>" + relations + "</r>"})
		in := openInput(t, writeFile(t, "a.xlsx", zipArchive(t, parts...)), "")
		if others := in.OtherSheets(t.Context()); in.Sheet() != test.want || !slices.Equal(others, test.others) {
			t.Errorf("%s: %s, others %q", name, in.Sheet(), others)
		}
	}
}

func TestHiddenRows(t *testing.T) {
	t.Parallel()
	cell := `<c t="inlineStr"><is><t>x</t></is></c>`
	all, err := readRows(openInput(t, writeFile(t, "a.xlsx", foreignWorkbook(t, `<sheetData><row>`+cell+`</row><row hidden="1">`+cell+`</row><row hidden="true">`+cell+`</row><row hidden="0">`+cell+`</row><row>`+cell+`</row></sheetData>`)), ""))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, true, true, false, false} {
		if all[i].Hidden != want {
			t.Errorf("row %d: %v", i+1, all[i].Hidden)
		}
	}
}

// hideSheet hides a sheet. excelize does not hide the active one.
func hideSheet(book *excelize.File, name string) error {
	book.SetActiveSheet(1)
	return book.SetSheetVisible(name, false)
}

// TestExcelizeReadsTheSame: excelize reads the same texts.
func TestExcelizeReadsTheSame(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{
		"ours": writeFile(t, "a.xlsx", writeTable(t, table.XLSX, hostileTexts(), []table.Cell{table.Number(-24), {}, table.Text("x")})),
		"set": saveExcelize(t, func(book *excelize.File) error {
			for i, text := range hostileTexts() {
				ref := fmt.Sprintf("A%d", 2*i+1)
				if err := errors.Join(book.SetCellStr("Sheet1", ref, text), book.SetCellInt("Sheet1", "C"+ref[1:], int64(i)), book.SetCellFloat("Sheet1", "AB"+ref[1:], 1.5, -1, 64)); err != nil {
					return err
				}
			}
			return nil
		}),
		"stream": saveExcelize(t, func(book *excelize.File) error {
			w, err := book.NewStreamWriter("Sheet1")
			if err != nil {
				return err
			}
			for i, text := range hostileTexts() {
				if err := w.SetRow(fmt.Sprintf("B%d", i+1), []any{text, nil, i, excelize.Cell{Formula: "1+1", Value: 2}}); err != nil {
					return err
				}
			}
			return w.Flush()
		}),
	} {
		book, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		want, err := book.GetRows(book.GetSheetName(0))
		if err := errors.Join(err, book.Close()); err != nil {
			t.Fatal(err)
		}
		all, err := readRows(openInput(t, path, ""))
		if err != nil || len(all) == 0 {
			t.Fatal(err)
		}
		for _, row := range all {
			if got := row.Texts(); !slices.Equal(got, want[row.Number-1]) {
				t.Errorf("%s, row %d: %q, want %q", name, row.Number, got, want[row.Number-1])
			}
		}
	}
}

func TestFormulas(t *testing.T) {
	t.Parallel()
	in := openInput(t, saveExcelize(t, func(book *excelize.File) error {
		return errors.Join(
			book.SetCellStr("Sheet1", "A1", "x"), book.SetCellValue("Sheet1", "A2", 7), book.SetCellFormula("Sheet1", "A2", "3+4"),
			book.SetCellDefault("Sheet1", "B2", "7"), book.SetCellFormula("Sheet1", "B2", "3+4"),
		)
	}), "")
	if all, err := readRows(in); err != nil || !slices.Equal(all[1].Texts(), []string{"7", "7"}) {
		t.Errorf("%v, %v", all, err)
	}
}

type zipPart struct{ name, text string }

// zipArchive returns an archive of parts.
func zipArchive(t testing.TB, parts ...zipPart) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		out, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const strictNamespace = "http://purl.oclc.org/ooxml/officeDocument/relationships"

// foreignWorkbook returns a workbook with the habits of other programs: the
// strict name space with a prefix, absolute targets, capitals and backslashes.
func foreignWorkbook(t testing.TB, data string, more ...zipPart) []byte {
	t.Helper()
	return zipArchive(t, append([]zipPart{
		{`_rels/.rels`, `<Relationships><Relationship Id="a" Type="` + strictNamespace + `/officeDocument" Target="/xl/Workbook.xml"/></Relationships>`},
		{`xl\workbook.xml`, `<x:workbook xmlns:x="urn:x" xmlns:r="` + strictNamespace + `"><x:workbookPr date1904="true"/><x:sheets><x:sheet name="a&amp;b" sheetId="9" r:id="s1"/></x:sheets></x:workbook>`},
		{`xl/_rels/workbook.xml.rels`, `<Relationships><Relationship Id="s1" Type="` + strictNamespace + `/worksheet" Target="/xl/Worksheets/Sheet1.XML"/>` +
			`<Relationship Id="s2" Type="` + strictNamespace + `/sharedStrings" Target="sharedstrings.xml"/><Relationship Id="s3" Type="` + strictNamespace + `/styles" Target="../xl/styles.xml"/></Relationships>`},
		{`xl/worksheets/sheet1.xml`, data},
	}, more...)...)
}

func TestForeignWorkbook(t *testing.T) {
	t.Parallel()
	data := "\ufeff<?xml version='1.0'?><!-- <c> > --><x:worksheet xmlns:x='urn:x' note='a>b'><x:sheetData>\r\n" +
		`<x:row><x:c><x:f>2+3</x:f><x:v> 5 </x:v></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c r="D1" t="s"><x:f>A1</x:f><x:v>1</x:v></x:c></x:row>` +
		`<x:row r="4"><x:c r="B4" t="e"><x:v>#N/A</x:v></x:c><x:c t='b'><x:v>0</x:v></x:c><x:c t="str"><x:f>"&lt;"</x:f><x:v>&#x5f20;&#19977;&lt;&gt;&quot;&apos;` + "\r" + `` + "\n" + `_` + "\r" + `_x0041__x005F_x0041_</x:v></x:c></x:row>` +
		`<x:row><x:c s="1"><x:v>1.5</x:v></x:c><x:c s="1"><x:v>0.5</x:v></x:c><x:c s="2"><x:v>1</x:v></x:c><x:c t="d"><x:v>2026-01-02T00:00:00Z</x:v></x:c><x:c t="d"><x:v>2026-01-02T03:04:05.6</x:v></x:c><x:c t="d"><x:v>soon</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c t="s"/><x:c t="b"><x:v>?</x:v></x:c><x:c s="3"><x:v>2</x:v></x:c><x:c s="99"><x:v>2</x:v></x:c></x:row>` +
		`<x:row/><x:row r="9"><x:c r="C9" s="1"/><x:c r="A9" t="inlineStr"><x:is><x:r><x:rPr><x:b/></x:rPr><x:t xml:space="preserve"> a</x:t></x:r><x:r><x:t><![CDATA[<b&]]>c</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c></x:row>` +
		`</x:sheetData><x:extLst>t</x:extLst></x:worksheet>`
	strings := zipPart{`xl/SharedStrings.xml`, `<sst xmlns="x" uniqueCount="2"><si><t>一</t><phoneticPr/></si><si><r><t xml:space="preserve">二 </t></r><rPh sb="0"><t>er</t></rPh><r><t>三_xD842__xDFB7_&#10;</t></r></si></sst>`}
	styles := zipPart{`xl/styles.xml`, `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>`}
	for name, text := range map[string]string{
		"UTF-8":  data,
		"UTF-16": string(encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), data[len("\ufeff"):])),
	} {
		in := openInput(t, writeFile(t, "a.csv", foreignWorkbook(t, text, strings, styles)), "")
		all, err := readRows(in)
		if err != nil || len(all) != 4 || in.Sheet() != "a&b" {
			t.Fatalf("%s: %v, %v", name, all, err)
		}
		for i, want := range []struct {
			number int
			values []string
		}{
			{1, []string{"1:5", "0:一", "0:", "0:二 三𠮷\n"}},
			{4, []string{"0:", "4:#N/A", "3:FALSE", "0:张三<>\"'\n_\nA_x0041_"}},
			{5, []string{"2:1904-01-02 12:00:00", "2:12:00:00", "2:1904-01-02", "2:2026-01-02", "2:2026-01-02 03:04:05", "2:soon", "3:TRUE", "0:", "3:?", "1:2", "1:2"}},
			{9, []string{"0: a<b&c"}},
		} {
			if got := kindsAndTexts(all[i]); all[i].Number != want.number || !slices.Equal(got, want.values) {
				t.Errorf("%s, row %d: %q, want %d: %q", name, all[i].Number, got, want.number, want.values)
			}
		}
	}
}

// TestDates: formats and numbers that are dates, and those that are not.
func TestDates(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"yyyy/mm/dd": "2026-01-02 06:00:00", "[$-804]上午/下午h:mm": "2026-01-02 06:00:00", "[Red]m": "2026-01-02 06:00:00", "[mm]": "2026-01-02 06:00:00",
		"General": "46024.25", `0"days"`: "46024.25", `\d0`: "46024.25", "[Red]0": "46024.25", "0_d": "46024.25", "@": "46024.25", "[$sd]0": "46024.25", `0"d`: "46024.25", "[": "46024.25", "0.00E+00": "46024.25",
	} {
		path := saveExcelize(t, func(book *excelize.File) error {
			style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &code})
			return errors.Join(err, book.SetCellValue("Sheet1", "A1", 46024.25), book.SetCellStyle("Sheet1", "A1", "A1", style))
		})
		if got := readLines(t, openInput(t, path, "")); got[0] != "1:"+want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
	var data strings.Builder
	want := map[string]string{
		"0": "1899-12-31", "1": "1900-01-01", "59": "1900-02-28", "60": "1900-02-29", "61": "1900-03-01", "0.999999": "1900-01-01", "0.25": "06:00:00",
		"2958465": "9999-12-31", "2958466": "2958466", "-1": "-1", "x": "x", "NaN": "NaN", "46024.999999": "2026-01-03", "4.6024E4": "2026-01-02",
	}
	for number := range want {
		data.WriteString(`<row><c s="0"><v>` + number + `</v></c><c t="str"><v>` + number + `</v></c></row>`)
	}
	file := zipArchive(t,
		zipPart{"xl/workbook.xml", `<workbook><sheets><sheet name="a" id="1"/></sheets></workbook>`},
		zipPart{"xl/_rels/workbook.xml.rels", `<r><Relationship Id="1" Type="/worksheet" Target="a.xml"/><Relationship Id="2" Type="/styles" Target="s.xml"/></r>`},
		zipPart{"xl/s.xml", `<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`},
		zipPart{"xl/a.xml", `<worksheet><sheetData>` + data.String() + `</sheetData></worksheet>`})
	all, err := readRows(openInput(t, writeFile(t, "a.xlsx", file), ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		if got := row.Cells[0].Text; got != want[row.Cells[1].Text] {
			t.Errorf("%s is %s, want %s", row.Cells[1].Text, got, want[row.Cells[1].Text])
		}
	}
}

func TestDamagedXLSX(t *testing.T) {
	t.Parallel()
	cell := func(text string) string {
		return `<sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>` + text + `</t></is></c></row></sheetData>`
	}
	for name, test := range map[string]struct {
		data   string
		want   table.ReadProblem
		detail string
		row    int
	}{
		"cut off":           {cell("a")[:70], table.ProblemDamaged, "", 3},
		"cut off in a tag":  {cell("a")[:30], table.ProblemDamaged, "", 3},
		"no data":           {"<worksheet/>", table.ProblemDamaged, "", 0},
		"empty":             {"<sheetData/>", table.ProblemEmpty, "", 0},
		"nothing":           {"", table.ProblemDamaged, "", 0},
		"entity":            {cell("&copy;"), table.ProblemDamaged, "", 3},
		"entity, open":      {cell("&amp"), table.ProblemDamaged, "", 3},
		"document type":     {`<!DOCTYPE x [<!ENTITY a "b">]>` + cell("a"), table.ProblemDamaged, "", 0},
		"rows backwards":    {`<sheetData><row r="3"/><row r="3"/></sheetData>`, table.ProblemDamaged, "", 3},
		"row of no number":  {`<sheetData><row r="x"/></sheetData>`, table.ProblemDamaged, "", 0},
		"no shared strings": {`<sheetData><row><c t="s"><v>0</v></c></row></sheetData>`, table.ProblemDamaged, "", 1},
		"no reference":      {`<sheetData><row><c r="7"/></row></sheetData>`, table.ProblemDamaged, "", 1},
		"rows":              {`<sheetData><row r="1048577"/></sheetData>`, table.ProblemTooLarge, "rows", 0},
		"columns":           {`<sheetData><row><c r="XFE1"/></row></sheetData>`, table.ProblemTooLarge, "columns", 1},
		"far columns":       {`<sheetData><row><c r="ZZZZZZZZZZZZZZZZZ1"/></row></sheetData>`, table.ProblemTooLarge, "columns", 1},
		"cells":             {`<sheetData><row r="3">` + strings.Repeat(`<c r="A3"/>`, table.MaxColumns+1) + `</row></sheetData>`, table.ProblemTooLarge, "columns", 3},
		"cell":              {cell(strings.Repeat("长", 32_768)), table.ProblemTooLarge, "cell", 3},
		"long cell":         {cell(strings.Repeat("x", 2<<20)), table.ProblemTooLarge, "part", 3},
		"long attribute":    {`<sheetData><row r="3"><c r="B3" x="` + strings.Repeat("x", 2<<20) + `"/></row></sheetData>`, table.ProblemTooLarge, "part", 3},
		"many attributes":   {`<sheetData><row r="3"><c r="B3"` + strings.Repeat(` x=""`, 1<<19) + `/></row></sheetData>`, table.ProblemTooLarge, "part", 3},
		"long name":         {`<sheetData><row r="3"/><` + strings.Repeat("x", 2<<20), table.ProblemTooLarge, "part", 3},
		"long entity":       {cell("&" + strings.Repeat("x", 2<<20) + ";"), table.ProblemTooLarge, "part", 3},
		"long comment":      {`<sheetData><row r="3"/><!--` + strings.Repeat("x", 2<<20) + `-->`, table.ProblemTooLarge, "part", 3},
		"long type":         {`<!DOCTYPE x [` + strings.Repeat(`<!ENTITY a "b">`, 1<<18) + `]>` + cell("a"), table.ProblemTooLarge, "part", 0},
		"cut off text":      {cell(strings.Repeat("长", 1<<20)), table.ProblemTooLarge, "part", 3},
		"cell of pieces":    {cell(strings.Repeat("<![CDATA["+strings.Repeat("x", 60_000)+"]]>", 40)), table.ProblemTooLarge, "cell", 3},
	} {
		got := readError(t, writeFile(t, "a.xlsx", foreignWorkbook(t, test.data)), "")
		assertEqual(t, name+": problem", got.Problem, test.want)
		assertEqual(t, name+": detail", got.Detail, test.detail)
		assertEqual(t, name+": row", got.Row, test.row)
		if strings.Contains(name, "cell ") || strings.HasSuffix(name, "cell") {
			if got.Column != 2 {
				t.Errorf("%s: in column %d", name, got.Column)
			}
		}
	}
	controls, err := readRows(openInput(t, writeFile(t, "a.xlsx", foreignWorkbook(t, cell("a\x01\xffb"))), ""))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := controls[0].Cells[1].Text, "a\ufffd\ufffdb"; got != want {
		t.Errorf("invalid characters: got %q, want %q", got, want)
	}
	fits := foreignWorkbook(t, cell("<!-- a comment -->"+strings.Repeat("长", 32_767)))
	if all, err := readRows(openInput(t, writeFile(t, "a.xlsx", fits), "")); err != nil || len(all) != 1 || len(all[0].Cells[1].Text) != 3*32_767 {
		t.Errorf("%v", err)
	}
}

func TestDamagedArchive(t *testing.T) {
	t.Parallel()
	whole := writeTable(t, table.XLSX, []string{"a"}, slices.Repeat([][]table.Cell{{table.Text("b")}}, 100)...)
	other := bytes.Clone(whole)
	other[bytes.Index(whole, []byte("xl/workbook.xml"))+60] ^= 1
	for name, test := range map[string]struct {
		content []byte
		want    table.ReadProblem
	}{
		"cut off":     {whole[:len(whole)-30], table.ProblemCutOff},
		"other bytes": {other, table.ProblemDamaged},
		"no workbook": {zipArchive(t, zipPart{"content.xml", "<a/>"}), table.ProblemArchive},
		"word":        {zipArchive(t, zipPart{"_rels/.rels", `<a><Relationship Type="/officeDocument" Target="word/document.xml"/></a>`}, zipPart{"word/document.xml", "<a/>"}), table.ProblemDocument},
		"no sheet":    {zipArchive(t, zipPart{"xl/workbook.xml", "<workbook/>"}), table.ProblemEmpty},
		"lost sheet":  {zipArchive(t, zipPart{"xl/workbook.xml", `<workbook><sheets><sheet id="1"/></sheets></workbook>`}, zipPart{"xl/_rels/workbook.xml.rels", `<a><Relationship Id="1" Type="/worksheet" Target="a.xml"/></a>`}), table.ProblemDamaged},
		"not XML":     {zipArchive(t, zipPart{"xl/workbook.xml", "<workbook>"}), table.ProblemDamaged},
		"empty part":  {zipArchive(t, zipPart{"xl/workbook.xml", ""}), table.ProblemDamaged},
		"large part":  {zipArchive(t, zipPart{"xl/workbook.xml", "<workbook>" + strings.Repeat(" ", 33<<20)}), table.ProblemTooLarge},
	} {
		if got := readError(t, writeFile(t, "a.xlsx", test.content), ""); got.Problem != test.want {
			t.Errorf("%s: %+v, want %s", name, got, test.want)
		}
	}
	path := saveExcelize(t, func(book *excelize.File) error { return book.SetCellStr("Sheet1", "A1", "a") }, excelize.Options{Password: "p"})
	if got := readError(t, path, ""); got.Problem != table.ProblemPassword {
		t.Errorf("with a password: %+v", got)
	}
	// A change in the packed data is an error, at the end at the latest.
	for i := len(whole) / 2; i < len(whole); i += 7 {
		broken := bytes.Clone(whole)
		broken[i] ^= 0x10
		in, err := table.Open(context.Background(), writeFile(t, "a.xlsx", broken), "", detect.CountFactors)
		if err != nil {
			continue
		}
		if all, err := readRows(in); err == nil && len(all) != 101 {
			t.Errorf("byte %d: %d rows", i, len(all))
		}
		in.Close()
	}
}

// TestZipBombs: small files that unpack to something huge are refused early.
func TestZipBombs(t *testing.T) {
	t.Parallel()
	row := `<sheetData><row><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>`
	for name, test := range map[string]struct {
		content []byte
		detail  string
	}{
		"strings":   {foreignWorkbook(t, row, zipPart{"xl/sharedstrings.xml", "<sst>" + strings.Repeat("<si><t>"+strings.Repeat("a", 5000)+"</t></si>", 20_000) + "</sst>"}), "part"},
		"rows":      {foreignWorkbook(t, "<sheetData>"+strings.Repeat("<row>"+strings.Repeat(" ", 100_000)+"</row>", 1000)+row), "part"},
		"tags":      {foreignWorkbook(t, row, zipPart{"xl/styles.xml", "<s>" + strings.Repeat("<xf/>", 3_000_000) + "</s>"}), "part"},
		"sheets":    {zipArchive(t, zipPart{"xl/workbook.xml", "<workbook><sheets>" + strings.Repeat("<sheet/>", 10_001) + "</sheets></workbook>"}), "sheets"},
		"relations": {zipArchive(t, zipPart{"xl/workbook.xml", "<workbook/>"}, zipPart{"xl/_rels/workbook.xml.rels", "<r>" + strings.Repeat("<Relationship/>", 100_001) + "</r>"}), "part"},
	} {
		if got := readError(t, writeFile(t, "a.xlsx", test.content), ""); got.Problem != table.ProblemTooLarge || got.Detail != test.detail {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestCancelled: cancellation works within a row and within a part.
func TestCancelled(t *testing.T) {
	t.Parallel()
	long := writeFile(t, "a.xlsx", foreignWorkbook(t, `<sheetData><row><c t="inlineStr"><is><t>x</t></is></c></row><row>`+strings.Repeat("<x/>", 1_000_000)+`</row></sheetData>`))
	in := openInput(t, long, "")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for _, err := range in.Rows(ctx) {
		if n++; n == 1 {
			cancel()
		} else if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if n != 2 {
		t.Errorf("%d rows", n)
	}
	for _, path := range []string{long, writeFile(t, "b.csv", []byte(strings.Repeat("a,b\n", 100_000)))} {
		if _, err := openInput(t, path, "").FirstRows(ctx, 3); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

// TestManyStrings: many shared strings, including the longest.
func TestManyStrings(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 32_760)
	in := openInput(t, saveExcelize(t, func(book *excelize.File) error {
		for i := range 60 {
			row := []string{long + fmt.Sprint(i), "", fmt.Sprint(i)}
			if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				return err
			}
		}
		return nil
	}), "")
	all, err := readRows(in)
	if err != nil || len(all) != 60 {
		t.Fatal(len(all), err)
	}
	for i, row := range all {
		if row.Cells[0].Text != long+fmt.Sprint(i) || row.Cells[2].Text != fmt.Sprint(i) {
			t.Errorf("row %d", row.Number)
		}
	}
}
