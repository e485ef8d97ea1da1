package table_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"fourfactor/juhe/detect"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/table"
)

// writeFile writes a file and returns its path.
func writeFile(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func openInput(t testing.TB, path, sheetName string) *table.Input {
	t.Helper()
	in, err := table.Open(context.Background(), path, sheetName, detect.CountFactors)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return in
}

// assertEqual checks a value.
func assertEqual[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// readRows returns the rows of an input, each with its own cells.
func readRows(in *table.Input) (all []table.Row, err error) {
	for row, err := range in.Rows(context.Background()) {
		if err != nil {
			return all, err
		}
		row.Cells = slices.Clone(row.Cells)
		all = append(all, row)
	}
	return all, nil
}

// readLines returns the rows of an input as "number:cell|cell".
func readLines(t testing.TB, in *table.Input) (lines []string) {
	t.Helper()
	all, err := readRows(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		lines = append(lines, fmt.Sprintf("%d:%s", row.Number, strings.Join(row.Texts(), "|")))
	}
	return lines
}

// readError opens and reads a file and returns the error.
func readError(t testing.TB, path, of string) *table.ReadError {
	t.Helper()
	in, err := table.Open(context.Background(), path, of, detect.CountFactors)
	if err == nil {
		defer in.Close()
		_, err = readRows(in)
	}
	var known *table.ReadError
	if !errors.As(err, &known) {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	if !slices.Contains(juhetest.Constants[table.ReadProblem](t), known.Problem) || known.Path != path {
		t.Errorf("%+v", known)
	}
	return known
}

func encode(t testing.TB, e interface{ Bytes([]byte) ([]byte, error) }, text string) []byte {
	t.Helper()
	b, err := e.Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	text := "企业名称,姓名\r\n北京晨星虚构科技有限公司,张三\r\n"
	rare := "企业名称,姓名\r\n㛃𠮷龻,𠮷\r\n"
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	big := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()
	for name, test := range map[string]struct {
		content []byte
		want    string
		text    string
	}{
		"utf-8":           {[]byte(rare), "UTF-8", rare},
		"utf-8 with mark": {[]byte("\ufeff" + rare), "UTF-8", rare},
		"gbk":             {encode(t, simplifiedchinese.GBK.NewEncoder(), text), "GB18030", text},
		"gb18030":         {encode(t, simplifiedchinese.GB18030.NewEncoder(), rare), "GB18030", rare},
		// Bytes of another encoder, 龻 with two bytes and with four.
		"gb18030, bytes": {[]byte("\x82\x30\xb7\x31\x95\x34\xb2\x35\xfe\xa0\x82\x35\x91\x34,\xd5\xc5\xc8\xfd\xfe\x59\n"), "GB18030", "㛃𠮷龻龻,张三龴\n"},
		"gb18030, eight": {[]byte("\xfe\x59\xfe\x61\xfe\x66\xfe\x67\xfe\x6d\xfe\x7e\xfe\x90\xfe\xa0,\xfe\x5a\x61\xfe\n"), "GB18030", "龴龵龶龷龸龹龺龻,㖞a\ufffd\n"},
		"utf-16le":       {encode(t, little, rare), "UTF-16LE", rare},
		"utf-16be":       {encode(t, big, rare), "UTF-16BE", rare},
		"utf-16le, bare": {encode(t, little, rare+strings.Repeat("1,2\r\n", 20))[2:], "UTF-16LE", rare + strings.Repeat("1,2\r\n", 20)},
		"utf-16be, bare": {encode(t, big, rare+strings.Repeat("1,2\r\n", 20))[2:], "UTF-16BE", rare + strings.Repeat("1,2\r\n", 20)},
	} {
		in := openInput(t, writeFile(t, "a.csv", test.content), "")
		if in.Encoding() != test.want {
			t.Errorf("%s is read as %s", name, in.Encoding())
		}
		var want []string
		for i, line := range strings.Split(strings.TrimSpace(test.text), "\n") {
			want = append(want, fmt.Sprintf("%d:%s", i+1, strings.ReplaceAll(strings.TrimSpace(line), ",", "|")))
		}
		if got := readLines(t, in); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		sum := sha256.Sum256(test.content)
		assertEqual(t, name+": hash", in.Hash(), hex.EncodeToString(sum[:]))
		assertEqual(t, name+": size", in.Size(), int64(len(test.content)))
		assertEqual(t, name+": sheets", strings.Join(in.Sheets(), "|"), "") // one, without a name
		assertEqual(t, name+": sheet", in.Sheet(), "")
	}
}

// TestLongEncodings: characters cross the ends of all buffers.
func TestLongEncodings(t *testing.T) {
	t.Parallel()
	for shift := range 4 {
		text := strings.Repeat("x", shift) + strings.Repeat("张㛃𠮷é,龻\n", 60_000)
		for name, content := range map[string][]byte{
			"UTF-8":    []byte(text),
			"GB18030":  encode(t, simplifiedchinese.GB18030.NewEncoder(), text),
			"UTF-16LE": encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), text),
		} {
			in := openInput(t, writeFile(t, "a.csv", content), "")
			got, err := readRows(in)
			if err != nil || in.Encoding() != name || len(got) != 60_000 {
				t.Fatalf("%s, %d: %s, %d rows, %v", name, shift, in.Encoding(), len(got), err)
			}
			for _, row := range got[1:] {
				if !slices.Equal(row.Texts(), []string{"张㛃𠮷é", "龻"}) {
					t.Fatalf("%s, row %d: %q", name, row.Number, row.Texts())
				}
			}
			if last := got[len(got)-1]; last.Offset != in.Size() {
				t.Errorf("%s: %d of %d", name, last.Offset, in.Size())
			}
		}
	}
}

func TestCSVRows(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		name, text string
		want       []string
	}{
		"line ends":            {"a.csv", "a,b\nc,d\r\ne,f\rg,h", []string{"1:a|b", "2:c|d", "3:e|f", "4:g|h"}},
		"old Mac":              {"a.csv", "a\r\rb\r", []string{"1:a", "2:", "3:b"}},
		"blank lines":          {"a.csv", "\n\r\na,b\n\n\nc\n\n", []string{"1:", "2:", "3:a|b", "4:", "5:", "6:c", "7:"}},
		"breaks in a cell":     {"a.csv", "a,\"b\r\nc\rd\ne\",f\ng\n", []string{"1:a|b\r\nc\rd\ne|f", "2:g"}},
		"empty cells":          {"a.csv", ",\n,a,\n\"\"\n", []string{"1:|", "2:|a|", "3:"}},
		"quotes":               {"a.csv", "\"a,\"\"b\"\"\",c\n", []string{"1:a,\"b\"|c"}},
		"bare quotes":          {"a.csv", "=\"0110\",5\" x\nb,c\n", []string{"1:=\"0110\"|5\" x", "2:b|c"}},
		"quoted wrapper":       {"a.csv", "\"=\"\"0110\"\"\",c\n", []string{"1:=\"0110\"|c"}},
		"after a closed quote": {"a.csv", "\"张三\"(法人),b\nc,d\n", []string{"1:张三(法人)|b", "2:c|d"}},
		"tabs in cells":        {"a.csv", strings.Repeat("\t企业,\t标识\n", 2), []string{"1:\t企业|\t标识", "2:\t企业|\t标识"}},
		"tabs behind":          {"a.csv", strings.Repeat("企业\t,标识\t\r\n", 2), []string{"1:企业\t|标识\t", "2:企业\t|标识\t"}},
		"the head decides":     {"a.csv", "姓名,备注\n张三,a;b;c;d\n", []string{"1:姓名|备注", "2:张三|a;b;c;d"}},
		"the head, semicolons": {"a.csv", "姓名;备注\n张三;a,b,c,d\n", []string{"1:姓名|备注", "2:张三|a,b,c,d"}},
		"told":                 {"a.csv", "\ufeffsep=|\r\na|b,c\r\n", []string{"1:a|b,c"}},
		"told in capitals":     {"a.tsv", "\"SEP=;\"\na;b\tc\n", []string{"1:a|b\tc"}},
		"told nothing":         {"a.csv", "sep=x\na,b\n", []string{"1:sep=x", "2:a|b"}},
		"semicolons":           {"a.csv", "a;b,c;d\n1;2;3\n", []string{"1:a|b,c|d", "2:1|2|3"}},
		"tabs":                 {"a.txt", "a\tb,c\td\n1\t2\t3\n", []string{"1:a|b,c|d", "2:1|2|3"}},
		"tsv":                  {"a.TSV", "a,b,c\td\n", []string{"1:a,b,c|d"}},
		"commas in quotes":     {"a.csv", "\"a,b,c,d\";e\n", []string{"1:a,b,c,d|e"}},
		"nul and controls":     {"a.csv", "a\x00b,\x1b[31m\n" + strings.Repeat("long enough,\n", 30), append([]string{"1:a\x00b|\x1b[31m"}, numberedLines(2, 30, "long enough|")...)},
		"no name":              {"table", "a,b\n", []string{"1:a|b"}},
	} {
		if got := readLines(t, openInput(t, writeFile(t, test.name, []byte(test.text)), "")); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func numberedLines(from, n int, text string) (lines []string) {
	for i := range n {
		lines = append(lines, fmt.Sprintf("%d:%s", from+i, text))
	}
	return lines
}

// TestReread: rows can be read again, concurrently, and not to the end.
func TestReread(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a,b\n", 50_000)
	for _, path := range []string{
		writeFile(t, "a.csv", []byte(text)),
		writeFile(t, "a.xlsx", writeTable(t, table.XLSX, []string{"a", "b"}, slices.Repeat([][]table.Cell{{table.Text("a"), table.Text("b")}}, 49_999)...)),
	} {
		in := openInput(t, path, "")
		n := 0
		for first := range in.Rows(context.Background()) {
			if first.Number == 40_000 {
				break
			}
			if first.Number%20_000 == 0 {
				all, err := readRows(in)
				if err != nil || len(all) != 50_000 {
					t.Errorf("%d rows, %v", len(all), err)
				}
			}
			n++
			if !slices.Equal(first.Texts(), []string{"a", "b"}) {
				t.Fatalf("row %d: %q", first.Number, first.Texts())
			}
		}
		if n != 39_999 {
			t.Errorf("%d rows", n)
		}
		top, err := in.FirstRows(t.Context(), 3)
		if err != nil || len(top) != 3 || top[2].Number != 3 {
			t.Errorf("%v, %v", top, err)
		}
	}
}

func TestTextsAreKept(t *testing.T) {
	t.Parallel()
	var kept []string
	for row, err := range openInput(t, writeFile(t, "a.csv", []byte("1,2\n3,4\n5,6\n")), "").Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, row.Cells[1].Text)
	}
	if !slices.Equal(kept, []string{"2", "4", "6"}) {
		t.Error(kept)
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 32_768)
	for name, test := range map[string]struct {
		content string
		want    table.ReadProblem
		detail  string
		row     int
	}{
		"empty":              {"", table.ProblemEmpty, "", 0},
		"a mark alone":       {"\ufeff", table.ProblemEmpty, "", 0},
		"blank":              {"\n , \n\t\n", table.ProblemEmpty, "", 0},
		"old excel":          {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + long, table.ProblemOldExcel, "", 0},
		"comment":            {"\ufeff<!-- x --><body><table>", table.ProblemNoTable, "", 0},
		"web archive":        {"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>", table.ProblemDamaged, "", 0},
		"half a quote":       {"a,b\n\"c,\"d\",\"e\"\n", table.ProblemUnclosedQuote, "", 2},
		"quote, then a cell": {"a,b\n\"c\" d\"e\",f\n", table.ProblemUnclosedQuote, "", 2},
		"html":               {"\ufeff\r\n<HTML xmlns:x='excel'><table>", table.ProblemNoTable, "", 0},
		"xml":                {"<?xml version='1.0'?><Workbook/>", table.ProblemDocument, "XML", 0},
		"pdf":                {"%PDF-1.7\n", table.ProblemDocument, "PDF", 0},
		"png":                {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x02", table.ProblemDocument, "PNG", 0},
		"archive":            {"PK\x05\x06" + strings.Repeat("\x00", 18), table.ProblemArchive, "zip", 0},
		"broken archive":     {"PK\x03\x04 and so on", table.ProblemCutOff, "", 0},
		"quote at the end":   {"a,b\n\nc,\"d\ne,f\n", table.ProblemUnclosedQuote, "", 3},
		"quote closed later": {"a,b\n\"c,d\ne,f\n\"g\",h\n", table.ProblemUnclosedQuote, "", 2},
		"quote over all":     {"a,b\n\"c,d\n" + strings.Repeat("e,f\n", 100_000), table.ProblemUnclosedQuote, "", 2},
		"cell":               {"a,b\nc," + long + "\n", table.ProblemTooLarge, "cell", 2},
		"quoted cell":        {"a,b\nc,\"" + long + "\"\n", table.ProblemTooLarge, "cell", 2},
		"no line end":        {"a\n" + strings.Repeat("x", 1<<20), table.ProblemTooLarge, "cell", 2},
		"columns":            {"a\n" + strings.Repeat(",", 16_384), table.ProblemTooLarge, "columns", 2},
		"row":                {"a\n" + strings.Repeat(long[3:]+",", 200), table.ProblemTooLarge, "row", 2},
	} {
		got := readError(t, writeFile(t, "a.csv", []byte(test.content)), "")
		assertEqual(t, name+": problem", got.Problem, test.want)
		assertEqual(t, name+": detail", got.Detail, test.detail)
		assertEqual(t, name+": row", got.Row, test.row)
		if strings.Contains(got.Error(), "c,d") || len(got.Error()) > 200 {
			t.Errorf("%s tells what is in a cell: %s", name, got)
		}
	}
	fits := "a,b\nc," + long[3:] + ",\"" + long[3:] + "\"\n" + strings.Repeat(",", 16_383)
	if all, err := readRows(openInput(t, writeFile(t, "a.csv", []byte(fits)), "")); err != nil || len(all) != 3 || len(all[2].Cells) != 16_384 {
		t.Errorf("%d rows, %v", len(all), err)
	}
}

func TestOpenFails(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for path, want := range map[string]table.ReadProblem{
		filepath.Join(folder, "none.csv"): table.ProblemNotFound,
		folder:                            table.ProblemNotFile,
		os.DevNull:                        table.ProblemNotFile,
	} {
		if got := readError(t, path, ""); got.Problem != want {
			t.Errorf("%s: %v", path, got)
		}
	}
	path := writeFile(t, "a.csv", []byte("a"))
	if got := readError(t, path, "Sheet1"); got.Problem != table.ProblemNoSheet || got.Detail != "" {
		t.Errorf("%+v", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := table.Open(ctx, path, "", detect.CountFactors); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	in := openInput(t, path, "")
	in.Close()
	if _, err := readRows(in); !errors.Is(err, os.ErrClosed) {
		t.Error(err)
	}
}

// TestShortenedFile: a file that becomes shorter while it is read is an error.
func TestShortenedFile(t *testing.T) {
	t.Parallel()
	path := writeFile(t, "a.csv", []byte("a,b\nc,d\n"))
	in := openInput(t, path, "")
	if err := os.Truncate(path, 4); err != nil {
		t.Fatal(err)
	}
	var known *table.ReadError
	if _, err := readRows(in); !errors.As(err, &known) || known.Problem != table.ProblemDamaged {
		t.Error(err)
	}
}

// TestRoundTrip: a table that is read, written and read again means the same in
// all formats.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	texts := hostileTexts()
	for text := range wrappedCodes() {
		texts = append(texts, text)
	}
	var source bytes.Buffer
	w := csv.NewWriter(&source)
	for _, text := range texts {
		w.Write([]string{text, "b"})
	}
	w.Flush()
	var cells [][]table.Cell
	for _, text := range texts {
		cells = append(cells, []table.Cell{table.Text(text), table.Text("b")})
	}
	for name, path := range map[string]string{
		"raw":  writeFile(t, "a.csv", source.Bytes()),
		"csv":  writeFile(t, "b.csv", writeTable(t, table.CSV, []string{"a"}, cells...)),
		"xlsx": writeFile(t, "c.xlsx", writeTable(t, table.XLSX, []string{"a"}, cells...)),
	} {
		first, err := readRows(openInput(t, path, ""))
		if err != nil {
			t.Fatal(err)
		}
		first = first[len(first)-len(texts):]
		var copied [][]table.Cell
		for i, row := range first {
			if table.Unwrap(row.Cells[0].Text) != table.Unwrap(texts[i]) {
				t.Errorf("%s: %q is read as %q", name, texts[i], row.Cells[0].Text)
			}
			copied = append(copied, []table.Cell{table.Text(row.Cells[0].Text), table.Text("b")})
		}
		for _, f := range []table.Format{table.CSV, table.XLSX} {
			again, err := readRows(openInput(t, writeFile(t, "again."+string(f), writeTable(t, f, []string{"a"}, copied...)), ""))
			if err != nil || len(again) != len(texts)+1 {
				t.Fatalf("%s, %s: %d rows, %v", name, f, len(again), err)
			}
			for i, row := range again[1:] {
				before := table.Unwrap(first[i].Cells[0].Text)
				if after := table.Unwrap(row.Cells[0].Text); after != before {
					t.Errorf("%s, %s: %q became %q", name, f, before, after)
				}
			}
		}
	}
}

// TestNearlyUTF8: a few invalid bytes do not change the encoding, in either
// direction.
func TestNearlyUTF8(t *testing.T) {
	t.Parallel()
	header := "entname,entmark,realname,idcard,note\n"
	row := "北京百度科技公司,91110108MA01ABCD2X,张三,11010519491231002X,很好\n"
	gbk := string(encode(t, simplifiedchinese.GBK.NewEncoder(), row))
	for name, test := range map[string]struct{ text, want string }{
		"a byte":         {header + strings.Repeat(row, 3) + "上海,91,李四,310,备\xe6\xb3\n", "UTF-8"},
		"one row":        {header + row + "上海,91,李四,310,\xb3\n", "UTF-8"},
		"no Latin":       {strings.Repeat("é", 21) + "\xe9\n", "UTF-8"},
		"hardly any":     {"é,\xe9\n", "GB18030"},
		"all":            {header + strings.Repeat(gbk, 3), "GB18030"},
		"one name":       {header + "a,1,\xd5\xc5\xc8\xfd,2,b\n", "GB18030"},
		"like UTF-8":     {header + "a,1,\xc1\xaa\xcd\xa8,2,b\na,1,\xd5\xc5,2,b\n", "GB18030"},
		"over the piece": {header + strings.Repeat(strings.Repeat("张", 1000)+"\n", 200) + "\xff\n", "UTF-8"},
	} {
		in := openInput(t, writeFile(t, "a.csv", []byte(test.text)), "")
		if in.Encoding() != test.want {
			t.Errorf("%s is read as %s", name, in.Encoding())
		}
	}
	in := openInput(t, writeFile(t, "a.csv", []byte(header+row+"上海,91,李\xe5\x9b,310,\n")), "")
	all, err := readRows(in)
	if err != nil || all[1].Cells[2].Text != "张三" {
		t.Fatal(all, err)
	}
	if got := all[2].Cells[2].Text; !strings.ContainsRune(got, '\ufffd') {
		t.Errorf("got %q, want U+FFFD in it", got)
	}
}

// TestUndecodableText: invalid bytes are reported in their cell.
func TestUndecodableText(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"UTF-8":    "\ufeffa,张\xff\nb,张三\n",
		"GB18030":  "a,\xd5\xc5\xff\nb,\xd5\xc5\xc8\xfd\n",
		"UTF-16LE": "\xff\xfea\x00,\x00\x00\xd8\n\x00b\x00,\x00\x20\x5f\n\x00",
	} {
		in := openInput(t, writeFile(t, "a.csv", []byte(content)), "")
		all, err := readRows(in)
		if err != nil || len(all) != 2 {
			t.Fatalf("%s: got rows %v, error %v, want two rows", name, all, err)
		}
		assertEqual(t, "encoding", in.Encoding(), name)
		for i, want := range []bool{true, false} {
			if text := all[i].Cells[1].Text; strings.ContainsRune(text, '\ufffd') != want {
				t.Errorf("%s: got %q, want U+FFFD in it: %v", name, text, want)
			}
		}
	}
}

// wrappedCodes returns cells as people and programs write them, with their
// meaning.
func wrappedCodes() map[string]string {
	return map[string]string{
		"'110105194912310021": "110105194912310021", "\t110105194912310021": "110105194912310021", "\t\t1": "1", `="0110"`: "0110", "'\t1": "1",
		`'="01"`: "01", "''1": "'1", `="a"&"b"`: `="a"&"b"`, "=1": "=1", `=""`: "", "1": "1", " '1": " '1", `="1" `: `="1" `, "1\t": "1\t", "": "", `="`: `="`,
		"\t'1": "'1", "'": "", "“1”": "“1”",
	}
}

func TestUnwrap(t *testing.T) {
	t.Parallel()
	for text, want := range wrappedCodes() {
		if got := table.Unwrap(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
