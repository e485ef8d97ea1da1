package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/transform"
)

// MaxColumns is how many columns a sheet has at most.
const MaxColumns = 1 << 14

// Limits that CSV is held to as well, so that a quotation mark that is never
// closed does not swallow the rest of a file, nor a line without an end the
// memory.
const (
	maxBytes = 4 * maxText // of UTF-8 in a cell, some more than its characters can have
	maxRow   = 16 << 20    // bytes
)

// csvReader reads CSV as spreadsheets do, which is not quite RFC 4180: lines end
// with CR, LF or both; a quotation mark counts at the beginning of a cell alone,
// so ="110" is a text; what comes after the closing one belongs to the cell, but
// for another quotation mark: one that is left out moves all cells behind it.
// encoding/csv would read that too (LazyQuotes), but takes a quotation mark that
// is never closed for one that is, joins rows after "a"b, and does not count
// blank lines.
type csvReader struct {
	src    io.Reader
	buf    []byte
	pos    int
	end    int
	err    error
	stop   [256]bool // what ends a plain cell
	comma  byte
	wide   string // what comma stands for, if that is no byte
	number int
	text   []byte // of the row
	ends   []int  // of its cells in text
	broken bool   // the last line ended with CR: an LF belongs to it
	cells  []Value
}

func csvRows(src io.Reader, comma byte, wide string, count *counter, yield func(Row, error) bool) error {
	if wide != "" {
		src = transform.NewReader(src, narrowed{wide: []byte(wide)})
	}
	c := &csvReader{src: src, buf: make([]byte, 64<<10), comma: comma, wide: wide}
	c.stop['\r'], c.stop['\n'], c.stop[comma] = true, true, true
	for {
		err := c.row()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			var known *ReadError
			if errors.As(err, &known) {
				known.Row, known.Column = c.number, len(c.ends)+1
			}
			return err
		}
		if !yield(Row{Number: c.number, Cells: c.values(), Offset: count.n}, nil) {
			return nil
		}
	}
}

// values cuts the text of a row, allocated once, into its cells.
func (c *csvReader) values() []Value {
	c.cells = c.cells[:0]
	begin, text := 0, string(c.text)
	for _, end := range c.ends {
		cell := text[begin:end]
		if c.wide != "" { // one in quotation marks
			cell = strings.ReplaceAll(cell, string(c.comma), c.wide)
		}
		c.cells = append(c.cells, Value{Text: cell})
		begin = end
	}
	return c.cells
}

// more tells whether there is a byte at pos.
func (c *csvReader) more() bool {
	for c.pos == c.end {
		if c.err != nil {
			return false
		}
		c.pos = 0
		c.end, c.err = c.src.Read(c.buf)
	}
	return true
}

// over is the error that ended the input, but for its end.
func (c *csvReader) over() error {
	if errors.Is(c.err, io.EOF) {
		return nil
	}
	return c.err
}

// row reads the next row into text and ends. A line without anything has no
// cells.
func (c *csvReader) row() error {
	c.text, c.ends = c.text[:0], c.ends[:0]
	if c.more() && c.broken && c.buf[c.pos] == '\n' {
		c.pos++
	}
	c.broken = false
	if !c.more() {
		return c.err
	}
	c.number++
	if b := c.buf[c.pos]; b == '\n' || b == '\r' {
		c.pos++
		c.broken = b == '\r'
		return nil
	}
	for {
		last, err := c.cell()
		if err != nil {
			return err
		}
		c.ends = append(c.ends, len(c.text))
		if last {
			return nil
		}
		if len(c.ends) == MaxColumns {
			return tooLarge("columns")
		}
		if len(c.text) > maxRow {
			return tooLarge("row")
		}
	}
}

// cell reads a cell and what ends it; last is that of the row.
func (c *csvReader) cell() (last bool, err error) {
	begin, quoted := len(c.text), false
	if c.more() && c.buf[c.pos] == '"' {
		c.pos++
		quoted = true
		if err := c.quoted(); err != nil {
			return false, err
		}
	}
	for c.more() {
		i := c.pos
		for i < c.end && !c.stop[c.buf[i]] {
			i++
		}
		if quoted && bytes.IndexByte(c.buf[c.pos:i], '"') >= 0 {
			return false, &ReadError{Problem: ProblemQuote}
		}
		c.text = append(c.text, c.buf[c.pos:i]...)
		c.pos = i
		if len(c.text)-begin > maxBytes {
			return false, tooLarge("cell")
		}
		if i < c.end {
			b := c.buf[i]
			c.pos++
			c.broken = b == '\r'
			return b != c.comma, tooLongCell(c.text[begin:])
		}
	}
	if err := c.over(); err != nil {
		return false, err
	}
	return true, tooLongCell(c.text[begin:])
}

func tooLongCell(text []byte) error {
	if len(text) > maxText && tooLong(string(text)) {
		return tooLarge("cell")
	}
	return nil
}

// quoted reads what is between quotation marks and the closing one.
func (c *csvReader) quoted() error {
	begin, lines := len(c.text), false
	for c.more() && len(c.text)-begin <= maxBytes {
		i := c.pos
		for i < c.end && c.buf[i] != '"' {
			lines = lines || c.buf[i] == '\r' || c.buf[i] == '\n'
			i++
		}
		c.text = append(c.text, c.buf[c.pos:i]...)
		if c.pos = i; i == c.end {
			continue
		}
		c.pos++
		if !c.more() || c.buf[c.pos] != '"' {
			return c.closed(lines)
		}
		c.pos++
		c.text = append(c.text, '"')
	}
	if err := c.over(); err != nil {
		return err
	}
	return &ReadError{Problem: ProblemQuote}
}

// closed judges a closing quotation mark by what follows. After lines it may be
// one that was meant to open a cell of another row.
func (c *csvReader) closed(lines bool) error {
	if lines && c.more() && !c.stop[c.buf[c.pos]] {
		return &ReadError{Problem: ProblemQuote}
	}
	return nil
}
