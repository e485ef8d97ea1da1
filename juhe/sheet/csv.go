package sheet

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

type csvTable struct {
	*csv.Writer
	fields []string
}

func newCSV(w io.Writer, head []string) (*csvTable, error) {
	t := &csvTable{Writer: csv.NewWriter(w)}
	t.UseCRLF = true
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	return t, t.row(texts(head))
}

func (t *csvTable) row(cells []Cell) error {
	t.fields = t.fields[:0]
	for _, c := range cells {
		field := safe(c.text)
		if c.number != nil {
			field = strconv.FormatInt(*c.number, 10)
		}
		t.fields = append(t.fields, field)
	}
	return t.Write(t.fields)
}

func (t *csvTable) end() error {
	t.Flush()
	return t.Error()
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
