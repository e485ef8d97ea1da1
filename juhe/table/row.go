package table

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
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

const (
	maxMergedRanges = 1 << 20
	// maxMergedText limits the text that is kept for the rows of a merged cell. No
	// factor is longer.
	maxMergedText = 4 << 10
)

// mergedRange is a merged cell of several rows, with the column of its text.
type mergedRange struct{ column, first, last int32 }

// mergedCells tracks the merged cells of a sheet while its rows are read.
type mergedCells struct {
	pending []mergedRange // sorted by first row
	open    map[int]mergedCell
}

// mergedCell is the content of a merged cell.
type mergedCell struct {
	value       Value
	first, last int
}

// advance opens the merged cells that begin in a row, or in a blank one above.
func (s *mergedCells) advance(row Row) {
	for len(s.pending) > 0 && int(s.pending[0].first) <= row.Number {
		m := s.pending[0]
		s.pending = s.pending[1:]
		var v Value
		if int(m.first) == row.Number && int(m.column) < len(row.Cells) {
			v = row.Cells[m.column]
		}
		s.start(int(m.column), mergedCell{v, int(m.first), int(m.last)})
	}
}

// start keeps the content of a merged cell.
func (s *mergedCells) start(column int, m mergedCell) {
	if s.open == nil {
		s.open = map[int]mergedCell{}
	}
	if len(m.value.Text) > maxMergedText {
		m.value = Value{}
	}
	m.value.Text = strings.Clone(m.value.Text) // not the rest of its row
	s.open[column] = m
}

// MergedCell returns the content of the merged cell in a column, and its first
// and last row. ok is false if there is none of several rows. It must be called
// before the next row is read.
func (r Row) MergedCell(column int) (v Value, first, last int, ok bool) {
	if r.merged == nil {
		return Value{}, 0, 0, false
	}
	m, ok := r.merged.open[column]
	return m.value, m.first, m.last, ok && r.Number <= m.last
}

// loadMerged finds the merged cells of a sheet, which are listed after its rows. It
// ignores errors that reading the rows returns again.
func (w *workbook) loadMerged(ctx context.Context, sheet int) error {
	s := &w.sheets[sheet]
	if s.part == nil { // not XLSX
		return nil
	}
	var err error
	s.merged, err = w.readRanges(ctx, s.part)
	var known *ReadError
	if errors.As(err, &known) && known.Detail == "merges" || ctx.Err() != nil {
		return err
	}
	return nil
}

func (w *workbook) readRanges(ctx context.Context, part *zip.File) (all []mergedRange, err error) {
	r, err := w.openPart(part, maxSheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	text, err := skipToElement(utf8XML(contextReader{ctx, r}), "mergeCell") // much faster than parsing all rows
	if err != nil {
		return nil, err
	}
	x := newXMLReader(text)
	for err == nil {
		var t xml.Token
		t, err = x.token()
		if tag, ok := t.(xml.StartElement); ok && tag.Name.Local == "mergeCell" {
			if m, ok := parseMergedRange(attribute(tag, "ref")); ok {
				all = append(all, m)
			}
		}
		if len(all) > maxMergedRanges {
			return nil, tooLargeError("merges")
		}
	}
	if !errors.Is(err, io.EOF) {
		return nil, err
	}
	slices.SortFunc(all, func(a, b mergedRange) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.column, b.column))
	})
	return all, nil
}

// skipToElement returns XML from the first element whose name begins with name.
func skipToElement(r io.Reader, name string) (io.Reader, error) {
	const longest = 64 // name, with a prefix
	text := bufio.NewReader(r)
	for {
		_, err := text.ReadSlice('<')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return nil, err
		}
		tag, _ := text.Peek(longest)
		tag = tag[:max(0, bytes.IndexAny(tag, " \t\r\n/>"))]
		if bytes.HasPrefix(tag[bytes.IndexByte(tag, ':')+1:], []byte(name)) {
			return io.MultiReader(strings.NewReader("<"), text), nil
		}
	}
}

// parseMergedRange parses a reference such as B2:C4. It returns false if that has
// only one row.
func parseMergedRange(ref string) (mergedRange, bool) {
	from, to, _ := strings.Cut(ref, ":")
	row := func(ref string) int {
		n, _ := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		return n
	}
	column, first, last := refColumn(from), row(from), row(to)
	if column < 0 || column >= MaxColumns || first < 1 || last <= first || last > MaxRows {
		return mergedRange{}, false
	}
	return mergedRange{int32(column), int32(first), int32(last)}, true
}
