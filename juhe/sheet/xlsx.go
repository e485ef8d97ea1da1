package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxRows is how many rows a sheet of XLSX has at most.
const MaxRows = 1 << 20

const (
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
// format 49, "@"), 2 the same in bold, 3 to 5 a date, a date with the time, and a
// time.
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
		`<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/>` +
		`<numFmt numFmtId="166" formatCode="hh:mm:ss"/></numFmts>` +
		`<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>` +
		`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`},
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
	if t.rows == MaxRows {
		return ErrRows
	}
	t.rows++
	row := strconv.Itoa(t.rows)
	t.out.WriteString(`<row r="` + row + `">`)
	for i, c := range cells {
		if err := t.cell(ColumnName(i)+row, c, style); err != nil {
			return err
		}
	}
	// The buffer keeps the first error and gives it here.
	_, err := t.out.WriteString(`</row>`)
	return err
}

func (t *xlsxTable) cell(ref string, c Cell, style string) error {
	if attrs, value, ok := c.typed(); ok {
		t.out.WriteString(`<c r="` + ref + `"` + attrs + `><v>` + value + `</v></c>`)
		return nil
	}
	text := c.text
	if c.spoilt {
		text = spoiltMark + text
	}
	if text == "" {
		return nil
	}
	if tooLong(text) {
		return ErrCell
	}
	t.out.WriteString(`<c r="` + ref + `" s="` + style + `" t="inlineStr"><is><t xml:space="preserve">`)
	xml.EscapeText(t.out, []byte(literal(text)))
	t.out.WriteString(`</t></is></c>`)
	return nil
}

// typed is a cell that is no text, if it can be written as what it is: its
// attributes and its value, which need no escape.
func (c Cell) typed() (attrs, value string, ok bool) {
	switch {
	case c.number != nil:
		return "", strconv.FormatInt(*c.number, 10), true
	case c.kind == KindNumber && isNumber(c.text):
		return "", c.text, true
	case c.kind == KindBool && c.text == "TRUE":
		return ` t="b"`, "1", true
	case c.kind == KindBool && c.text == "FALSE":
		return ` t="b"`, "0", true
	case c.kind == KindError && isError(c.text) && c.text[0] == '#' && c.text[1] != '#':
		return ` t="e"`, c.text, true
	case c.kind == KindDate:
		style, days, ok := serialOf(c.text)
		return ` s="` + style + `"`, days, ok
	}
	return "", "", false
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

// literal writes as the escape of a character (ECMA-376 part 1, 22.4.2.4) what
// XML cannot hold, and what a spreadsheet would take for one, such as _x0041_, so
// that both stay as they are.
func literal(text string) string {
	if !strings.Contains(text, "_x") && strings.IndexFunc(text, unwritable) < 0 {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case unwritable(r):
			fmt.Fprintf(&b, "_x%04X_", r)
			continue
		case r == '_' && isEscaped(text[i:]):
			b.WriteString("_x005F")
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unwritable tells whether XML has no way to write a character. Of a line end it
// keeps LF alone.
func unwritable(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF
}

// isEscaped reports whether a text begins with the escape of a character.
func isEscaped(text string) bool {
	if len(text) < len("_x0041_") || text[:2] != "_x" || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}
