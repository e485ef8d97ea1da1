package table_test

import (
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe/table"
)

// TestInlineCells: a second text that a program leaves in the cell does not
// count.
func TestInlineCells(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		`<c t="inlineStr"><v>20</v><is><t>11010519491231002X</t></is></c>`:                         "0:11010519491231002X",
		`<c t="inlineStr"><is><t>11010519491231002X</t></is><v>20</v></c>`:                         "0:11010519491231002X",
		`<c t="inlineStr"><v>a</v><is><r><t>张</t></r><r><t> 三</t></r><rPh><t>z</t></rPh></is></c>`: "0:张 三",
		`<c t="inlineStr"><v>张三</v></c>`:                                                           "0:张三",
		`<c t="inlineStr"><v>20</v><is><t></t></is></c>`:                                           "",
		`<c><is><t>张三</t></is></c>`:                                                                "0:张三",
		`<c t="str"><v>张三</v><is><t>x</t></is></c>`:                                                "0:张三",
		`<c><v>5</v><is><t>x</t></is></c>`:                                                         "1:5",
		`<c t="s"><v>0</v><is><t>x</t></is></c>`:                                                   "0:一二",
		`<c t="inlineStr"><is><t xml:space="preserve"> 张 </t></is></c>`:                            "0: 张 ",
	} {
		data := "<sheetData><row>" + cell + `<c r="Z1"><v>1</v></c></row></sheetData>`
		all, err := readRows(openInput(t, writeFile(t, "a.xlsx", foreignWorkbook(t, data, zipPart{"xl/sharedstrings.xml", `<sst><si><r><t>一</t></r><rPh><t>yi</t></rPh><r><t>二</t></r></si></sst>`})), ""))
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %v, %v", cell, all, err)
		}
		if got := kindsAndTexts(all[0])[0]; got != want && (want != "" || got != "0:") {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
}

// TestFormulaResults: a formula without a result is not an empty cell, and the 0
// that programs save instead is not a number.
func TestFormulaResults(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		cell string
		want table.Value
	}{
		{`<c><f>A1&amp;B1</f><v></v></c>`, table.Value{Kind: table.KindNumber, Formula: true}},
		{`<c><f>A1&amp;B1</f><v/></c>`, table.Value{Kind: table.KindNumber, Formula: true}},
		{`<c><f>A1&amp;B1</f></c>`, table.Value{Kind: table.KindNumber, Formula: true}},
		{`<c t="str"><f>A1&amp;B1</f></c>`, table.Value{Kind: table.KindNumber, Formula: true}},
		{`<c t="s"><f>A1</f></c>`, table.Value{Kind: table.KindNumber, Formula: true}},
		{`<c><f>A1&amp;B1</f><v>0</v></c>`, table.Value{Text: "0", Kind: table.KindNumber, Formula: true}},
		{`<c t="n"><f>A1&amp;B1</f><v>0.0</v></c>`, table.Value{Text: "0.0", Kind: table.KindNumber, Formula: true}},
		{`<c><f t="shared" si="0"/><v>0</v></c>`, table.Value{Text: "0", Kind: table.KindNumber, Formula: true}},
		{`<c t="str"><f>IF(A1="","",A1)</f><v></v></c>`, table.Value{}},
		{`<c t="str"><f>A1</f><v>张三</v></c>`, table.Value{Text: "张三", Formula: true}},
		{`<c t="s"><f>A1</f><v>0</v></c>`, table.Value{Text: "一", Formula: true}},
		{`<c t="e"><f>A1</f><v>#REF!</v></c>`, table.Value{Text: "#REF!", Kind: table.KindError, Formula: true}},
		{`<c t="e"><f>A1</f><v>#N/A</v></c>`, table.Value{Text: "#N/A", Kind: table.KindError, Formula: true}},
		{`<c><f>A1</f><v>12</v></c>`, table.Value{Text: "12", Kind: table.KindNumber, Formula: true}},
		{`<c><v>0</v></c>`, table.Value{Text: "0", Kind: table.KindNumber}},
		{`<c/>`, table.Value{}},
	} {
		data := "<sheetData><row>" + test.cell + `<c r="Z1"><v>1</v></c></row></sheetData>`
		in := openInput(t, writeFile(t, "a.xlsx", foreignWorkbook(t, data, zipPart{"xl/sharedstrings.xml", `<sst><si><t>一</t></si></sst>`})), "")
		all, err := readRows(in)
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %v, %v", test.cell, all, err)
		}
		assertEqual(t, test.cell, all[0].Cells[0], test.want)
	}
	none := openInput(t, writeFile(t, "a.xlsx", foreignWorkbook(t, `<sheetData><row><c><f>A9</f></c></row></sheetData>`)), "")
	if all, err := readRows(none); err != nil || len(all) != 1 || all[0].IsBlank() {
		t.Errorf("a row of formulas without results is blank: %v, %v", all, err)
	}
}

// TestMergedCells: they are listed behind the rows, in any order.
func TestMergedCells(t *testing.T) {
	t.Parallel()
	row := func(cells string) string { return "<row>" + cells + "</row>" }
	text := func(ref, text string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	data := `<x><sheetData>` + row(text("A1", "mergeCell")+text("B1", "y")) + row(text("A2", "a")) + row(text("B3", "b")) + row(text("B4", "c")) + row(text("B5", "d")) +
		`</sheetData><mergeCells count="4"><mergeCell ref="D5:D6"/><mergeCell ref="A2:A4"/><mergeCell ref="B1:C1"/><mergeCell ref="?"/><mergeCell ref="C4:C2"/><mergeCell ref="E1:E1048577"/></mergeCells></x>`
	in := openInput(t, writeFile(t, "a.xlsx", foreignWorkbook(t, data)), "")
	for range 2 {
		var got []string
		for r, err := range in.Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			for column := range 6 {
				if v, first, last, ok := r.MergedCell(column); ok {
					got = append(got, table.ColumnName(column)+string(rune('0'+r.Number))+"="+v.Text+string(rune('0'+first))+string(rune('0'+last)))
				}
			}
		}
		if want := []string{"A2=a24", "A3=a24", "A4=a24", "D5=56"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	many := "<x><sheetData>" + row(text("A1", "a")) + "</sheetData>" + strings.Repeat(`<mergeCell ref="A1:A2"/>`, 1<<20+1) + "</x>"
	if got := readError(t, writeFile(t, "a.xlsx", foreignWorkbook(t, many)), ""); got.Problem != table.ProblemTooLarge || got.Detail != "merges" {
		t.Error(got)
	}
}
