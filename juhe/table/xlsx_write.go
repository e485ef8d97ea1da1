package table

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

// MaxRows is the limit of the rows of a sheet of XLSX.
const MaxRows = 1 << 20

const maxText = 1<<15 - 1 // UTF-16 code units in a cell

// xlsxWriter writes the rows of the only sheet to an archive that already has the
// other parts. excelize would slow down every start of the program, and keeps
// long tables in plain temporary files.
type xlsxWriter struct {
	zip  *zip.Writer
	out  *bufio.Writer
	rows int
}

const (
	xmlDeclaration        = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	ooxml                 = "http://schemas.openxmlformats.org/"
	mainNamespace         = ooxml + "spreadsheetml/2006/main"
	contentType           = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	relationshipNamespace = ooxml + "officeDocument/2006/relationships"
)

// fixedParts are the other parts (ECMA-376 part 1, 12.3). Style 1 is text (number
// format 49, "@"), 2 is bold text, 3 to 5 are a date, a date with time, and a
// time.
var fixedParts = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="` + ooxml + `package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + contentType + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + contentType + `styles+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + contentType + `worksheet+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="` + ooxml + `package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relationshipNamespace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="` + mainNamespace + `" xmlns:r="` + relationshipNamespace + `">` +
		`<sheets><sheet name="fourfactor" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + ooxml + `package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relationshipNamespace + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relationshipNamespace + `/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="` + mainNamespace + `">` +
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

// sheetStart freezes the header row and makes columns wide enough for an order
// ID.
const sheetStart = `<worksheet xmlns="` + mainNamespace + `"><sheetViews><sheetView workbookViewId="0">` +
	`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
	`<sheetFormatPr defaultRowHeight="15" defaultColWidth="24"/><sheetData>`

func newXLSX(w io.Writer, header []string) (*xlsxWriter, error) {
	t := &xlsxWriter{zip: zip.NewWriter(w)}
	for _, part := range fixedParts {
		out, err := t.zip.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(out, xmlDeclaration+part.text); err != nil {
			return nil, err
		}
	}
	out, err := t.zip.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	t.out = bufio.NewWriterSize(out, 64<<10)
	t.out.WriteString(xmlDeclaration + sheetStart)
	return t, t.writeStyledRow(textCells(header), "2")
}

func (w *xlsxWriter) writeRow(cells []Cell) error { return w.writeStyledRow(cells, "1") }

// writeStyledRow writes a row whose texts have a style.
func (w *xlsxWriter) writeStyledRow(cells []Cell, style string) error {
	if w.rows == MaxRows {
		return ErrTooManyRows
	}
	w.rows++
	row := strconv.Itoa(w.rows)
	w.out.WriteString(`<row r="` + row + `">`)
	for i, c := range cells {
		if err := w.writeCell(ColumnName(i)+row, c, style); err != nil {
			return err
		}
	}
	// The buffer returns its first error here.
	_, err := w.out.WriteString(`</row>`)
	return err
}

func (w *xlsxWriter) writeCell(ref string, c Cell, style string) error {
	if attrs, value, ok := c.typedValue(); ok {
		w.out.WriteString(`<c r="` + ref + `"` + attrs + `><v>` + value + `</v></c>`)
		return nil
	}
	text := c.text
	if c.marked {
		text = mark + text
	}
	if text == "" {
		return nil
	}
	if isTooLong(text) {
		return ErrCellTooLong
	}
	w.out.WriteString(`<c r="` + ref + `" s="` + style + `" t="inlineStr"><is><t xml:space="preserve">`)
	xml.EscapeText(w.out, []byte(escapeText(text)))
	w.out.WriteString(`</t></is></c>`)
	return nil
}

// typedValue returns the attributes and the value of a cell that is not text, if it can
// be written with its kind. The value needs no escaping.
func (c Cell) typedValue() (attrs, value string, ok bool) {
	switch {
	case c.number != nil:
		return "", strconv.FormatInt(*c.number, 10), true
	case c.kind == KindNumber && isNumber(c.text):
		return "", c.text, true
	case c.kind == KindBool && c.text == "TRUE":
		return ` t="b"`, "1", true
	case c.kind == KindBool && c.text == "FALSE":
		return ` t="b"`, "0", true
	case c.kind == KindError && IsError(c.text) && c.text[0] == '#' && c.text[1] != '#':
		return ` t="e"`, c.text, true
	case c.kind == KindDate:
		style, days, ok := parseSerial(c.text)
		return ` s="` + style + `"`, days, ok
	}
	return "", "", false
}

func (w *xlsxWriter) close() error {
	w.out.WriteString(`</sheetData></worksheet>`)
	if err := w.out.Flush(); err != nil {
		return err
	}
	return w.zip.Close()
}

// isTooLong reports whether a text does not fit into a cell of a spreadsheet.
func isTooLong(text string) bool {
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

// escapeText escapes (ECMA-376 part 1, 22.4.2.4) what XML cannot contain, and
// what a spreadsheet would take for an escape, such as _x0041_.
func escapeText(text string) string {
	if !strings.Contains(text, "_x") && strings.IndexFunc(text, isUnwritable) < 0 {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case isUnwritable(r):
			fmt.Fprintf(&b, "_x%04X_", r)
			continue
		case r == '_' && isEscaped(text[i:]):
			b.WriteString("_x005F")
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isUnwritable reports whether XML cannot contain a character. Of line ends it
// keeps only LF.
func isUnwritable(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF
}

// isEscaped reports whether a text begins with an escaped character.
func isEscaped(text string) bool {
	if len(text) < len("_x0041_") || text[:2] != "_x" || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}
