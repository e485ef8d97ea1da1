package sheet

import (
	"archive/zip"
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
	// maxMergedText is how long a text is kept for the rows that a merged cell spans.
	// No factor is that long.
	maxMergedText = 4 << 10
)

// mergedRange is a merged cell of several rows, by the column of its text.
type mergedRange struct{ column, first, last int32 }

// mergedCells are the merged cells of a sheet as its rows go by.
type mergedCells struct {
	pending []mergedRange // by their first rows
	open    map[int]mergedCell
}

// mergedCell is the text of a merged cell.
type mergedCell struct {
	value       Value
	first, last int
}

// advance takes up the merged cells that begin in a row, or in one left out above.
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

// start keeps what a merged cell holds.
func (s *mergedCells) start(column int, m mergedCell) {
	if s.open == nil {
		s.open = map[int]mergedCell{}
	}
	if len(m.value.Text) > maxMergedText {
		m.value = Value{}
	}
	m.value.Text = strings.Clone(m.value.Text) // without the rest of its row
	s.open[column] = m
}

// MergedCell is what the merged cell holds that the row has in a column, and its
// first and last row. ok is false where there is none of several rows. It is
// good only until the next row.
func (r Row) MergedCell(column int) (v Value, first, last int, ok bool) {
	if r.merged == nil {
		return Value{}, 0, 0, false
	}
	m, ok := r.merged.open[column]
	return m.value, m.first, m.last, ok && r.Number <= m.last
}

// loadMerged finds the merged cells of a sheet, which stand behind its rows. What
// is wrong with the sheet is told by its rows.
func (w *workbook) loadMerged(ctx context.Context, sheet int) error {
	s := &w.sheets[sheet]
	if s.part == nil { // it tells its own
		return nil
	}
	there, err := w.partContains(ctx, s.part, "mergeCell")
	if err == nil && there {
		s.merged, err = w.readRanges(ctx, s.part)
	}
	var known *ReadError
	if errors.As(err, &known) && known.Detail == "merges" || ctx.Err() != nil {
		return err
	}
	return nil
}

// partContains tells whether a word stands anywhere in a part.
func (w *workbook) partContains(ctx context.Context, part *zip.File, word string) (bool, error) {
	r, err := w.openPart(part, maxSheet)
	if err != nil {
		return false, err
	}
	defer r.Close()
	text := utf8XML(contextReader{ctx, r})
	buf, kept := make([]byte, 64<<10), 0
	for {
		n, err := text.Read(buf[kept:])
		if n += kept; bytes.Contains(buf[:n], []byte(word)) {
			return true, nil
		}
		kept = copy(buf, buf[max(0, n-len(word)+1):n])
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
}

func (w *workbook) readRanges(ctx context.Context, part *zip.File) (all []mergedRange, err error) {
	r, err := w.openPart(part, maxSheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	x := newXMLReader(contextReader{ctx, r})
	for err == nil {
		var t xml.Token
		t, err = x.token()
		if tag, ok := t.(xml.StartElement); ok && tag.Name.Local == "mergeCell" {
			if m, ok := parseMergedRange(attribute(tag, "ref")); ok {
				all = append(all, m)
			}
		}
		if len(all) > maxMergedRanges {
			return nil, tooLarge("merges")
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

// parseMergedRange reads a reference such as B2:C4; false if it has no several rows.
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
