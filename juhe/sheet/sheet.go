// Package sheet reads and writes tables, CSV and XLSX, a row at a time.
//
// What it writes a spreadsheet opens and does not evaluate. What it reads may
// come from any program: Open knows the format and the encoding by content, rows
// are numbered as a spreadsheet numbers them, Match finds the columns of the
// four factors, and Row.Factor tells what a spreadsheet has done to a code.
// Memory stays small however long a table is, except that the texts which an
// XLSX file shares between cells are kept.
package sheet

import (
	"errors"
	"io"
	"path/filepath"
	"strings"
)

// Format is how a table is written.
type Format string

// The formats.
const (
	CSV  Format = "csv"  // RFC 4180 in UTF-8, with a byte order mark, which Excel needs
	XLSX Format = "xlsx" // ECMA-376, one sheet
)

// FormatOf is the format that the extension of a path names, in either case.
func FormatOf(path string) (Format, bool) {
	f := Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), "."))
	return f, f == CSV || f == XLSX
}

// What a sheet of XLSX cannot hold.
var (
	ErrRows = errors.New("a sheet of XLSX holds no more than 1,048,576 rows")
	ErrCell = errors.New("a cell of XLSX holds no more than 32,767 characters")
)

// Cell is a text or a number. The zero Cell is empty.
type Cell struct {
	text   string
	number *int64
}

// Text is a cell that stays text: digits keep every digit, and nothing is
// evaluated.
func Text(s string) Cell { return Cell{text: s} }

// Number is a cell that can be computed with.
func Number(n int64) Cell { return Cell{number: &n} }

// table is what a format does.
type table interface {
	row(cells []Cell) error
	end() error
}

// Writer writes a table. After an error the table is of no use.
type Writer struct{ table }

// NewWriter begins a table with its head.
func NewWriter(w io.Writer, f Format, head []string) (*Writer, error) {
	if f == XLSX {
		x, err := newXLSX(w, head)
		return &Writer{x}, err
	}
	c, err := newCSV(w, head)
	return &Writer{c}, err
}

// Write adds a row. An error is ErrRows, ErrCell or the underlying writer's.
func (w *Writer) Write(cells []Cell) error { return w.row(cells) }

// Close ends the table, but not the underlying writer.
func (w *Writer) Close() error { return w.end() }

// texts makes cells of a head.
func texts(head []string) []Cell {
	cells := make([]Cell, len(head))
	for i, text := range head {
		cells[i] = Text(text)
	}
	return cells
}
