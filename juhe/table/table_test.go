package table_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fourfactor/juhe/table"
)

// writeTable returns a table with a header and rows.
func writeTable(t testing.TB, f table.Format, head []string, rows ...[]table.Cell) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := table.NewWriter(&b, f, head)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// openExcelize opens a workbook with excelize.
func openExcelize(t testing.TB, file []byte) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

// hostileTexts returns texts that a spreadsheet would convert or evaluate.
func hostileTexts() []string {
	return []string{
		"11010519491231002X", "110105194912310021", "000123", "9111010800000001E5", "1.10105E+17", "TRUE", "2026-01-02",
		"=1+1", "+1", "-24", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠x", `=HYPERLINK("http://192.0.2.1","x")`,
		"北京晨星虚构科技有限公司", "𠮷㛃", `a"b,c;d`, "一\n二", "<b>&amp;</b>", "  blank  ", "_x0041_", "_x0041_x0042_", "__x005F_", "'x",
	}
}

func TestXLSX(t *testing.T) {
	t.Parallel()
	rows := [][]table.Cell{{table.Number(-24), table.Text(""), {}, table.Number(0)}}
	for _, text := range hostileTexts() {
		rows = append(rows, []table.Cell{table.Text(text), table.Text(text)})
	}
	book := openExcelize(t, writeTable(t, table.XLSX, []string{"代码", "=文字"}, rows...))
	name := book.GetSheetName(0)
	got, err := book.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got[0], []string{"代码", "=文字"}) || !slices.Equal(got[1], []string{"-24", "", "", "0"}) {
		t.Errorf("%q", got[:2])
	}
	for i, text := range hostileTexts() {
		ref := fmt.Sprintf("B%d", i+3)
		value, err := book.GetCellValue(name, ref)
		if err != nil || value != text {
			t.Errorf("%s is %q, want %q, %v", ref, value, text, err)
		}
		if formula, err := book.GetCellFormula(name, ref); formula != "" || err != nil {
			t.Errorf("%s computes %q, %v", ref, formula, err)
		}
		if kind, _ := book.GetCellType(name, ref); kind != excelize.CellTypeInlineString {
			t.Errorf("%s is of type %d", ref, kind)
		}
		style, err := book.GetCellStyle(name, ref)
		if err != nil {
			t.Fatal(err)
		}
		if look, err := book.GetStyle(style); err != nil || look.NumFmt != 49 {
			t.Errorf("%s: %+v, %v", ref, look, err)
		}
	}
	if kind, _ := book.GetCellType(name, "A2"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a number is of type %d", kind)
	}
	if panes, err := book.GetPanes(name); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head does not stay: %+v, %v", panes, err)
	}
}

// TestXLSXParts: all parts are XML, and the sheet is the last.
func TestXLSXParts(t *testing.T) {
	t.Parallel()
	file := writeTable(t, table.XLSX, []string{"a"}, []table.Cell{table.Text("\x00\x1b\ufffe\xff]]>")})
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range archive.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(r); err == nil; {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", part.Name, err)
		}
	}
	if last := archive.File[len(archive.File)-1].Name; last != "xl/worksheets/sheet1.xml" {
		t.Errorf("the last part is %s", last)
	}
}

// TestControls: characters that XML cannot contain are kept, and line ends too.
func TestControls(t *testing.T) {
	t.Parallel()
	texts := []string{"北京\v公司", "91\x00", "a\rb", "a\r\nb", "a\nb", "\ufffe\uffff", "_x000B_\v", "_\x01x0041_"}
	for _, f := range []table.Format{table.CSV, table.XLSX} {
		var lines [][]table.Cell
		for _, text := range texts {
			lines = append(lines, []table.Cell{table.Text(text), table.Text(strings.Repeat("b", 100))})
		}
		all, err := readRows(openInput(t, writeFile(t, "a."+string(f), writeTable(t, f, []string{"a"}, lines...)), ""))
		if err != nil || len(all) != len(texts)+1 {
			t.Fatal(len(all), err)
		}
		for i, row := range all[1:] {
			if row.Cells[0].Text != texts[i] {
				t.Errorf("%s: %q became %q", f, texts[i], row.Cells[0].Text)
			}
		}
	}
}

// TestTooManyColumns: both formats have the limit of spreadsheets.
func TestTooManyColumns(t *testing.T) {
	t.Parallel()
	for _, f := range []table.Format{table.CSV, table.XLSX} {
		w, err := table.NewWriter(io.Discard, f, make([]string, table.MaxColumns))
		if err == nil {
			err = w.Write(make([]table.Cell, table.MaxColumns))
		}
		if err != nil {
			t.Error(err)
		}
		if err := w.Write(make([]table.Cell, table.MaxColumns+1)); !errors.Is(err, table.ErrTooManyColumns) {
			t.Error(err)
		}
		if _, err := table.NewWriter(io.Discard, f, make([]string, table.MaxColumns+1)); !errors.Is(err, table.ErrTooManyColumns) {
			t.Error(err)
		}
	}
}

// TestWideColumns: the fortieth is AN.
func TestWideColumns(t *testing.T) {
	t.Parallel()
	row := make([]table.Cell, 800)
	for i := range row {
		row[i] = table.Number(int64(i))
	}
	book := openExcelize(t, writeTable(t, table.XLSX, nil, row))
	for i := range row {
		ref, err := excelize.CoordinatesToCellName(i+1, 2)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := book.GetCellValue(book.GetSheetName(0), ref); got != fmt.Sprint(i) {
			t.Errorf("%s is %s, want %d", ref, got, i)
		}
	}
}

func TestXLSXLimits(t *testing.T) {
	t.Parallel()
	w, err := table.NewWriter(io.Discard, table.XLSX, []string{"a"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		text string
		want error
	}{
		{strings.Repeat("一", 32767), nil},
		{strings.Repeat("一", 32768), table.ErrCellTooLong},
		{strings.Repeat("𠮷", 16383), nil},
		{strings.Repeat("𠮷", 16384), table.ErrCellTooLong},
	} {
		if err := w.Write([]table.Cell{table.Text(test.text)}); !errors.Is(err, test.want) {
			t.Errorf("%d bytes: %v, want %v", len(test.text), err, test.want)
		}
	}
	w, err = table.NewWriter(io.Discard, table.XLSX, nil)
	for n := 1; err == nil; n++ {
		if err = w.Write(nil); err != nil && n != 1<<20 {
			t.Errorf("row %d is one too many: %v", n, err)
		}
	}
	if !errors.Is(err, table.ErrTooManyRows) {
		t.Error(err)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	var rows [][]table.Cell
	for _, text := range hostileTexts() {
		rows = append(rows, []table.Cell{table.Text(text), table.Number(-24)})
	}
	text, found := strings.CutPrefix(string(writeTable(t, table.CSV, []string{"=a", "码"}, rows...)), "\ufeff")
	if !found || !strings.HasPrefix(text, "'=a,码\r\n") {
		t.Errorf("it begins with %.20q", text)
	}
	got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range hostileTexts() {
		field := got[i+1][0]
		if strings.TrimPrefix(field, "'") != strings.TrimPrefix(want, "'") || got[i+1][1] != "-24" {
			t.Errorf("%q is written as %q", want, got[i+1])
		}
		if strings.ContainsAny(field[:1], "=+-@\t\r") || slices.Contains([]string{"＝", "＋", "－", "＠"}, string([]rune(field)[:1])) {
			t.Errorf("%q would be evaluated", field)
		}
	}
}

// limitedWriter fails after a number of bytes.
type limitedWriter struct{ left int }

var errFull = errors.New("full")

func (f *limitedWriter) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// TestFullDisk: an error is returned wherever the disk is full.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	for _, f := range []table.Format{table.CSV, table.XLSX} {
		size := len(writeTable(t, f, []string{"一"}, []table.Cell{table.Text("二")}))
		for room := range size {
			w, err := table.NewWriter(&limitedWriter{room}, f, []string{"一"})
			if err == nil {
				err = w.Write([]table.Cell{table.Text("二")})
			}
			if err == nil {
				err = w.Close()
			}
			if !errors.Is(err, errFull) {
				t.Errorf("%s, room for %d of %d: %v", f, room, size, err)
			}
		}
	}
}

func TestFormatOf(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]table.Format{"a.csv": "csv", "a.b.XLSX": "xlsx", "a.xls": "", "csv": "", "a.csv/b": "", ".csv": "csv"} {
		if got, ok := table.FormatOf(path); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s, %v", path, got, ok)
		}
	}
}

// FuzzCells checks that any text is read as it was written, and is not evaluated.
func FuzzCells(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(strings.Map(func(r rune) rune {
			if r < ' ' || r == 0xFFFE || r == 0xFFFF {
				return -1 // XML cannot contain it
			}
			return r
		}, text), "")
		if len(text) > 1<<10 {
			return
		}
		book := openExcelize(t, writeTable(t, table.XLSX, []string{"a"}, []table.Cell{table.Text(text)}))
		if got, err := book.GetCellValue(book.GetSheetName(0), "A2"); got != text || err != nil {
			t.Errorf("%q became %q, %v", text, got, err)
		}
		fields, err := csv.NewReader(bytes.NewReader(writeTable(t, table.CSV, []string{"a"}, []table.Cell{table.Text(text), table.Text("b")})[len("\ufeffa\r\n"):])).Read()
		if err != nil || strings.TrimPrefix(fields[0], "'") != strings.TrimPrefix(text, "'") {
			t.Errorf("%q became %q, %v", text, fields, err)
		}
	})
}

// BenchmarkRow writes one row of an exported history and compares excelize's
// StreamWriter.
func BenchmarkRow(b *testing.B) {
	row := []table.Cell{table.Number(-24)}
	for _, text := range hostileTexts()[:16] {
		row = append(row, table.Text(text))
	}
	for _, f := range []table.Format{table.CSV, table.XLSX} {
		b.Run(string(f), func(b *testing.B) {
			w, err := table.NewWriter(io.Discard, f, nil)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err = w.Write(row); errors.Is(err, table.ErrTooManyRows) {
					w, err = table.NewWriter(io.Discard, f, nil)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("excelize", func(b *testing.B) {
		book := excelize.NewFile(excelize.Options{TmpDir: b.TempDir()})
		defer book.Close()
		stream, err := book.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		var values []any
		for _, text := range append([]string{"-24"}, hostileTexts()[:16]...) {
			values = append(values, text)
		}
		n := 0
		for b.Loop() {
			if n++; n == 1<<20 {
				b.Fatal("too many rows")
			}
			if err := stream.SetRow(fmt.Sprintf("A%d", n), values); err != nil {
				b.Fatal(err)
			}
		}
		if err := book.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	})
}
