package table_test

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fourfactor/juhe/detect"
	"fourfactor/juhe/table"
)

// readAny reads a file of any content. It checks that rows are in order and that
// errors are ours.
func readAny(t *testing.T, path string, content []byte) (*table.Input, []table.Row, error) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	var known *table.ReadError
	in, err := table.Open(context.Background(), path, "", detect.CountFactors)
	if err != nil {
		if !errors.As(err, &known) {
			t.Fatal(err)
		}
		return nil, nil, err
	}
	all, err := readRows(in)
	if err != nil && (!errors.As(err, &known) || known.Problem == table.ProblemIO) {
		t.Fatal(err)
	}
	last := 0
	for _, row := range all {
		if row.Number <= last || len(row.Cells) > table.MaxColumns || row.Offset > in.Size() {
			t.Fatalf("row %d after %d, %d cells, %d of %d", row.Number, last, len(row.Cells), row.Offset, in.Size())
		}
		last = row.Number
	}
	return in, all, err
}

// FuzzReadCSV compares encoding/csv on what that accepts.
func FuzzReadCSV(f *testing.F) {
	for _, text := range append(hostileTexts(), "a\tb\n\n\"c\n\"\"d\"\te\r\n", "\ufeffa\n", "\xff\xfea\x00\n\x00", "\xd5\xc5\t\xc8\xfd\n", "\"a\nb\n\"c\"\n", "\"", "a\r\rb", "PK\x03\x04") {
		f.Add([]byte(text))
	}
	path := filepath.Join(f.TempDir(), "a.tsv")
	f.Fuzz(func(t *testing.T, content []byte) {
		in, all, err := readAny(t, path, content)
		if in == nil {
			return
		}
		defer in.Close()
		text := strings.TrimRight(strings.TrimPrefix(string(content), "\ufeff"), "\x00")
		if err != nil || in.Encoding() != "UTF-8" || !utf8.ValidString(text) || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
			return
		}
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord = '\t', -1
		want, err := r.ReadAll()
		if err != nil {
			return
		}
		all = slices.DeleteFunc(all, func(row table.Row) bool { return len(row.Cells) == 0 })
		if !slices.EqualFunc(all, want, func(row table.Row, fields []string) bool {
			return strings.ReplaceAll(strings.Join(row.Texts(), "\x00"), "\r\n", "\n") == strings.Join(fields, "\x00")
		}) {
			t.Errorf("%q: %v, want %q", text, all, want)
		}
	})
}

// FuzzReadXLSX reads any XML as a sheet.
func FuzzReadXLSX(f *testing.F) {
	for _, data := range []string{
		`<sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>a&amp;_x0041_</t></is></c><c t="s"><v>0</v></c><c s="1"><v>1.5</v></c></row></sheetData>`,
		`<a b='>'/><!-- - --><![CDATA[x]]><?x ?><sheetData><row><c t="e"><v>#N/A</v></c></row></sheetData>`, "<sheetData/>", "<", "</", "<sheetData><row", "<sheetData><c><v>1</v></c></row></c></sheetData>", "<sheetData><row><row></row>", "&", "\xff\xfe<\x00",
	} {
		f.Add(data, "<sst><si><t>一</t></si></sst>", "<s><cellXfs><xf/><xf numFmtId='14'/></cellXfs></s>")
	}
	path := filepath.Join(f.TempDir(), "a.xlsx")
	f.Fuzz(func(t *testing.T, data, strings, styles string) {
		in, _, _ := readAny(t, path, foreignWorkbook(t, data, zipPart{"xl/sharedstrings.xml", strings}, zipPart{"xl/styles.xml", styles}))
		if in != nil {
			in.Close()
		}
	})
}

// FuzzReadMarkup reads anything as a page, as a spreadsheet in XML and as a web
// archive.
func FuzzReadMarkup(f *testing.F) {
	for _, text := range []string{
		"<table><tr><td rowspan=2>a<td colspan=3>b<tr><td x:num='1E+17'>1<br>2</td></tr><table><tr><td>c</table></table>", "<div style='display:none'><table><tr><td>x</div>y</table>", "<tr><td rowspan=0>", "<td>&#x0;&copy;\xff</td></tr>",
		`<Worksheet ss:Name="a"><Table><Row ss:Index="3" ss:Span="2"><Cell ss:Index="2" ss:MergeDown="2" ss:MergeAcross="1"><Data ss:Type="Number">1</Data><Comment><Data>x</Data></Comment></Cell></Row></Table><Visible>SheetHidden</Visible></Worksheet></Workbook>`,
		"<Row><Cell><Data>", "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHRhYmxlPjx0cj48dGQ+YTx0ZD5iPC90YWJsZT4=\r\n--b--\r\n", "--b\nContent-Type: text/html\n\n<table><tr><td>=E5=BC=A0</table>\n--b--",
	} {
		f.Add(byte(0), []byte(text))
		f.Add(byte(1), []byte(text))
		f.Add(byte(2), []byte(text))
	}
	before := []string{"<html>", `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"}
	path := filepath.Join(f.TempDir(), "a.xls")
	f.Fuzz(func(t *testing.T, kind byte, content []byte) {
		in, _, _ := readAny(t, path, append([]byte(before[int(kind)%len(before)]), content...))
		if in != nil {
			in.Close()
		}
	})
}
