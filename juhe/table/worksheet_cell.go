package table

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
)

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
