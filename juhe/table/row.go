package table

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Kind is the kind of a cell in a spreadsheet.
type Kind uint8

// The kinds. Every cell of CSV is a text.
const (
	KindText   Kind = iota
	KindNumber      // Text is as in the file: 110105, 1.1E+17
	KindDate        // Text is 2006-01-02, 2006-01-02 15:04:05 or 15:04:05
	KindBool        // Text is TRUE or FALSE
	KindError       // Text is #N/A and the like
)

// Value is the content of a cell. That of a formula is the result that was saved.
// The zero Value is an empty cell.
type Value struct {
	Text    string
	Kind    Kind
	Formula bool // if Text is empty, no result was saved
}

// Row is a row of a table. Cells is reused for the next row; its texts are not.
type Row struct {
	Number int     // from 1; blank rows count
	Cells  []Value // from column A; empty cells at the end may be missing
	Offset int64   // how much of Input.Size has been read, approximately
	Hidden bool    // by the user or by a filter
	merged *mergedCells
}

// IsBlank reports whether no cell has any text. A formula without a saved result
// may have had one.
func (r Row) IsBlank() bool {
	for _, c := range r.Cells {
		if c.Formula || strings.ContainsFunc(c.Text, isVisible) {
			return false
		}
	}
	return true
}

// isVisible reports whether a character is visible. Ctrl+Z, which DOS puts at the end
// of a text, is not. A NUL counts as visible: it stands for text that was lost.
func isVisible(r rune) bool {
	return r != '\x1a' && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
}

// Texts returns the texts of the cells in a new slice.
func (r Row) Texts() []string {
	all := make([]string, len(r.Cells))
	for i, c := range r.Cells {
		all[i] = c.Text
	}
	return all
}

// rowBuilder collects the cells of a row.
type rowBuilder struct {
	cells []Value
	size  int // of their texts, in bytes
}

func (b *rowBuilder) reset() { b.cells, b.size = b.cells[:0], 0 }

// set sets a cell. It returns an error if the cell or the row is too large.
func (b *rowBuilder) set(column int, v Value) error {
	if isTooLong(v.Text) {
		return tooLargeError("cell")
	}
	if b.size += len(v.Text); b.size > maxRow {
		return tooLargeError("row")
	}
	for len(b.cells) <= column {
		b.cells = append(b.cells, Value{})
	}
	b.cells[column] = v
	return nil
}

// ColumnName returns the name of a column, counted from 0: A, B, … Z, AA.
func ColumnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return ColumnName(i/26-1) + ColumnName(i%26)
}

// ColumnIndex returns the column, counted from 0, of a name in upper or lower
// case, or -1 if no sheet has that column.
func ColumnIndex(name string) int {
	if i := columnNumber(name); i < MaxColumns {
		return i
	}
	return -1
}

// refColumn returns the column of a reference such as B7, or -1 if it is not one.
func refColumn(ref string) int { return columnNumber(strings.TrimRight(ref, "0123456789")) }

// columnNumber returns the column of a name, from 0. It stops counting at MaxColumns,
// and returns -1 if the name does not consist of letters.
func columnNumber(name string) int {
	n := 0
	for i := range len(name) {
		letter := name[i] | 0x20
		if letter < 'a' || letter > 'z' {
			return -1
		}
		n = min(n*26+int(letter-'a')+1, MaxColumns+1)
	}
	return n - 1
}

// Unwrap removes what people, programs and Writer put around a code: an
// apostrophe, and after it TABs or ="…". That is one layer: Writer puts the
// apostrophe before the other two.
func Unwrap(text string) string {
	text = strings.TrimPrefix(text, "'")
	if bare := strings.TrimLeft(text, "\t"); bare != text {
		return bare
	}
	if inside, ok := strings.CutPrefix(text, `="`); ok {
		if inside, ok = strings.CutSuffix(inside, `"`); ok && !strings.Contains(inside, `"`) {
			return inside
		}
	}
	return text
}

// IsError reports whether a text is an error of a spreadsheet, or one that Marked has
// turned into an error.
func IsError(text string) bool {
	switch text {
	case "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
		"#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#PYTHON!":
		return true
	}
	if code, found := strings.CutPrefix(text, "Err:"); found && isDigits(code) { // LibreOffice
		return true
	}
	return text != "" && (strings.Trim(text, "#") == "" || strings.HasPrefix(text, mark))
}

// isNumber reports whether XLSX can hold a text as a number.
func isNumber(text string) bool {
	n, err := strconv.ParseFloat(text, 64)
	return err == nil && !math.IsInf(n, 0) && strings.Trim(text, "0123456789.eE+-") == ""
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
