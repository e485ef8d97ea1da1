// Package table reads and writes tables, in CSV and XLSX, a row at a time.
//
// Spreadsheet programs open the tables that it writes and evaluate nothing in them.
// Tables from any program can be read: Open detects the format and the encoding by
// content, and rows are numbered as in a spreadsheet. Memory does not grow with the
// length of a table, except for the texts that the cells of an XLSX file share. What
// the cells mean is for others: see Recognizer.
package table

import (
	"errors"
	"io"
	"path/filepath"
	"strings"
)

// Format is the format of a table that is written.
type Format string

// The formats.
const (
	CSV  Format = "csv"  // RFC 4180 in UTF-8, with a byte order mark, which Excel needs
	XLSX Format = "xlsx" // ECMA-376, one sheet
)

// FormatOf returns the format that the extension of a path names, in upper or
// lower case.
func FormatOf(path string) (Format, bool) {
	f := Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), "."))
	return f, f == CSV || f == XLSX
}

// The limits of a sheet of XLSX. That of the columns applies to CSV too.
var (
	ErrTooManyColumns = errors.New("a sheet holds no more than 16,384 columns")
	ErrTooManyRows    = errors.New("a sheet of XLSX holds no more than 1,048,576 rows")
	ErrCellTooLong    = errors.New("a cell of XLSX holds no more than 32,767 characters")
)

// Cell is a text, a number, or a copy of a cell that was read. The zero Cell is
// empty.
type Cell struct {
	text   string
	number *int64
	kind   Kind // of a copy
	marked bool
}

// Text returns a cell that stays text: every digit is kept, and nothing is
// evaluated.
func Text(s string) Cell { return Cell{text: s} }

// Number returns a cell that a spreadsheet can compute with.
func Number(n int64) Cell { return Cell{number: &n} }

// Copy returns a cell as it was read: in XLSX a number stays a number and a date
// stays a date. In CSV each is text.
func Copy(v Value) Cell { return Cell{text: v.Text, kind: v.Kind} }

// Marked returns a copy of a cell that must not pass for a valid one when the table is
// read again: #NUM! is put before its text unless it keeps its kind, as in XLSX.
func Marked(v Value) Cell { return Cell{text: v.Text, kind: v.Kind, marked: v.Text != ""} }

// mark turns a text into an error: see IsError.
const mark = "#NUM! "

// tableWriter writes one format.
type tableWriter interface {
	writeRow(cells []Cell) error
	close() error
}

// Writer writes a table. It must not be used after an error.
type Writer struct{ tableWriter }

// NewWriter starts a table with its header.
func NewWriter(w io.Writer, f Format, header []string) (*Writer, error) {
	if len(header) > MaxColumns {
		return nil, ErrTooManyColumns
	}
	if f == XLSX {
		x, err := newXLSX(w, header)
		return &Writer{x}, err
	}
	c, err := newCSV(w, header)
	return &Writer{c}, err
}

// Write adds a row. The error is ErrTooManyRows, ErrTooManyColumns,
// ErrCellTooLong or the underlying writer's.
func (w *Writer) Write(cells []Cell) error {
	if len(cells) > MaxColumns {
		return ErrTooManyColumns
	}
	return w.writeRow(cells)
}

// Close completes the table. It does not close the underlying writer.
func (w *Writer) Close() error { return w.close() }

// textCells converts the texts of a header to cells.
func textCells(header []string) []Cell {
	cells := make([]Cell, len(header))
	for i, text := range header {
		cells[i] = Text(text)
	}
	return cells
}
