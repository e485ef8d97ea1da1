package sheet

import (
	"context"
	"errors"
	"io"
	"strconv"
)

// sheetReader reads the rows of a worksheet (ECMA-376 part 1, 18.3.1).
type sheetReader struct {
	*markup
	book   *workbook
	number int
	within bool // a row
	cells  []Value
	last   int    // the column of the cell before
	count  int    // of the row's cells, those without a text and those of one column among them
	hidden bool   // the row
	inside bool   // a cell
	all    []byte // the texts of the row's cells that share no string
	own    []span // where in all those cells are

	column  int
	kind    string // attribute t of the cell
	date    bool   // its style is a date's
	formula bool   // it has f
	value   bool   // within v
	valued  bool   // it has v, whose text is text
	text    []byte
	inline  bool // it has is, whose text is rich's
	rich    richText
}

// span is the text of a cell.
type span struct{ column, begin, end int }

func (w *workbook) rows(ctx context.Context, sheet int, yield func(Row, error) bool) error {
	if read := w.sheets[sheet].read; read != nil {
		return read(ctx, yield)
	}
	r, err := w.open(w.sheets[sheet].part, maxSheet)
	if err != nil {
		return err
	}
	defer r.Close()
	m, err := newMarkup(contextReader{ctx, r})
	if err != nil {
		return err
	}
	s := &sheetReader{markup: m, book: w}
	merged := &spans{coming: w.sheets[sheet].merged}
	for {
		more, err := s.row()
		if err == nil && !more {
			// The checksum is told at the end of the part.
			_, err = io.Copy(io.Discard, m.src)
			return err
		}
		if err != nil {
			return s.broken(err)
		}
		if len(s.cells) == 0 {
			continue
		}
		row := Row{Number: s.number, Cells: s.cells, Offset: m.offset, Hidden: s.hidden, merged: merged}
		if merged.pass(row); !yield(row, nil) {
			return nil
		}
	}
}

// broken adds the place to an error.
func (s *sheetReader) broken(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = damaged(io.ErrUnexpectedEOF)
	case errors.Is(err, errMarkup):
		err = damaged(err)
	}
	var known *ReadError
	if errors.As(err, &known) && known.Row == 0 {
		known.Row = s.number
		if s.inside && known.Problem == ProblemTooLarge {
			known.Column = s.column + 1
		}
	}
	return err
}

// row reads the next row; false at the end of the sheet's data.
func (s *sheetReader) row() (bool, error) {
	s.cells, s.all, s.own, s.last = s.cells[:0], s.all[:0], s.own[:0], -1
	for {
		t, err := s.next()
		if err != nil {
			return false, err
		}
		if t == charData {
			if err := s.characters(); err != nil {
				return false, err
			}
			continue
		}
		switch name := string(s.name); {
		case t == startTag:
			err = s.begin(name)
		case name == "c" && s.within:
			err = s.endCell()
		case name == "v":
			s.value = false
		case name == "row" && s.within:
			s.within = false
			s.settle()
			return true, nil
		case name == "sheetData":
			return false, nil
		}
		if err == nil && t == endTag {
			err = s.rich.take(t, s.markup)
		}
		if err != nil {
			return false, err
		}
	}
}

func (s *sheetReader) begin(name string) error {
	switch name {
	case "row":
		return s.beginRow()
	case "c":
		return s.beginCell()
	case "f":
		s.formula = true
	case "is":
		s.inline = true
	case "v":
		s.value, s.valued = true, true
		return nil
	}
	return s.rich.take(startTag, s.markup)
}

func (s *sheetReader) characters() (err error) {
	if s.value {
		s.text, err = s.appendText(s.text)
	} else {
		err = s.rich.take(charData, s.markup)
	}
	if len(s.text) > maxToken || len(s.rich.text) > maxToken {
		return tooLarge("cell")
	}
	return err
}

func (s *sheetReader) beginRow() error {
	number := s.number + 1
	s.hidden, s.count = false, 0
	for name, value, rest, ok := attr(s.attrs); ok; name, value, rest, ok = attr(rest) {
		switch string(name) {
		case "hidden":
			s.hidden = string(value) == "1" || string(value) == "true"
		case "r":
			n, err := strconv.Atoi(string(value))
			if err != nil || n < number {
				return errMarkup
			}
			number = n
		}
	}
	if s.within {
		return errMarkup
	}
	if number > MaxRows {
		return tooLarge("rows")
	}
	s.number, s.within = number, true
	return nil
}

// settle gives the cells their texts, which are allocated once a row.
func (s *sheetReader) settle() {
	text := string(s.all)
	for _, o := range s.own {
		s.cells[o.column].Text = text[o.begin:o.end]
	}
}
