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
	"slices"
	"strconv"
	"strings"
)

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
