package table

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode"
)

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
