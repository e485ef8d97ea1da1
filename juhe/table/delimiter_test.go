package table_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"fourfactor/juhe/table"
)

// TestDelimiters: the header reveals the delimiter.
func TestDelimiters(t *testing.T) {
	t.Parallel()
	head := []string{"企业名称", "统一社会信用代码", "法定代表人", "身份证号"}
	for _, separator := range []string{",", ";", "\t", "|", "，", "；", "｜", "、", "^", "~"} {
		text := strings.Join(head, separator) + "\r\n" + strings.Join([]string{"一,二", `"三` + separator + `四"`, "五", "六"}, separator) + "\r\n"
		want := []string{"1:" + strings.Join(head, "|"), "2:一,二|三" + separator + "四|五|六"}
		if separator == "," {
			want[1] = "2:一|二|三,四|五|六"
		}
		for name, content := range map[string][]byte{"UTF-8": []byte(text), "GB18030": encode(t, simplifiedchinese.GB18030.NewEncoder(), text)} {
			in := openInput(t, writeFile(t, "a.csv", content), "")
			if got := readLines(t, in); in.Encoding() != name || !slices.Equal(got, want) {
				t.Errorf("%s in %s: %q, want %q", separator, in.Encoding(), got, want)
			}
		}
	}
	// A full-width comma in ordinary text is not a delimiter.
	for _, text := range []string{"企业名称,备注\na,一，二，三，四\n", "说明，请看，这里，\na,b\n", "姓名，老板\na\n"} {
		in := openInput(t, writeFile(t, "a.csv", []byte(text)), "")
		if got := readLines(t, in); !strings.Contains(strings.Join(got, "\n"), "，") {
			t.Errorf("%q: %q", text, got)
		}
	}
	// Each buffer of the reader ends within a delimiter once.
	for shift := range 4 {
		text := strings.Join(head, "，") + "\n" + strings.Repeat("x", shift) + strings.Repeat("张，三，，\n", 30_000)
		all, err := readRows(openInput(t, writeFile(t, "a.csv", []byte(text)), ""))
		if err != nil || len(all) != 30_001 {
			t.Fatal(len(all), err)
		}
		for _, row := range all[2:] {
			if !slices.Equal(row.Texts(), []string{"张", "三", "", ""}) {
				t.Fatalf("%q", row.Texts())
			}
		}
	}
}

// TestDOSEndOfFile: Ctrl+Z at the end is not a row.
func TestDOSEndOfFile(t *testing.T) {
	t.Parallel()
	in := openInput(t, writeFile(t, "a.csv", []byte("企业名称,姓名\r\na,b\r\n\x1a")), "")
	if top, err := in.FirstRows(t.Context(), 9); err != nil || len(top) != 2 {
		t.Error(len(top), err)
	}
}

// TestNULs: NULs at the end are padding; within a text they replace lost text.
func TestNULs(t *testing.T) {
	t.Parallel()
	text := "企业名称,姓名\r\n北京,张三\r\n"
	want := []string{"1:企业名称|姓名", "2:北京|张三"}
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()
	for name, content := range map[string][]byte{
		"UTF-8": []byte(text), "UTF-8, no line end": []byte(strings.TrimSpace(text)), "GB18030": encode(t, simplifiedchinese.GBK.NewEncoder(), text),
		"UTF-16LE": encode(t, little, text), "UTF-16BE": encode(t, big, text),
		"UTF-16LE, bare": encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(), text),
	} {
		for _, nuls := range []int{0, 1, 2, 3, 63, 64, 4096, 100_000, 300_000} {
			in := openInput(t, writeFile(t, "a.csv", append(slices.Clone(content), make([]byte, nuls)...)), "")
			if got := readLines(t, in); !slices.Equal(got, want) {
				t.Errorf("%s and %d NULs, as %s: %q", name, nuls, in.Encoding(), got)
			}
		}
	}
	for name, test := range map[string]struct {
		text string
		row  int
	}{
		"all":           {strings.Repeat("\x00", 70_000), 0},
		"one":           {"\x00", 0},
		"in the middle": {text + strings.Repeat("\x00", 4096) + text, 3},
		"at the top":    {strings.Repeat("\x00", 64) + text, 1},
		"far down":      {text + strings.Repeat("a,b\n", 100_000) + strings.Repeat("\x00", 100) + "\n", 100_003},
		"over a piece":  {text + strings.Repeat("x", 256<<10-len(text)-32) + strings.Repeat("\x00", 64) + "\n", 3},
		"long":          {text + strings.Repeat("\x00", 600_000) + text, 3},
	} {
		if got := readError(t, writeFile(t, "a.csv", []byte(test.text)), ""); got.Problem != table.ProblemNUL || got.Row != test.row {
			t.Errorf("%s: %v", name, got)
		}
	}
	all, err := readRows(openInput(t, writeFile(t, "a.csv", []byte(text+strings.Repeat("a,b\n", 50)+"北京,张\x00三\n")), ""))
	if err != nil {
		t.Fatal(err)
	}
	if got := all[len(all)-1].Cells[1].Text; got != "张\x00三" {
		t.Errorf("got %q, want the NUL within a text", got)
	}
}
