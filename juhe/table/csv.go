package table

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"
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

// newCSVWorkbook returns CSV as a workbook of one sheet. skip is the number of bytes of a
// first line such as sep=;.
func newCSVWorkbook(open pageOpener, size int64, delimiter rune, skip int) *workbook {
	read := func(ctx context.Context, yield func(Row, error) bool) error {
		text, count, err := open(ctx)
		if err != nil {
			return err
		}
		return readCSV(skipBytes(text, skip), delimiter, count, yield)
	}
	return &workbook{delimited: true, sheets: []worksheet{{byteSize: size, read: read}}}
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

// peek returns the next character without reading it, or endOfFile.
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

// csvWriter writes RFC 4180. encoding/csv would lose a CR within a cell.
type csvWriter struct{ *bufio.Writer }

func newCSV(w io.Writer, header []string) (*csvWriter, error) {
	t := &csvWriter{bufio.NewWriter(w)}
	if _, err := t.WriteString("\ufeff"); err != nil {
		return nil, err
	}
	return t, t.writeRow(textCells(header))
}

func (w *csvWriter) writeRow(cells []Cell) error {
	for i, c := range cells {
		if i > 0 {
			w.WriteByte(',')
		}
		w.writeField(c.csvField())
	}
	if len(cells) == 1 && cells[0].csvField() == "" { // a blank line is no row
		w.WriteString(`""`)
	}
	// The buffer returns its first error here.
	_, err := w.WriteString("\r\n")
	return err
}

func (w *csvWriter) writeField(text string) {
	if !strings.ContainsAny(text, "\",\r\n") && text != `\.` && strings.TrimLeftFunc(text, unicode.IsSpace) == text {
		w.WriteString(text)
		return
	}
	w.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
}

func (w *csvWriter) close() error { return w.Flush() }

// csvField returns a cell as a field of CSV.
func (c Cell) csvField() string {
	switch {
	case c.number != nil:
		return strconv.FormatInt(*c.number, 10)
	case c.marked:
		return mark + c.text
	case c.kind == KindNumber && isNumber(c.text):
		return c.text
	}
	return escapeFormula(c.text)
}

// escapeFormula puts an apostrophe before a text that a spreadsheet would
// evaluate. CSV has no other way to mark a field as text.
func escapeFormula(text string) string {
	if strings.IndexAny(text, "=+-@\t\r\n＝＋－＠") == 0 {
		return "'" + text
	}
	return text
}

// detectDelimiter returns the delimiter that splits the first rows into the most headers
// that are looked for or, if several do, the most frequent of them. A character that occurs in
// ordinary text must split off two headers.
func detectDelimiter(text []byte, recognize Recognizer) rune {
	countHeaders := func(delimiter rune) int {
		all := func(context.Context) (io.Reader, *countingReader, error) {
			return bytes.NewReader(text), &countingReader{}, nil
		}
		in := &Input{book: newCSVWorkbook(all, 0, delimiter, 0), recognize: recognize}
		found, _ := in.countHeaders(context.Background())
		return found
	}
	best, most, frequency := ',', -1, 0
	for _, d := range ",\t;|" {
		if d != best && !bytes.ContainsRune(text, d) {
			continue
		}
		found := countHeaders(d)
		n := countOutsideQuotes(text, d)
		if found > most || found == most && n > frequency {
			best, most, frequency = d, found, n
		}
	}
	most = max(most, 1)
	for _, d := range "，；｜、^~" {
		if !bytes.ContainsRune(text, d) {
			continue
		}
		if found := countHeaders(d); found > most {
			best, most = d, found
		}
	}
	return best
}

// countOutsideQuotes counts a character in the first lines, outside of quotation
// marks. A TAB at the edge of a cell, which keeps a number a text, does not count.
func countOutsideQuotes(text []byte, delimiter rune) int {
	const enough = 20 // lines
	quoted, lines, filled, n := false, 0, false, 0
	edge := func(i int) bool {
		return i < 0 || i >= len(text) || strings.IndexByte(",;|\r\n", text[i]) >= 0
	}
	for i, b := range text {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n' || b == '\r':
			if filled {
				lines++
			}
			filled = false
		default:
			filled = true
			if rune(b) == delimiter && (b != '\t' || !edge(i-1) && !edge(i+1)) {
				n++
			}
		}
		if lines == enough {
			break
		}
	}
	return n
}

// declaredDelimiter returns the delimiter that a first line such as sep=; declares,
// and the length of the line in bytes. Spreadsheets neither show nor count that line.
func declaredDelimiter(text []byte) (delimiter rune, size int) {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	size = min(len(line)+1, len(text))
	line = bytes.TrimSuffix(line, []byte("\r"))
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte(`"`)), []byte(`"`))
	if len(line) != len("sep=;") || !bytes.EqualFold(line[:4], []byte("sep=")) {
		return 0, 0
	}
	b := line[4]
	isLetter := 'a' <= b|0x20 && b|0x20 <= 'z'
	if b == '\t' || b > ' ' && b < 0x7f && b != '"' && !isDigits(string(b)) && !isLetter {
		return rune(b), size
	}
	return 0, 0
}
