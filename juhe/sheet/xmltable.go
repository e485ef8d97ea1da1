package sheet

import (
	"bytes"
	"context"
	"errors"
	"html"
	"io"
	"strconv"
)

// xmlTables make a workbook of a spreadsheet in XML, as Excel 2002 and 2003 wrote
// it and other systems still do.
func xmlTables(ctx context.Context, p page, size int64) (*workbook, error) {
	w := &workbook{}
	x, err := newXMLReader(ctx, p, -1)
	if err != nil {
		return nil, err
	}
	for {
		_, err := x.row()
		if errors.Is(err, io.EOF) && x.whole {
			break
		}
		if err != nil {
			return nil, x.broken(err)
		}
		if len(x.names) > maxSheets {
			return nil, tooLarge("sheets")
		}
	}
	for i, name := range x.names {
		w.sheets = append(w.sheets, worksheet{name: name, hidden: x.hidden[i], bytes: size, read: func(ctx context.Context, yield func(Row, error) bool) error {
			return readXML(ctx, p, i, yield)
		}})
	}
	if len(w.sheets) == 0 {
		return nil, &ReadError{Problem: ProblemEmpty}
	}
	return w, nil
}

// readXML reads the rows of a sheet, and what comes behind them, which tells
// whether the file is whole.
func readXML(ctx context.Context, p page, sheet int, yield func(Row, error) bool) error {
	x, err := newXMLReader(ctx, p, sheet)
	if err != nil {
		return err
	}
	for {
		row, err := x.row()
		if errors.Is(err, io.EOF) && x.whole {
			return nil
		}
		if err != nil {
			return x.broken(err)
		}
		if len(row.Cells) > 0 && !yield(row, nil) {
			return nil
		}
	}
}

// xmlReader reads a spreadsheet in XML.
type xmlReader struct {
	*markup
	count  *counter
	wanted int
	names  []string // of the sheets that have begun
	hidden []bool
	whole  bool // the workbook has ended

	number int
	span   int  // rows without cells that follow
	within bool // a row
	out    bool // the row is hidden
	cells  []Value
	size   int
	column int
	cell   xmlCell
	merged *spans
	inside string // of a cell: Data or Visible, of which text comes
	aside  bool   // a comment, which has Data too
}

type xmlCell struct {
	open         bool
	across, down int
	kind         string
	formula      bool
	text         []byte
}

func newXMLReader(ctx context.Context, p page, sheet int) (*xmlReader, error) {
	text, count, err := p(ctx)
	if err != nil {
		return nil, err
	}
	m, err := newMarkup(text)
	return &xmlReader{markup: m, count: count, wanted: sheet, merged: &spans{}}, err
}

func (x *xmlReader) broken(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = &ReadError{Problem: ProblemCutOff}
	case errors.Is(err, errMarkup):
		err = damaged(err)
	}
	var known *ReadError
	if errors.As(err, &known) && known.Row == 0 {
		known.Row = x.number
	}
	return err
}

// row reads the next row of the sheet that is wanted; io.EOF at the end.
func (x *xmlReader) row() (Row, error) {
	for {
		t, err := x.next()
		if err != nil {
			return Row{}, err
		}
		switch name := string(x.name); {
		case t == charData:
			err = x.characters()
		case t == startTag:
			err = x.begin(name)
		case name == "Row" && x.here() && !x.within:
			err = errMarkup
		case name == "Row" && x.here():
			x.within = false
			return Row{Number: x.number, Cells: x.cells, Offset: x.count.n, Hidden: x.out, merged: x.merged}, nil
		default:
			err = x.end(name)
		}
		if err != nil {
			return Row{}, err
		}
	}
}

// here reports whether this is the sheet that is wanted.
func (x *xmlReader) here() bool { return len(x.names)-1 == x.wanted }

func (x *xmlReader) begin(name string) error {
	switch name {
	case "Worksheet":
		x.names, x.hidden = append(x.names, html.UnescapeString(x.attribute("Name"))), append(x.hidden, false)
		x.number, x.span = 0, 0
	case "Visible":
		x.inside, x.cell.text = name, x.cell.text[:0]
	case "Row":
		return x.beginRow()
	case "Cell":
		return x.beginCell()
	case "Comment":
		x.aside = true
	case "Data":
		if x.cell.open && !x.aside {
			x.inside, x.cell.kind = name, x.attribute("Type")
		}
	}
	return nil
}

func (x *xmlReader) end(name string) error {
	switch name {
	case "Workbook":
		x.whole = true
	case "Visible":
		if n := len(x.hidden); n > 0 && string(bytes.TrimSpace(x.cell.text)) != "SheetVisible" {
			x.hidden[n-1] = true
		}
		x.inside = ""
	case "Comment":
		x.aside = false
	case "Data":
		x.inside = ""
	case "Cell":
		if x.cell.open {
			return x.endCell()
		}
	}
	return nil
}

func (x *xmlReader) characters() (err error) {
	if x.inside == "" {
		return nil
	}
	if x.cell.text, err = x.appendText(x.cell.text); len(x.cell.text) > maxToken {
		return tooLarge("cell")
	}
	return err
}

// attribute is one by its name, without the prefix of its name space.
func (x *xmlReader) attribute(of string) string {
	for name, value, rest, ok := attr(x.attrs); ok; name, value, rest, ok = attr(rest) {
		if string(local(name)) == of {
			return string(value)
		}
	}
	return ""
}

// index is where a row or a cell stands that says so; else next.
func (x *xmlReader) index(next, most int, what string) (int, error) {
	if text := x.attribute("Index"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < next {
			return 0, errMarkup
		}
		next = n
	}
	if next > most {
		return 0, tooLarge(what)
	}
	return next, nil
}

func (x *xmlReader) beginRow() (err error) {
	if !x.here() {
		return nil
	}
	if x.within {
		return errMarkup
	}
	x.within = true
	x.cells, x.size, x.column = x.cells[:0], 0, 0
	x.out = x.attribute("Hidden") == "1"
	x.number, err = x.index(x.number+x.span+1, MaxRows, "rows")
	x.span, _ = strconv.Atoi(x.attribute("Span"))
	x.span = max(0, min(x.span, MaxRows))
	return err
}

func (x *xmlReader) beginCell() (err error) {
	switch {
	case !x.here():
		return nil
	case !x.within:
		return errMarkup
	}
	x.cell = xmlCell{open: true, text: x.cell.text[:0], formula: x.attribute("Formula") != ""}
	x.cell.across, _ = strconv.Atoi(x.attribute("MergeAcross"))
	x.cell.down, _ = strconv.Atoi(x.attribute("MergeDown"))
	x.column, err = x.index(x.column+1, MaxColumns, "columns")
	return err
}

// endCell puts the cell into the row.
func (x *xmlReader) endCell() error {
	c, column := x.cell, x.column-1
	x.cell.open = false
	if err := tooLongCell(c.text); err != nil {
		return err
	}
	if x.size += len(c.text); x.size > maxRow {
		return tooLarge("row")
	}
	v := c.value()
	if v != (Value{}) {
		for len(x.cells) <= column {
			x.cells = append(x.cells, Value{})
		}
		x.cells[column] = v
	}
	if last := x.number + min(c.down, MaxRows); last > x.number {
		x.merged.begin(column, spanned{v, x.number, last})
	}
	x.column += max(0, min(c.across, MaxColumns))
	return nil
}

func (c xmlCell) value() Value {
	text := string(bytes.ToValidUTF8(c.text, []byte("\ufffd")))
	v := Value{Text: text, Formula: c.formula}
	switch c.kind {
	case "Number":
		v.Kind, v.Text = KindNumber, string(bytes.TrimSpace(c.text))
	case "DateTime":
		v.Kind, v.Text = KindDate, isoDate(string(bytes.TrimSpace(c.text)))
	case "Boolean":
		v.Kind, v.Text = KindBool, string(boolean(c.text))
	case "Error":
		v.Kind = KindError
	case "": // no Data
		if c.formula {
			return Value{Kind: KindNumber, Formula: true}
		}
	}
	if v.Text == "" && c.kind != "Number" {
		return Value{}
	}
	return v
}
