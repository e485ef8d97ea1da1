package sheet

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// csvTable writes RFC 4180. encoding/csv would lose a CR within a cell.
type csvTable struct{ *bufio.Writer }

func newCSV(w io.Writer, head []string) (*csvTable, error) {
	t := &csvTable{bufio.NewWriter(w)}
	if _, err := t.WriteString("\ufeff"); err != nil {
		return nil, err
	}
	return t, t.row(texts(head))
}

func (t *csvTable) row(cells []Cell) error {
	for i, c := range cells {
		if i > 0 {
			t.WriteByte(',')
		}
		t.field(c.csv())
	}
	if len(cells) == 1 && cells[0].csv() == "" { // not a blank line
		t.WriteString(`""`)
	}
	// The buffer keeps the first error and gives it here.
	_, err := t.WriteString("\r\n")
	return err
}

func (t *csvTable) field(text string) {
	if !strings.ContainsAny(text, "\",\r\n") && text != `\.` && strings.TrimLeftFunc(text, unicode.IsSpace) == text {
		t.WriteString(text)
		return
	}
	t.WriteByte('"')
	for {
		before, after, found := strings.Cut(text, `"`)
		t.WriteString(before)
		if !found {
			break
		}
		t.WriteString(`""`)
		text = after
	}
	t.WriteByte('"')
}

func (t *csvTable) end() error { return t.Flush() }

// csv is a cell as a field.
func (c Cell) csv() string {
	switch {
	case c.number != nil:
		return strconv.FormatInt(*c.number, 10)
	case c.spoilt:
		return spoiltMark + c.text
	case c.kind == KindNumber && isNumber(c.text):
		return c.text
	}
	return safe(c.text)
}

// safe puts an apostrophe before what a spreadsheet would evaluate: CSV has no
// other way to say that a field is text.
func safe(text string) string {
	for _, begin := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(text, begin) {
			return "'" + text
		}
	}
	return text
}
