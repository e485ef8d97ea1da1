package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// sheetReader reads the rows of a worksheet (ECMA-376 part 1, 18.3.1).
type sheetReader struct {
	*markup
	book   *workbook
	number int
	within bool // a row
	cells  []Value
	last   int    // the column of the cell before
	text   []byte // of the row's cells that share no string
	own    []span // where in text those cells are

	column int
	kind   string // attribute t of the cell
	date   bool   // its style is a date's
	value  bool   // within v
	rich   richText
}

// span is the text of a cell.
type span struct{ column, begin, end int }

func (w *workbook) rows(sheet int, yield func(Row, error) bool) error {
	r, err := w.open(w.sheets[sheet].part, maxSheet)
	if err != nil {
		return err
	}
	defer r.Close()
	m, err := newMarkup(r)
	if err != nil {
		return err
	}
	s := &sheetReader{markup: m, book: w}
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
		if len(s.cells) > 0 && !yield(Row{Number: s.number, Cells: s.cells, Offset: m.offset}, nil) {
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
	}
	return err
}

// row reads the next row; false at the end of the sheet's data.
func (s *sheetReader) row() (bool, error) {
	s.cells, s.text, s.own, s.last = s.cells[:0], s.text[:0], s.own[:0], -1
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
	case "v":
		s.value = true
		return nil
	}
	return s.rich.take(startTag, s.markup)
}

func (s *sheetReader) characters() (err error) {
	if s.value {
		s.rich.text, err = s.appendText(s.rich.text)
	} else {
		err = s.rich.take(charData, s.markup)
	}
	if len(s.rich.text) > maxToken {
		return tooLarge("cell")
	}
	return err
}

func (s *sheetReader) beginRow() error {
	number := s.number + 1
	for name, value, rest, ok := attr(s.attrs); ok; name, value, rest, ok = attr(rest) {
		if string(name) == "r" {
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
	if number > maxRows {
		return tooLarge("rows")
	}
	s.number, s.within = number, true
	return nil
}

func (s *sheetReader) beginCell() error {
	s.column, s.kind, s.date, s.value = s.last+1, "", false, false
	s.rich = richText{text: s.rich.text[:0]}
	for name, value, rest, ok := attr(s.attrs); ok; name, value, rest, ok = attr(rest) {
		if len(name) != 1 {
			continue
		}
		switch name[0] {
		case 'r':
			s.column = refColumn(value)
		case 's':
			style, err := strconv.Atoi(string(value))
			s.date = err == nil && style >= 0 && style < len(s.book.dates) && s.book.dates[style]
		case 't':
			s.kind = cellType(value)
		}
	}
	if s.column < 0 || !s.within {
		return errMarkup
	}
	if s.column >= MaxColumns {
		return tooLarge("columns")
	}
	s.last = s.column
	return nil
}

// refColumn is the column of a reference such as B7; -1 if it is none.
func refColumn(ref []byte) int {
	n := 0
	for i, b := range ref {
		if letter := b | 0x20; letter >= 'a' && letter <= 'z' && i < 4 {
			n = n*26 + int(letter-'a') + 1
			continue
		}
		break
	}
	return n - 1
}

// cellType is a constant for an attribute, which would be allocated otherwise.
func cellType(t []byte) string {
	for _, known := range [...]string{"s", "inlineStr", "str", "b", "e", "d"} {
		if string(t) == known {
			return known
		}
	}
	return ""
}

// endCell adds the cell to the row, if it has any text.
func (s *sheetReader) endCell() error {
	text, kind := s.rich.text, KindText
	switch s.kind {
	case "s":
		return s.sharedCell(text)
	case "inlineStr", "str":
		text = unescape(text)
	case "b":
		kind = KindBool
		text = boolean(text)
	case "e":
		kind = KindError
	case "d":
		kind = KindDate
		text = append(text[:0], isoDate(string(bytes.TrimSpace(text)))...)
	default:
		kind = KindNumber
		text = bytes.TrimSpace(text)
		if s.date {
			if date, ok := s.book.since.serial(string(text)); ok {
				kind = KindDate
				text = append(text[:0], date...)
			}
		}
	}
	if len(text) == 0 {
		return nil
	}
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	if err := tooLongCell(text); err != nil {
		return s.at(err)
	}
	begin := len(s.text)
	if begin > maxRow {
		return tooLarge("row")
	}
	s.text = append(s.text, text...)
	s.own = append(s.own, span{s.column, begin, len(s.text)})
	s.set(Value{Kind: kind})
	return nil
}

func (s *sheetReader) at(err error) error {
	var known *ReadError
	if errors.As(err, &known) {
		known.Row, known.Column = s.number, s.column+1
	}
	return err
}

func boolean(text []byte) []byte {
	switch string(bytes.TrimSpace(text)) {
	case "1", "true":
		return []byte("TRUE")
	case "0", "false":
		return []byte("FALSE")
	}
	return text
}

func (s *sheetReader) sharedCell(index []byte) error {
	index = bytes.TrimSpace(index)
	if len(index) == 0 {
		return nil
	}
	i, err := strconv.Atoi(string(index))
	if err != nil {
		return errMarkup
	}
	text, ok := s.book.strings.get(i)
	if !ok {
		return s.at(damaged(errors.New("no such shared string")))
	}
	if text != "" {
		s.set(Value{Text: text})
	}
	return nil
}

func (s *sheetReader) set(v Value) {
	for len(s.cells) <= s.column {
		s.cells = append(s.cells, Value{})
	}
	s.cells[s.column] = v
}

// settle gives the cells their texts, which are allocated once a row.
func (s *sheetReader) settle() {
	text := string(s.text)
	for _, o := range s.own {
		s.cells[o.column].Text = text[o.begin:o.end]
	}
}
