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

// What a sheet of XLSX cannot hold, nor CSV more columns.
var (
	ErrTooManyColumns = errors.New("a sheet holds no more than 16,384 columns")
	ErrTooManyRows    = errors.New("a sheet of XLSX holds no more than 1,048,576 rows")
	ErrCellTooLong    = errors.New("a cell of XLSX holds no more than 32,767 characters")
)

// Cell is a text, a number, or a copy of what a table held. The zero Cell is
// empty.
type Cell struct {
	text      string
	number    *int64
	kind      Kind // of a copy
	corrupted bool
}

// Text is a cell that stays text: digits keep every digit, and nothing is
// evaluated.
func Text(s string) Cell { return Cell{text: s} }

// Number is a cell that can be computed with.
func Number(n int64) Cell { return Cell{number: &n} }

// Copy is a cell that was read, as it was: in XLSX a number stays a number, a
// date a date and so on. In CSV each is a text.
func Copy(v Value) Cell { return Cell{text: v.Text, kind: v.Kind} }

// Corrupted is a copy of a factor that Row.Factor has found damaged. Its text alone
// might pass for a good one when the table is read again, so where the cell
// cannot stay what it was, #NUM! stands before its text.
func Corrupted(v Value, code bool) Cell {
	return Cell{text: v.Text, kind: v.Kind, corrupted: v.Kind != KindText && v.Text != "" && CheckCorruption(v.Text, code) == CorruptionNone}
}

// Rejected is a copy of a factor that must not be sent for a reason that its cell
// does not show: #NUM! stands before its text.
func Rejected(v Value) Cell { return Cell{text: v.Text, corrupted: v.Text != ""} }

// corruptPrefix makes an error of a text: see CorruptionError.
const corruptPrefix = "#NUM! "

// tableWriter is what a format does.
type tableWriter interface {
	writeRow(cells []Cell) error
	close() error
}

// Writer writes a table. After an error the table is of no use.
type Writer struct{ tableWriter }

// NewWriter begins a table with its head.
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

// Write adds a row. An error is ErrTooManyRows, ErrTooManyColumns, ErrCellTooLong or the underlying
// writer's.
func (w *Writer) Write(cells []Cell) error {
	if len(cells) > MaxColumns {
		return ErrTooManyColumns
	}
	return w.writeRow(cells)
}

// Close ends the table, but not the underlying writer.
func (w *Writer) Close() error { return w.close() }

// textCells makes cells of a head.
func textCells(header []string) []Cell {
	cells := make([]Cell, len(header))
	for i, text := range header {
		cells[i] = Text(text)
	}
	return cells
}
