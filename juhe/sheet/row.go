package sheet

import (
	"strings"
	"unicode"
)

// Kind is what a spreadsheet takes a cell for.
type Kind uint8

// The kinds. Every cell of CSV is a text.
const (
	KindText   Kind = iota
	KindNumber      // Text is as in the file: 110105, 1.1E+17
	KindDate        // Text is 2006-01-02, 2006-01-02 15:04:05 or 15:04:05
	KindBool        // Text is TRUE or FALSE
	KindError       // Text is #N/A and the like
)

// Value is what a cell holds; of a formula, what it came to when the file was
// saved. The zero Value is an empty cell.
type Value struct {
	Text    string
	Kind    Kind
	Formula bool // without a Text, no result was saved
}

// Row is a row of a table. Cells is used again for the next row; the texts in it
// stay, but those of one row may share memory.
type Row struct {
	Number int     // as a spreadsheet counts: 1 is the first, and blank ones count
	Cells  []Value // the first is column A; shorter than other rows where the rest is empty
	Offset int64   // about how much of Input.Size has been read
	Hidden bool    // in XLSX, by hand or by a filter
	merged *mergedCells
}

// IsBlank tells whether no cell has any text. A formula of which no result was
// saved may have had one.
func (r Row) IsBlank() bool {
	for _, c := range r.Cells {
		if c.Formula || strings.ContainsFunc(c.Text, isVisible) {
			return false
		}
	}
	return true
}

// isVisible tells whether a character shows something. Ctrl+Z, which DOS put at the end
// of a text, does not; a NUL stands for what was lost.
func isVisible(r rune) bool {
	return r != '\x1a' && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
}

// Texts are the texts of the cells, in a slice of their own.
func (r Row) Texts() []string {
	all := make([]string, len(r.Cells))
	for i, c := range r.Cells {
		all[i] = c.Text
	}
	return all
}

// ColumnName is the name of a column, from 0: A, B, … Z, AA.
func ColumnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return ColumnName(i/26-1) + ColumnName(i%26)
}

// ColumnIndex is the column, from 0, of a name in either case; -1 where no sheet
// has that column.
func ColumnIndex(name string) int {
	n := 0
	for i := range len(name) {
		letter := name[i] | 0x20
		if letter < 'a' || letter > 'z' || n > MaxColumns {
			return -1
		}
		n = n*26 + int(letter-'a') + 1
	}
	if n > MaxColumns {
		return -1
	}
	return n - 1
}
