package table

import (
	"bufio"
	"errors"
	"io"
	"unicode/utf8"
)

// MaxColumns is the limit of the columns of a sheet.
const MaxColumns = 1 << 14

// Limits that apply to CSV as well, so that a quotation mark that is never closed
// does not swallow the rest of a file, nor a line without an end the memory.
const (
	maxBytes = 4 * maxText // of UTF-8 in a cell, a little more than maxText characters need
	maxRow   = 16 << 20    // bytes
)

// csvReader reads CSV as spreadsheets do, which is not quite RFC 4180. A line ends
// with CR, LF or both. A quotation mark counts only at the beginning of a cell, so
// ="110" is a text. What follows the closing one belongs to the cell, unless it holds
// another: a quotation mark that was left out would move all cells behind it.
// encoding/csv with LazyQuotes takes a quotation mark that is never closed for one
// that is, joins rows after "a"b, and does not count empty lines.
type csvReader struct {
	src       *bufio.Reader
	delimiter rune
	number    int // of the row
	rowBuilder
	text []byte // of the cell
}

func readCSV(src io.Reader, delimiter rune, count *countingReader, yield func(Row, error) bool) error {
	c := &csvReader{src: bufio.NewReaderSize(src, 64<<10), delimiter: delimiter}
	for {
		err := c.readRow()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if known := (*ReadError)(nil); errors.As(err, &known) {
				known.Row, known.Column = c.number, len(c.cells)+1
			}
			return err
		}
		if !yield(Row{Number: c.number, Cells: c.cells, Offset: count.n}, nil) {
			return nil
		}
	}
}

// readRow reads the next row. An empty line has no cells.
func (c *csvReader) readRow() error {
	c.reset()
	r, err := c.next()
	if err != nil {
		return err
	}
	c.number++
	if r == '\n' {
		return nil
	}
	for {
		end, err := c.readCell(r)
		if err != nil {
			return err
		}
		if err := c.set(len(c.cells), Value{Text: string(c.text)}); err != nil {
			return err
		}
		if end != c.delimiter {
			return nil
		}
		if len(c.cells) == MaxColumns {
			return tooLargeError("columns")
		}
		if r, err = c.next(); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
}

// endOfFile is returned by next together with io.EOF.
const endOfFile = -1

// next returns the next character, with '\n' for every line end. At the end of the file
// it returns endOfFile and io.EOF.
func (c *csvReader) next() (rune, error) {
	r, _, err := c.src.ReadRune()
	switch {
	case err != nil:
		return endOfFile, err
	case r != '\r':
		return r, nil
	}
	if c.peek() == '\n' {
		_, _, err = c.src.ReadRune()
	}
	return '\n', err
}

// peek returns the next character without reading it, or end.
func (c *csvReader) peek() rune {
	r, _, err := c.src.ReadRune()
	if err != nil {
		return endOfFile
	}
	_ = c.src.UnreadRune()
	return r
}

// readCell reads a cell that begins with r into text. It returns the character that
// ends the cell: the delimiter, '\n' or endOfFile.
func (c *csvReader) readCell(r rune) (rune, error) {
	var err error
	c.text = c.text[:0]
	quoted := r == '"'
	if quoted {
		if err := c.readQuoted(); err != nil {
			return 0, err
		}
		r, err = c.next()
	}
	for ; r != c.delimiter && r != '\n' && r != endOfFile; r, err = c.next() {
		if quoted && r == '"' {
			return 0, &ReadError{Problem: ProblemUnclosedQuote}
		}
		if c.text = utf8.AppendRune(c.text, r); len(c.text) > maxBytes {
			return 0, tooLargeError("cell")
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return r, err
}

// readQuoted reads the rest of a text in quotation marks. If the text has several
// lines, its closing mark must end the cell: otherwise it may be the opening mark of a
// cell in another row.
func (c *csvReader) readQuoted() error {
	multiline := false
	for len(c.text) <= maxBytes {
		r, _, err := c.src.ReadRune()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if r == '"' {
			following := c.peek()
			if following != '"' {
				if multiline && following != c.delimiter && following != '\r' && following != '\n' && following != endOfFile {
					return &ReadError{Problem: ProblemUnclosedQuote}
				}
				return nil
			}
			_, _, _ = c.src.ReadRune()
		}
		multiline = multiline || r == '\r' || r == '\n'
		c.text = utf8.AppendRune(c.text, r)
	}
	return &ReadError{Problem: ProblemUnclosedQuote}
}
