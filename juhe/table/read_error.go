package table

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// ReadProblem is the reason why a table cannot be read.
type ReadProblem string

// The problems.
const (
	ProblemNotFound      ReadProblem = "not_there" // no such file
	ProblemDenied        ReadProblem = "denied"    // no permission
	ProblemNotFile       ReadProblem = "not_file"  // Detail: folder, pipe or device
	ProblemEmpty         ReadProblem = "empty"     // no row has any text
	ProblemFormat        ReadProblem = "format"    // not a table, nor any known format
	ProblemOldExcel      ReadProblem = "old_excel" // XLS of before 2007
	ProblemOtherFormat   ReadProblem = "other"     // a spreadsheet of another format; Detail is its extension: .xlsb, .ods, .fods, .et, .numbers
	ProblemPassword      ReadProblem = "password"  // an XLSX with a password
	ProblemProtected     ReadProblem = "protected" // encrypted by a company's document protection; Detail is the product, if known
	ProblemArchive       ReadProblem = "archive"   // an archive; Detail is the format and the tables in it
	ProblemDocument      ReadProblem = "document"  // not a table; Detail is the kind: PDF, Word, PNG, JSON
	ProblemNoTable       ReadProblem = "no_table"  // a web page without a table
	ProblemLockFile      ReadProblem = "lock"      // the lock file of an open file; Detail is the name of that file
	ProblemCutOff        ReadProblem = "cut_off"   // the end of a workbook is missing
	ProblemNoSheet       ReadProblem = "sheet"     // no such sheet; Detail lists the sheets
	ProblemDamaged       ReadProblem = "damaged"   // the archive or its XML is broken
	ProblemTooLarge      ReadProblem = "too_large" // beyond a limit; Detail: cell, row, rows, columns, sheets, strings, part
	ProblemUnclosedQuote ReadProblem = "quote"     // a quotation mark in the row is not closed or not opened
	ProblemNUL           ReadProblem = "nul"       // NULs instead of text
	ProblemIO            ReadProblem = "io"        // reading failed
)

// ReadError is the error of everything that reads a table, except for that of a
// context. Its text never quotes a cell.
type ReadError struct {
	Problem ReadProblem
	Path    string
	Row     int    // from 1, or 0
	Column  int    // from 1, or 0
	Detail  string // see the problem
	Err     error  // the cause, or nil
}

func (e *ReadError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "table %s: %s", e.Path, e.Problem)
	if e.Row > 0 {
		fmt.Fprintf(&b, ", row %d", e.Row)
	}
	if e.Column > 0 {
		fmt.Fprintf(&b, ", column %s", ColumnName(e.Column-1))
	}
	if e.Detail != "" {
		fmt.Fprintf(&b, " (%s)", e.Detail)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

func (e *ReadError) Unwrap() error { return e.Err }

func tooLargeError(what string) *ReadError { return &ReadError{Problem: ProblemTooLarge, Detail: what} }

func damagedError(err error) *ReadError { return &ReadError{Problem: ProblemDamaged, Err: err} }

// atRow adds a row to a *ReadError that has none.
func atRow(err error, row int) error {
	if known := (*ReadError)(nil); errors.As(err, &known) && known.Row == 0 {
		known.Row = row
	}
	return err
}

// isEOF reports whether a file ends too early.
func isEOF(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// wrapError converts the error of a file to a *ReadError. It returns the error of
// a context unchanged.
func wrapError(path string, err error) error {
	var known *ReadError
	if errors.As(err, &known) {
		known.Path = path
		return known
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &ReadError{Problem: problemOf(err), Path: path, Err: err}
}

func problemOf(err error) ReadProblem {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ProblemNotFound
	case errors.Is(err, fs.ErrPermission):
		return ProblemDenied
	case errors.As(err, &corrupt), errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrAlgorithm),
		errors.Is(err, zip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF):
		return ProblemDamaged
	}
	return ProblemIO
}
