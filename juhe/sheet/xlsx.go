package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxRows = 1 << 20
	maxText = 1<<15 - 1 // of UTF-16
)

// xlsxTable writes the one sheet as its rows come, into a zip that already has
// everything else. excelize would write it too, but to link it costs every
// start of the program, and it keeps long tables in a temporary file in plain.
type xlsxTable struct {
	zip  *zip.Writer
	out  *bufio.Writer
	rows int
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	ooxml   = "http://schemas.openxmlformats.org/"
	main    = ooxml + "spreadsheetml/2006/main"
	kind    = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	office  = ooxml + "officeDocument/2006/relationships"
)

// parts are the fixed ones (ECMA-376 part 1, 12.3). Style 1 is a text (number
// format 49, "@"), 2 the same in bold.
var parts = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="` + ooxml + `package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + kind + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + kind + `styles+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + kind + `worksheet+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="` + ooxml + `package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + office + `">` +
		`<sheets><sheet name="fourfactor" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + ooxml + `package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="` + main + `">` +
		`<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`},
}

// The head stays in sight, and columns have room for an order id.
const sheetHead = `<worksheet xmlns="` + main + `"><sheetViews><sheetView workbookViewId="0">` +
	`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
	`<sheetFormatPr defaultRowHeight="15" defaultColWidth="24"/><sheetData>`

func newXLSX(w io.Writer, head []string) (*xlsxTable, error) {
	t := &xlsxTable{zip: zip.NewWriter(w)}
	for _, part := range parts {
		out, err := t.zip.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(out, xmlHead+part.text); err != nil {
			return nil, err
		}
	}
	out, err := t.zip.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	t.out = bufio.NewWriterSize(out, 64<<10)
	t.out.WriteString(xmlHead + sheetHead)
	return t, t.styled(texts(head), "2")
}

func (t *xlsxTable) row(cells []Cell) error { return t.styled(cells, "1") }

// styled adds a row with the style of its texts.
func (t *xlsxTable) styled(cells []Cell, style string) error {
	if t.rows == maxRows {
		return ErrRows
	}
	t.rows++
	row := strconv.Itoa(t.rows)
	t.out.WriteString(`<row r="` + row + `">`)
	for i, c := range cells {
		ref := ColumnName(i) + row
		switch {
		case c.number != nil:
			t.out.WriteString(`<c r="` + ref + `"><v>` + strconv.FormatInt(*c.number, 10) + `</v></c>`)
		case c.text == "":
		case tooLong(c.text):
			return ErrCell
		default:
			t.out.WriteString(`<c r="` + ref + `" s="` + style + `" t="inlineStr"><is><t xml:space="preserve">`)
			xml.EscapeText(t.out, []byte(literal(c.text)))
			t.out.WriteString(`</t></is></c>`)
		}
	}
	// The buffer keeps the first error and gives it here.
	_, err := t.out.WriteString(`</row>`)
	return err
}

func (t *xlsxTable) end() error {
	t.out.WriteString(`</sheetData></worksheet>`)
	if err := t.out.Flush(); err != nil {
		return err
	}
	return t.zip.Close()
}

// tooLong tells whether a cell of a spreadsheet cannot hold a text.
func tooLong(text string) bool {
	units := utf8.RuneCountInString(text)
	if units <= maxText/2 {
		return false
	}
	for _, r := range text {
		if r > 0xFFFF {
			units++
		}
	}
	return units > maxText
}

// literal writes what a spreadsheet would take for the escape of a character,
// such as _x0041_ (ECMA-376 part 1, 22.4.2.4), so that it stays as it is.
func literal(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if escaped(text[i:]) {
			b.WriteString("x005F_")
		}
	}
	return b.String()
}

// escaped tells whether a text begins with the escape of a character.
func escaped(text string) bool {
	if len(text) < len("_x0041_") || text[:2] != "_x" || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}
