package table

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// worksheetReader reads the rows of a worksheet (ECMA-376 part 1, 18.3.1).
type worksheetReader struct {
	*xmlReader
	book   *workbook
	number int // of the row
	inRow  bool
	hidden bool // the row
	rowBuilder
	cellCount int // of the row's c elements, including those without text or with the same column
	cell      xlsxCell
}

func (w *workbook) rows(ctx context.Context, sheet int, yield func(Row, error) bool) error {
	if read := w.sheets[sheet].read; read != nil {
		return read(ctx, yield)
	}
	r, err := w.openPart(w.sheets[sheet].part, maxSheet)
	if err != nil {
		return err
	}
	defer r.Close()
	count := &countingReader{Reader: contextReader{ctx, r}}
	s := &worksheetReader{xmlReader: newXMLReader(count), book: w}
	merged := &mergedCells{pending: w.sheets[sheet].merged}
	for {
		more, err := s.readRow()
		if err != nil {
			return s.locate(err)
		}
		if !more { // the checksum is verified at the end of the part
			_, err = io.Copy(io.Discard, count)
			return err
		}
		if len(s.cells) == 0 {
			continue
		}
		row := Row{Number: s.number, Cells: s.cells, Offset: count.n, Hidden: s.hidden, merged: merged}
		if merged.advance(row); !yield(row, nil) {
			return nil
		}
	}
}

// locate adds the row and the column to an error.
func (s *worksheetReader) locate(err error) error {
	if isEOF(err) {
		err = damagedError(io.ErrUnexpectedEOF)
	}
	if known := (*ReadError)(nil); errors.As(err, &known) && known.Row == 0 {
		known.Row = s.number
		if s.cell.open {
			known.Column = s.cell.column + 1
		}
	}
	return err
}

// readRow reads the next row. It returns false at the end of the sheet's data.
func (s *worksheetReader) readRow() (bool, error) {
	s.reset()
	s.cell.open, s.cell.column = false, -1
	for {
		t, err := s.token()
		if err != nil {
			return false, err
		}
		switch t := t.(type) {
		case xml.CharData:
			err = s.cell.addText(t)
		case xml.StartElement:
			err = s.startElement(t)
		case xml.EndElement:
			switch t.Name.Local {
			case "c":
				err = s.endCell()
			case "v":
				s.cell.inValue = false
			case "row":
				if s.inRow {
					s.inRow = false
					return true, nil
				}
			case "sheetData":
				return false, nil
			default:
				s.cell.inline.add(t)
			}
		}
		if err != nil {
			return false, err
		}
	}
}

func (s *worksheetReader) startElement(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		return s.startRow(t)
	case "c":
		return s.startCell(t)
	case "f":
		s.cell.formula = true
	case "is":
		s.cell.hasInline = true
	case "v":
		s.cell.inValue, s.cell.hasValue = true, true
	default:
		s.cell.inline.add(t)
	}
	return nil
}

func (s *worksheetReader) startRow(t xml.StartElement) error {
	number := s.number + 1
	if r := attribute(t, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n < number {
			return malformedXML()
		}
		number = n
	}
	if s.inRow {
		return malformedXML()
	}
	if number > MaxRows {
		return tooLargeError("rows")
	}
	s.hidden = isTrue(attribute(t, "hidden"))
	s.number, s.inRow, s.cellCount = number, true, 0
	return nil
}

// xlsxCell is a cell of a worksheet as its tags go by.
type xlsxCell struct {
	open      bool
	column    int
	kind      string // attribute t
	date      bool   // its style is that of a date
	formula   bool   // it has f
	inValue   bool
	hasValue  bool // it has v
	value     []byte
	hasInline bool // it has is
	inline    richText
}

func (s *worksheetReader) startCell(t xml.StartElement) error {
	column := s.cell.column + 1
	if r := attribute(t, "r"); r != "" {
		column = refColumn(r)
	}
	if column < 0 || !s.inRow {
		return malformedXML()
	}
	if s.cellCount++; column >= MaxColumns || s.cellCount > MaxColumns {
		return tooLargeError("columns")
	}
	style, err := strconv.Atoi(attribute(t, "s"))
	s.cell = xlsxCell{
		open: true, column: column, kind: attribute(t, "t"),
		date:  err == nil && style >= 0 && style < len(s.book.dates) && s.book.dates[style],
		value: s.cell.value[:0], inline: richText{text: s.cell.inline.text[:0]},
	}
	return nil
}

func (c *xlsxCell) addText(text xml.CharData) error {
	if c.inValue {
		c.value = append(c.value, text...)
	} else {
		c.inline.add(text)
	}
	if len(c.value) > maxToken || len(c.inline.text) > maxToken {
		return tooLargeError("cell")
	}
	return nil
}

// endCell adds the cell to the row.
func (s *worksheetReader) endCell() error {
	if !s.cell.open {
		return nil
	}
	v, err := s.book.value(&s.cell)
	if err != nil {
		return err
	}
	if v != (Value{}) {
		if err := s.set(s.cell.column, v); err != nil {
			return err
		}
	}
	s.cell.open = false
	return nil
}

// value returns the value of a cell.
func (w *workbook) value(c *xlsxCell) (v Value, err error) {
	trimmed := strings.TrimSpace(string(c.value))
	v = Value{Text: string(c.value), Formula: c.formula}
	switch {
	case c.hasInline && (c.kind == "inlineStr" || !c.hasValue): // some programs leave another text in v
		v.Text = unescape(string(c.inline.text))
	case c.kind == "s":
		v.Text, err = w.sharedString(trimmed)
	case c.kind == "inlineStr", c.kind == "str":
		v.Text = unescape(v.Text)
	case c.kind == "b":
		v.Kind, v.Text = KindBool, formatBool(v.Text)
	case c.kind == "e":
		v.Kind = KindError
	case c.kind == "d":
		v.Kind, v.Text = KindDate, formatISODate(trimmed)
	default:
		v.Kind, v.Text = KindNumber, trimmed
		if date, ok := formatSerial(trimmed, w.date1904); ok && c.date {
			v.Kind, v.Text = KindDate, date
		}
	}
	if v.Text != "" {
		return v, err
	}
	if c.formula && (c.kind != "str" || !c.hasValue) { // no result was saved; an empty text is one
		return Value{Kind: KindNumber, Formula: true}, err
	}
	return Value{}, err
}

func formatBool(text string) string {
	switch strings.TrimSpace(text) {
	case "1", "true":
		return "TRUE"
	case "0", "false":
		return "FALSE"
	}
	return text
}

func (w *workbook) sharedString(index string) (string, error) {
	if index == "" {
		return "", nil
	}
	i, err := strconv.Atoi(index)
	if err != nil {
		return "", malformedXML()
	}
	if i < 0 || i >= len(w.strings) {
		return "", damagedError(errors.New("no such shared string"))
	}
	return w.strings[i], nil
}
