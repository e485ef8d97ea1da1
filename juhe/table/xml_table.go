package table

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// newXMLWorkbook returns the workbook in a spreadsheet in XML, the format of Excel 2002
// and 2003 that other systems still write.
func newXMLWorkbook(ctx context.Context, p pageOpener, size int64) (*workbook, error) {
	const none = -1
	x, err := readXMLTable(ctx, p, none, nil)
	if err != nil {
		return nil, err
	}
	if len(x.sheets) == 0 {
		return nil, &ReadError{Problem: ProblemEmpty}
	}
	for i := range x.sheets {
		x.sheets[i].byteSize, x.sheets[i].read = size, func(ctx context.Context, yield func(Row, error) bool) error {
			_, err := readXMLTable(ctx, p, i, yield)
			return err
		}
	}
	return &workbook{sheets: x.sheets}, nil
}

// readXMLTable reads the rows of a sheet, and the rest of the file, which may be cut
// off.
func readXMLTable(ctx context.Context, p pageOpener, sheet int, yield func(Row, error) bool) (*xmlTableReader, error) {
	text, count, err := p(ctx)
	if err != nil {
		return nil, err
	}
	x := &xmlTableReader{xmlReader: newXMLReader(text), count: count, sheet: sheet, merged: &mergedCells{}}
	for {
		row, err := x.readRow()
		if errors.Is(err, io.EOF) && x.complete {
			return x, nil
		}
		if err != nil {
			return nil, x.locate(err)
		}
		if len(row.Cells) > 0 && !yield(row, nil) {
			return x, nil
		}
	}
}

// xmlTableReader reads one sheet of a spreadsheet in XML.
type xmlTableReader struct {
	*xmlReader
	count    *countingReader
	sheet    int         // the one to read
	sheets   []worksheet // that have begun
	complete bool        // the workbook has ended

	number    int
	span      int // rows without cells that follow
	inRow     bool
	rowHidden bool
	rowBuilder
	column      int
	cell        xmlCell
	merged      *mergedCells
	textElement string // the element whose text comes: Data or Visible
	inComment   bool   // which has Data too
}

type xmlCell struct {
	open                   bool
	mergeAcross, mergeDown int
	kind                   string
	formula                bool
	text                   []byte
}

// locate adds the row to an error.
func (x *xmlTableReader) locate(err error) error {
	if isEOF(err) {
		err = &ReadError{Problem: ProblemCutOff}
	}
	return atRow(err, x.number)
}

// readRow reads the next row of the sheet. The error is io.EOF at the end.
func (x *xmlTableReader) readRow() (Row, error) {
	for {
		t, err := x.token()
		if err != nil {
			return Row{}, err
		}
		switch t := t.(type) {
		case xml.CharData:
			err = x.addText(t)
		case xml.StartElement:
			err = x.startElement(t)
		case xml.EndElement:
			if t.Name.Local != "Row" || !x.inSheet() {
				err = x.endElement(t.Name.Local)
				break
			}
			if !x.inRow {
				return Row{}, malformedXML()
			}
			x.inRow = false
			return Row{Number: x.number, Cells: x.cells, Offset: x.count.n, Hidden: x.rowHidden, merged: x.merged}, nil
		}
		if err != nil {
			return Row{}, err
		}
	}
}

func (x *xmlTableReader) inSheet() bool { return x.sheet >= 0 && len(x.sheets)-1 == x.sheet }

func (x *xmlTableReader) startElement(t xml.StartElement) error {
	switch t.Name.Local {
	case "Worksheet":
		if len(x.sheets) == maxSheets {
			return tooLargeError("sheets")
		}
		x.sheets = append(x.sheets, worksheet{name: attribute(t, "Name")})
		x.number, x.span = 0, 0
	case "Visible":
		x.textElement, x.cell.text = "Visible", x.cell.text[:0]
	case "Row":
		return x.startRow(t)
	case "Cell":
		return x.startCell(t)
	case "Comment":
		x.inComment = true
	case "Data":
		if x.cell.open && !x.inComment {
			x.textElement, x.cell.kind = "Data", attribute(t, "Type")
		}
	}
	return nil
}

func (x *xmlTableReader) endElement(name string) error {
	switch name {
	case "Workbook":
		x.complete = true
	case "Visible":
		if n := len(x.sheets); n > 0 && string(bytes.TrimSpace(x.cell.text)) != "SheetVisible" {
			x.sheets[n-1].hidden = true
		}
		x.textElement = ""
	case "Comment":
		x.inComment = false
	case "Data":
		x.textElement = ""
	case "Cell":
		if x.cell.open {
			return x.endCell()
		}
	}
	return nil
}

func (x *xmlTableReader) addText(text xml.CharData) error {
	if x.textElement == "" {
		return nil
	}
	if x.cell.text = append(x.cell.text, text...); len(x.cell.text) > maxToken {
		return tooLargeError("cell")
	}
	return nil
}

// parseIndex returns the index that a row or a cell states, or next if it states none.
func parseIndex(t xml.StartElement, next, limit int, what string) (int, error) {
	if text := attribute(t, "Index"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < next {
			return 0, malformedXML()
		}
		next = n
	}
	if next > limit {
		return 0, tooLargeError(what)
	}
	return next, nil
}

func (x *xmlTableReader) startRow(t xml.StartElement) (err error) {
	if !x.inSheet() {
		return nil
	}
	if x.inRow {
		return malformedXML()
	}
	x.inRow = true
	x.reset()
	x.column = 0
	x.rowHidden = attribute(t, "Hidden") == "1"
	x.number, err = parseIndex(t, x.number+x.span+1, MaxRows, "rows")
	x.span, _ = strconv.Atoi(attribute(t, "Span"))
	x.span = max(0, min(x.span, MaxRows))
	return err
}

func (x *xmlTableReader) startCell(t xml.StartElement) (err error) {
	if !x.inSheet() {
		return nil
	}
	if !x.inRow {
		return malformedXML()
	}
	x.cell = xmlCell{open: true, text: x.cell.text[:0], formula: attribute(t, "Formula") != ""}
	x.cell.mergeAcross, _ = strconv.Atoi(attribute(t, "MergeAcross"))
	x.cell.mergeDown, _ = strconv.Atoi(attribute(t, "MergeDown"))
	x.column, err = parseIndex(t, x.column+1, MaxColumns, "columns")
	return err
}

// endCell adds the cell to the row.
func (x *xmlTableReader) endCell() error {
	c, column := x.cell, x.column-1
	x.cell.open = false
	v := c.value()
	if v != (Value{}) {
		if err := x.set(column, v); err != nil {
			return err
		}
	}
	if last := x.number + min(c.mergeDown, MaxRows); last > x.number {
		x.merged.start(column, mergedCell{v, x.number, last})
	}
	x.column += max(0, min(c.mergeAcross, MaxColumns))
	return nil
}

func (c xmlCell) value() Value {
	text := string(c.text)
	trimmed := strings.TrimSpace(text)
	v := Value{Text: text, Formula: c.formula}
	switch c.kind {
	case "Number":
		return Value{Text: trimmed, Kind: KindNumber, Formula: c.formula}
	case "DateTime":
		v.Kind, v.Text = KindDate, formatISODate(trimmed)
	case "Boolean":
		v.Kind, v.Text = KindBool, formatBool(text)
	case "Error":
		v.Kind = KindError
	case "": // no Data
		if c.formula {
			return Value{Kind: KindNumber, Formula: true}
		}
	}
	if v.Text == "" {
		return Value{}
	}
	return v
}
