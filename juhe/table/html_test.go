package table_test

import (
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"fourfactor/juhe/table"
)

// readTypedLines returns the rows of a table as "number:kind text|…".
func readTypedLines(t testing.TB, in *table.Input) (lines []string) {
	t.Helper()
	all, err := readRows(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		lines = append(lines, fmt.Sprintf("%d:%s", row.Number, strings.Join(kindsAndTexts(row), "|")))
	}
	return lines
}

// TestHTML: only what a browser shows in the table is read.
func TestHTML(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		html string
		want []string
	}{
		"plain":             {"<table><tr><th>a<th>b</tr><tr><td>1</td><td>2</td></tr></table>", []string{"1:0:a|0:b", "2:0:1|0:2"}},
		"no ends":           {"<TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d</TABLE>", []string{"1:0:a|0:b", "2:0:c|0:d"}},
		"sections":          {"<table><caption>清单</caption><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>", []string{"1:0:a|0:b", "2:0:1|0:2"}},
		"entities":          {"<table><tr><td>&#24352;&#x4e09;&amp;&lt;</td><td>&nbsp;</td><td>b&copy;</td></tr></table>", []string{"1:0:张三&<|0:|0:b©"}},
		"blanks":            {"<table><tr><td>\n  张 \t 三\r\n </td><td>a<br>b<br/>c</td><td><p>a</p> <p>b</p></td></tr></table>", []string{"1:0:张 三|0:a\nb\nc|0:a\nb"}},
		"formatted":         {"<table><tr><td><font color=red><b>张</b>三</font></td><td>2</td></tr></table>", []string{"1:0:张三|0:2"}},
		"comments":          {"<!-- x --><table><tr><!-- <td>no</td> --><td>a<!--[if x]><b>no</b><![endif]--></td><td>b</td></tr></table>", []string{"1:0:a|0:b"}},
		"hidden text":       {"<table><tr><td>a<span style='display: none'>no<b>no</b></span>b</td><td>c<span hidden>no</span></td><td>d<script>no</script><style>no</style></td></tr></table>", []string{"1:0:ab|0:c|0:d"}},
		"hidden, not ended": {"<table><tr><td>a<span style='mso-hide:all'>no</td><td>b</td></tr><tr><td>c<td>d</table>", []string{"1:0:a|0:b", "2:0:c|0:d"}},
		"hidden table":      {"<div style='DISPLAY:NONE'><table><tr><td>no</td><td>no</td></tr></table></div><table><tr><td>a</td><td>b</td></tr></table>", []string{"1:0:a|0:b"}},
		"hidden image":      {"<table><tr><td>a<img style='display:none'>b</td><td>c</td></tr></table>", []string{"1:0:ab|0:c"}},
		"colspan":           {"<table><tr><td colspan=2>a</td><td>b</td></tr><tr><td>c</td><td>d</td><td>e</td></tr></table>", []string{"1:0:a|0:|0:b", "2:0:c|0:d|0:e"}},
		"rowspan":           {"<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr><tr><td>e</td></tr></table>", []string{"1:0:a|0:b", "2:0:|0:c|0:d", "3:0:e"}},
		"both spans":        {"<table><tr><td>x</td><td rowspan=3 colspan=2>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table>", []string{"1:0:x|0:a|0:|0:b", "2:0:c|0:|0:|0:d", "3:0:e|0:|0:|0:f"}},
		"rowspan to end":    {"<table><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>", []string{"1:0:a|0:b", "2:0:|0:c", "3:0:|0:d"}},
		"wrong spans":       {"<table><tr><td rowspan=x colspan=-1>a</td><td>b</td></tr><tr><td>c</td></tr></table>", []string{"1:0:a|0:b", "2:0:c"}},
		"layout":            {"<table><tr><td>top<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></td></tr></table>", []string{"1:0:a|0:b", "2:0:c|0:d"}},
		"within a cell":     {"<table><tr><td>a</td><td>b</td></tr><tr><td>c<table><tr><td>x</td></tr></table></td><td>d</td></tr></table>", []string{"1:0:a|0:b", "2:0:c|0:d"}},
		"empty rows":        {"<table><tr></tr><tr><td></td></tr><tr><td>a</td><td>b</td></tr></table>", []string{"3:0:a|0:b"}},
		"one column":        {"<p>x<table><tr><td>a</td></tr></table>", []string{"1:0:a"}},
		"no table's end":    {"<table><tr><td>a</td><td>b</td></tr>", []string{"1:0:a|0:b"}},
		"Excel": {
			`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{mso-number-format:"\@";}</style><xml><x:Name>no</x:Name></xml></head><table>` +
				`<tr><td x:str>00123</td><td x:num>12</td><td x:num="1.10105194912310E+17">110105194912310000</td><td x:num="46024">2026/1/2</td><td x:num="5" x:fmla="=2+3">5</td><td x:err>#N/A</td><td x:str="">张</td></tr></table>`,
			[]string{"1:0:00123|1:12|1:1.10105194912310E+17|0:2026/1/2|1:5|4:#N/A|0:张"},
		},
		"XHTML": {`<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><table><tr><td>a</td><td>b<br/></td></tr></table></html>`, []string{"1:0:a|0:b"}},
	} {
		if got := readTypedLines(t, openInput(t, writeFile(t, "a.xls", []byte(test.html)), "")); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestHTMLEncodings: the bytes determine the encoding, not the declaration.
func TestHTMLEncodings(t *testing.T) {
	t.Parallel()
	for _, says := range []string{"gbk", "utf-8", "gb2312", "x"} {
		text := "\r\n<html><head><meta charset=" + says + "></head><body><table border=1><tr><th>企业名称</th><th>法定代表人</th></tr><tr><td>北京晨星虚构科技有限公司</td><td>张三</td></tr></table></body></html>"
		for name, content := range map[string][]byte{
			"UTF-8": []byte(text), "GB18030": encode(t, simplifiedchinese.GBK.NewEncoder(), text),
			"UTF-16LE": encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), text),
		} {
			in := openInput(t, writeFile(t, "a.xls", content), "")
			if got := readLines(t, in); in.Encoding() != name || in.Sheet() != "" || !slices.Equal(got, []string{"1:企业名称|法定代表人", "2:北京晨星虚构科技有限公司|张三"}) {
				t.Errorf("%s, %s: %q", name, in.Encoding(), got)
			}
		}
	}
}

// TestHTMLTables: the table with the header is read, and any other can be.
func TestHTMLTables(t *testing.T) {
	t.Parallel()
	of := func(cells ...string) string {
		return "<table><tr><td>" + strings.Join(cells, "</td><td>") + "</td></tr></table>"
	}
	head := strings.Replace(of("企业名称", "统一社会信用代码", "法定代表人", "身份证号"), "</table>", "<tr><td>x<td>x<td>x<td>x</table>", 1)
	path := writeFile(t, "a.html", []byte("<html>"+of("菜单")+of("a", "b")+head+of("c", "d")))
	in := openInput(t, path, "")
	assertEqual(t, "sheet", in.Sheet(), "2")
	assertEqual(t, "sheets", strings.Join(in.Sheets(), ","), "1,2,3")
	assertEqual(t, "other sheets", strings.Join(in.OtherSheets(t.Context()), ","), "1,3")
	if got := readLines(t, in); !strings.HasPrefix(got[0], "1:企业名称|") {
		t.Errorf("got %q, want the header", got[0])
	}
	if got := readLines(t, openInput(t, path, "3")); !slices.Equal(got, []string{"1:c|d"}) {
		t.Errorf("%q", got)
	}
	if got := readError(t, path, "4"); got.Problem != table.ProblemNoSheet {
		t.Error(got)
	}
}

// TestHTMLMerged: cells that span several rows.
func TestHTMLMerged(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"html": "<table><tr><td rowspan=2>a</td><td>1</td></tr><tr><td>2</td></tr><tr><td>b</td><td>3</td></tr></table>",
		"xml":  workbookXML(`<Row><Cell ss:MergeDown="1"><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="String">1</Data></Cell></Row><Row><Cell ss:Index="2"><Data ss:Type="String">2</Data></Cell></Row><Row><Cell><Data ss:Type="String">b</Data></Cell></Row>`),
	} {
		var got []string
		for row, err := range openInput(t, writeFile(t, "a.xls", []byte(text)), "").Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if v, first, last, ok := row.MergedCell(0); ok {
				got = append(got, fmt.Sprint(row.Number, v.Text, first, last))
			}
		}
		if want := []string{"1a1 2", "2a1 2"}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// workbookXML returns a spreadsheet in XML with one sheet.
func workbookXML(rows string) string {
	return `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">` +
		`<Styles><Style ss:ID="s1"/></Styles><Worksheet ss:Name="名单&amp;1"><Table ss:ExpandedColumnCount="4"><Column ss:Width="9"/>` + rows + `</Table></Worksheet></Workbook>`
}

func TestXMLTables(t *testing.T) {
	t.Parallel()
	cell := func(kind, text string) string { return `<Cell><Data ss:Type="` + kind + `">` + text + `</Data></Cell>` }
	text := workbookXML(`<Row>` + cell("String", "企业&amp;名称") + cell("Number", "110105491231002") + cell("Number", "1.10105194912310E+17") + `</Row>` +
		`<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="3"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">张<B>三</B></ss:Data><Comment ss:Author="x"><ss:Data>no</ss:Data></Comment></Cell></Row>` +
		`<Row ss:Span="2"/><Row><Cell ss:MergeAcross="1"/>` + cell("DateTime", "2026-01-02T00:00:00.000") + cell("Boolean", "1") + cell("Error", "#N/A") + `</Row>` +
		`<Row><Cell ss:Formula="=A1"><Data ss:Type="String">x</Data></Cell><Cell ss:Formula="=A1"/><Cell ss:Formula="=A1"><Data ss:Type="Number">0</Data></Cell></Row>`)
	for name, content := range map[string][]byte{"UTF-8": []byte(text), "GB18030": encode(t, simplifiedchinese.GBK.NewEncoder(), text)} {
		in := openInput(t, writeFile(t, "a.xls", content), "")
		want := []string{"1:0:企业&名称|1:110105491231002|1:1.10105194912310E+17", "4:0:|0:|0:张三", "8:0:|0:|2:2026-01-02|3:TRUE|4:#N/A", "9:0:x|1:|1:0"}
		if got := readTypedLines(t, in); in.Encoding() != name || in.Sheet() != "名单&1" || !slices.Equal(got, want) {
			t.Errorf("%s: %s %q, want %q", name, in.Sheet(), got, want)
		}
		all, err := readRows(in)
		if err != nil || !all[1].Hidden || all[0].Hidden {
			t.Fatal(all, err)
		}
		for i, cell := range all[3].Cells {
			if !cell.Formula {
				t.Errorf("%d: got no formula: %v", i, cell)
			}
		}
	}
	two := strings.Replace(workbookXML("<Row>"+cell("String", "a")+"</Row>"), "</Table>", `</Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet><Worksheet ss:Name="b"><Table><Row>`+cell("String", "c")+`</Row></Table>`, 1)
	if in := openInput(t, writeFile(t, "a.xml", []byte(two)), ""); in.Sheet() != "b" || !slices.Equal(readLines(t, in), []string{"1:c"}) || !slices.Equal(in.Sheets(), []string{"名单&1", "b"}) {
		t.Errorf("%s of %q", in.Sheet(), in.Sheets())
	}
	for name, test := range map[string]struct {
		text string
		want table.ReadProblem
	}{
		"cut off":        {text[:len(text)-len("</Workbook>")], table.ProblemCutOff},
		"cut in a cell":  {text[:len(text)/2], table.ProblemCutOff},
		"backwards":      {workbookXML(`<Row ss:Index="2"/><Row ss:Index="2">` + cell("String", "a") + `</Row>`), table.ProblemDamaged},
		"cells":          {workbookXML(`<Row><Cell ss:Index="16385"><Data ss:Type="String">a</Data></Cell></Row>`), table.ProblemTooLarge},
		"rows":           {workbookXML(`<Row ss:Index="1048577"/>`), table.ProblemTooLarge},
		"nothing":        {workbookXML(""), table.ProblemEmpty},
		"no sheet":       {`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`, table.ProblemEmpty},
		"a long cell":    {workbookXML("<Row>" + cell("String", strings.Repeat("长", 32_768)) + "</Row>"), table.ProblemTooLarge},
		"a longer one":   {workbookXML("<Row>" + cell("String", strings.Repeat("x", 2<<20)) + "</Row>"), table.ProblemTooLarge},
		"entities":       {strings.Replace(text, "<Workbook", `<!DOCTYPE x [<!ENTITY a "b">]><Workbook`, 1), table.ProblemDamaged},
		"cells for ever": {workbookXML("<Row>" + strings.Repeat(`<Cell ss:MergeAcross="16384"/>`, 3) + "</Row>"), table.ProblemTooLarge},
	} {
		if got := readError(t, writeFile(t, "a.xls", []byte(test.text)), ""); got.Problem != test.want {
			t.Errorf("%s: %v, want %s", name, got, test.want)
		}
	}
}

// TestWebArchive: each page is a sheet and may have its own encoding.
func TestWebArchive(t *testing.T) {
	t.Parallel()
	page := "<html><table><tr><th>企业名称</th><th>姓名</th></tr><tr><td>北京</td><td>张三=3D</td></tr></table></html>"
	var quoted strings.Builder
	w := quotedprintable.NewWriter(&quoted)
	w.Write(encode(t, simplifiedchinese.GBK.NewEncoder(), page))
	w.Close()
	based := base64.StdEncoding.EncodeToString([]byte(page))
	for i := 76; i < len(based); i += 78 {
		based = based[:i] + "\r\n" + based[i:]
	}
	archive := func(encoding, body string) string {
		return "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"----=_N\"\r\n\r\nThis is a web archive.\r\n" +
			"------=_N\r\nContent-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"us-ascii\"\r\n\r\n<html><frameset>x</frameset></html>\r\n" +
			"------=_N\r\nContent-Location: sheet.htm\r\nContent-Transfer-Encoding: " + encoding + "\r\nContent-Type: text/html; charset=\"gb2312\"\r\n\r\n" + body + "\r\n" +
			"------=_N\r\nContent-Location: a.css\r\nContent-Type: text/css\r\n\r\n<table><tr><td>no</td><td>no</td></tr></table>\r\n------=_N--\r\n"
	}
	for name, text := range map[string]string{
		"quoted": archive("quoted-printable", quoted.String()), "base64": archive("BASE64", based), "8bit": archive("8bit", page),
		"saved by":   "From: <Saved by Windows>\r\nSubject: x\r\n" + archive("base64", based),
		"one page":   "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + based,
		"bare lines": strings.ReplaceAll(archive("quoted-printable", quoted.String()), "\r\n", "\n"),
	} {
		in := openInput(t, writeFile(t, "a.mht", []byte(text)), "")
		for range 2 {
			if got := readLines(t, in); !slices.Equal(got, []string{"1:企业名称|姓名", "2:北京|张三=3D"}) {
				t.Errorf("%s: %q", name, got)
			}
		}
	}
	for name, test := range map[string]struct {
		text string
		want table.ReadProblem
	}{
		"cut off":  {archive("base64", based)[:560], table.ProblemCutOff},
		"no table": {archive("8bit", "<html>x"), table.ProblemNoTable},
		"no base":  {archive("base64", "!!!!"), table.ProblemDamaged},
	} {
		if got := readError(t, writeFile(t, "a.mht", []byte(test.text)), ""); got.Problem != test.want {
			t.Errorf("%s: %v, want %s", name, got, test.want)
		}
	}
}

// TestHTMLLimits: a hostile page uses little memory, and a page that is cut off
// is an error.
func TestHTMLLimits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 32_768)
	for name, test := range map[string]struct {
		html string
		want table.ReadProblem
		row  int
	}{
		"no table":        {"<html><body>请登录</body></html>", table.ProblemNoTable, 0},
		"empty table":     {"<table><tr><td></td></tr></table>", table.ProblemNoTable, 0},
		"cut in a cell":   {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>110105", table.ProblemCutOff, 2},
		"cut in a tag":    {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>110105</t", table.ProblemCutOff, 2},
		"nested":          {strings.Repeat("<table><tr><td>", 1000), table.ProblemTooLarge, 1},
		"a long cell":     {"<table><tr><td>a</td><td>" + long + "</td></tr></table>", table.ProblemTooLarge, 1},
		"a cell of parts": {"<table><tr><td>a</td><td>" + strings.Repeat("<b>"+long+"</b>", 9) + "</td></tr></table>", table.ProblemTooLarge, 1},
		"a long tag":      {"<table><tr><td " + strings.Repeat("x", 2<<20) + ">a</td></tr></table>", table.ProblemTooLarge, 1},
		"columns":         {"<table><tr>" + strings.Repeat("<td colspan=9999>a", 20) + "</table>", table.ProblemTooLarge, 1},
		"a long row":      {"<table><tr>" + strings.Repeat("<td>"+long[3:], 200) + "</table>", table.ProblemTooLarge, 1},
	} {
		if got := readError(t, writeFile(t, "a.xls", []byte(test.html)), ""); got.Problem != test.want || got.Row != test.row {
			t.Errorf("%s: %v, want %s in row %d", name, got, test.want, test.row)
		}
	}
	many := "<html>" + strings.Repeat("<table><tr><td>a</td><td>b</td></tr></table>", 1000)
	if in := openInput(t, writeFile(t, "a.xls", []byte(many)), "2"); len(in.Sheets()) != 256 {
		t.Errorf("%d tables", len(in.Sheets()))
	}
	all, err := readRows(openInput(t, writeFile(t, "a.xls", []byte("<table>"+strings.Repeat("<tr><td rowspan=9999999 colspan=1000>a<td>b", 8)+"</table>")), ""))
	if err != nil || len(all) != 8 {
		t.Errorf("%d rows, %v", len(all), err)
	}
}
