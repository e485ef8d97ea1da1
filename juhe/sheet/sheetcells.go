package sheet

import (
	"bytes"
	"errors"
	"strconv"
	"unicode/utf8"
)

func (s *sheetReader) beginCell() error {
	s.column, s.kind, s.date, s.formula = s.last+1, "", false, false
	s.value, s.valued, s.inline = false, false, false
	s.text, s.rich = s.text[:0], richText{text: s.rich.text[:0]}
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
	if s.count++; s.column >= MaxColumns || s.count > MaxColumns {
		return tooLarge("columns")
	}
	s.last, s.inside = s.column, true
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
	s.inside = false
	text, kind := s.text, KindText
	if s.inline && (s.kind == "inlineStr" || !s.valued) {
		// Beside it some programs leave a v behind that says something else.
		return s.add(unescape(s.rich.text), kind)
	}
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
	return s.add(text, kind)
}

// add adds a cell's text to the row.
func (s *sheetReader) add(text []byte, kind Kind) error {
	if len(text) == 0 {
		// Of a text the empty one is a result.
		if s.formula && (s.kind != "str" || !s.valued) {
			s.set(Value{Kind: KindNumber, Formula: true})
		}
		return nil
	}
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	if err := tooLongCell(text); err != nil {
		return s.at(err)
	}
	begin := len(s.all)
	if begin > maxRow {
		return tooLarge("row")
	}
	s.all = append(s.all, text...)
	s.own = append(s.own, span{s.column, begin, len(s.all)})
	s.set(Value{Kind: kind, Formula: s.formula})
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
		return s.add(nil, KindText)
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
		s.set(Value{Text: text, Formula: s.formula})
	}
	return nil
}

func (s *sheetReader) set(v Value) {
	for len(s.cells) <= s.column {
		s.cells = append(s.cells, Value{})
	}
	s.cells[s.column] = v
}
