package table_test

import (
	"bytes"
	"compress/gzip"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fourfactor/juhe/table"
)

// compoundFile returns a compound file with one stream.
func compoundFile(stream string) []byte {
	file := make([]byte, 4096)
	copy(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	entry := file[2048+128:]
	name := utf16.Encode([]rune(stream + "\x00"))
	for i, u := range name {
		entry[2*i], entry[2*i+1] = byte(u), byte(u>>8)
	}
	entry[64] = byte(2 * len(name))
	return file
}

// TestRejectedFormats: a file that is not a table is rejected as what it is.
func TestRejectedFormats(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte("a,b\n"))
	w.Close()
	noise := func(n int) []byte {
		b := make([]byte, n)
		r := rand.NewChaCha8([32]byte{})
		r.Read(b)
		b[0] = 'x'
		return b
	}
	gbk := string(encode(t, simplifiedchinese.GBK.NewEncoder(), "名单.csv"))
	book := writeTable(t, table.XLSX, []string{"a"}, []table.Cell{table.Text("b")})
	for name, test := range map[string]struct {
		file    string
		content []byte
		want    table.ReadProblem
		detail  string
	}{
		"xls":              {"a.xls", compoundFile("Workbook"), table.ProblemOldExcel, ""},
		"xls of Excel 5":   {"a.xls", compoundFile("Book"), table.ProblemOldExcel, ""},
		"xls of Excel 4":   {"a.xls", []byte("\x09\x04\x06\x00\x00\x00\x10\x00"), table.ProblemOldExcel, ""},
		"xls named xlsx":   {"a.xlsx", compoundFile("Workbook"), table.ProblemOldExcel, ""},
		"et":               {"a.ET", compoundFile("Workbook"), table.ProblemOtherFormat, ".et"},
		"password":         {"a.xlsx", compoundFile("EncryptedPackage"), table.ProblemPassword, ""},
		"doc":              {"a.doc", compoundFile("WordDocument"), table.ProblemDocument, "Word"},
		"ppt":              {"a.xls", compoundFile("PowerPoint Document"), table.ProblemDocument, "PowerPoint"},
		"xlsb":             {"a.xlsb", zipArchive(t, zipPart{"_rels/.rels", `<a><Relationship Type="/officeDocument" Target="xl/workbook.bin"/></a>`}, zipPart{"xl/workbook.bin", "x"}), table.ProblemOtherFormat, ".xlsb"},
		"ods":              {"a.ods", zipArchive(t, zipPart{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, zipPart{"content.xml", "<a/>"}), table.ProblemOtherFormat, ".ods"},
		"numbers":          {"a.numbers", zipArchive(t, zipPart{"Index/Document.iwa", "x"}), table.ProblemOtherFormat, ".numbers"},
		"docx":             {"a.xlsx", zipArchive(t, zipPart{"word/document.xml", "<a/>"}), table.ProblemDocument, "Word"},
		"ofd":              {"a.ofd", zipArchive(t, zipPart{"OFD.xml", "<a/>"}), table.ProblemDocument, "OFD"},
		"zip":              {"a.zip", zipArchive(t, zipPart{"x/名单.csv", "a"}, zipPart{"b.XLSX", "b"}, zipPart{"c.png", "c"}), table.ProblemArchive, "zip: 名单.csv, b.XLSX"},
		"zip, GBK":         {"a.zip", zipArchive(t, zipPart{gbk, "a"}), table.ProblemArchive, "zip: 名单.csv"},
		"zip, no table":    {"a.xlsx", zipArchive(t, zipPart{"c.png", "c"}), table.ProblemArchive, "zip"},
		"gz":               {"a.csv.gz", packed.Bytes(), table.ProblemArchive, "gz"},
		"rar":              {"a.xlsx", []byte("Rar!\x1a\x07\x01\x00x"), table.ProblemArchive, "rar"},
		"7z":               {"a.7z", []byte("7z\xbc\xaf\x27\x1c\x00\x04"), table.ProblemArchive, "7z"},
		"tar":              {"a.tar", []byte("a.csv" + strings.Repeat("\x00", 252) + "ustar\x00"), table.ProblemArchive, "tar"},
		"pdf":              {"a.xlsx", []byte("%PDF-1.7\n%\xe2\xe3"), table.ProblemDocument, "PDF"},
		"jpeg":             {"a.csv", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), table.ProblemDocument, "JPEG"},
		"rtf":              {"a.csv", []byte(`{\rtf1\ansi`), table.ProblemDocument, "RTF"},
		"webp":             {"a.csv", []byte("RIFF\x00\x01\x00\x00WEBPVP8 "), table.ProblemDocument, "RIFF"},
		"bz2":              {"a.csv", []byte("BZh91AY&SY\x01"), table.ProblemArchive, "bz2"},
		"shortcut":         {"a.csv", []byte("L\x00\x00\x00\x01\x14\x02\x00\x01"), table.ProblemDocument, ".lnk"},
		"fods":             {"a.fods", []byte(`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>`), table.ProblemOtherFormat, ".fods"},
		"header of NULs":   {"a.xlsx", slices.Concat([]byte("x"), make([]byte, 4096), noise(600)), table.ProblemProtected, ""},
		"json":             {"a.csv", []byte("\ufeff [ {\"企业名称\": 1}]"), table.ProblemDocument, "JSON"},
		"json object":      {"a.json", []byte("{\n\t\"code\": 401}"), table.ProblemDocument, "JSON"},
		"xml":              {"a.xml", []byte("<?xml version='1.0'?><rows><row/></rows>"), table.ProblemDocument, "XML"},
		"database":         {"a.xlsx", []byte("SQLite format 3\x00\x10"), table.ProblemDocument, "SQLite"},
		"E-SafeNet":        {"a.xlsx", append([]byte("\x62\x14\x23\x65\x01\x00\x00\x00E-SafeNet\x00LOCK"), noise(3000)...), table.ProblemProtected, "E-SafeNet"},
		"E-SafeNet within": {"a.csv", append([]byte("x\x00\x00E-SafeNet"), noise(300)...), table.ProblemProtected, "E-SafeNet"},
		"TSD":              {"a.csv", append([]byte("%TSD-Header-###%\x00\x01"), noise(3000)...), table.ProblemProtected, "TSD"},
		"ciphertext":       {"a.xlsx", noise(5000), table.ProblemProtected, ""},
		"short ciphertext": {"a.csv", noise(400), table.ProblemProtected, ""},
		"binary":           {"a.csv", bytes.Repeat([]byte("\x01\x02\x03\x04 some text"), 100), table.ProblemFormat, ""},
		"lock":             {"~$名单.xlsx", append([]byte{4, 'u', 's', 'e', 'r'}, bytes.Repeat([]byte{' ', 0}, 80)...), table.ProblemLockFile, "名单.xlsx"},
		"lock of WPS":      {".~名单.xlsx", []byte("x"), table.ProblemLockFile, "名单.xlsx"},
		"lock, empty":      {"~$a.xlsx", nil, table.ProblemLockFile, "a.xlsx"},
		"beside, macOS":    {"._a.csv", []byte("\x00\x05\x16\x07\x00\x02"), table.ProblemLockFile, "a.csv"},
		"half a workbook":  {"a.xlsx", book[:len(book)/2], table.ProblemCutOff, ""},
		"web page":         {"a.xls", []byte("<!DOCTYPE html><html><body>请重新登录</body></html>"), table.ProblemNoTable, ""},
		"NULs":             {"a.xlsx", make([]byte, 9000), table.ProblemNUL, ""},
	} {
		got := readError(t, writeFile(t, test.file, test.content), "")
		if got.Problem != test.want || got.Detail != test.detail {
			t.Errorf("%s: %s %q, want %s %q", name, got.Problem, got.Detail, test.want, test.detail)
		}
	}
	locked := saveExcelize(t, func(book *excelize.File) error { return book.SetCellStr("Sheet1", "A1", "a") }, excelize.Options{Password: "p"})
	if got := readError(t, locked, ""); got.Problem != table.ProblemPassword {
		t.Errorf("excelize's own: %v", got)
	}
}

// TestSimilarFormats: tables whose text begins like another format.
func TestSimilarFormats(t *testing.T) {
	t.Parallel()
	long := writeTable(t, table.XLSX, []string{"a"}, []table.Cell{table.Text("b")})
	for name, content := range map[string][]byte{
		"a.csv": []byte("[企业],{姓名}\na,b\n"), "b.csv": []byte("From: x,Date\na,b\n"), "BM.csv": []byte("BM,a\nc,d\n"), "c.txt": []byte("<企业>,姓名\na,b\n"),
		"~$.csv": bytes.Repeat([]byte("a,b\n"), 2000), "d.xlsm": long, "e.xls": long, "f.csv": long,
		"padded.xlsx": append(bytes.Clone(long), make([]byte, 200_000)...), "images.csv": []byte("a,b,c,d,WEBP,BZh\n1,2,3,4,5,6\n"),
		"g.csv": encode(t, simplifiedchinese.GBK.NewEncoder(), strings.Repeat("企业名称北京晨星虚构科技有限公司，", 30)+",张三\n"),
	} {
		if got := readLines(t, openInput(t, writeFile(t, name, content), "")); len(got) == 0 {
			t.Errorf("%s: %q", name, got)
		}
	}
}
