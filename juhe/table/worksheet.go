package table

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
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
