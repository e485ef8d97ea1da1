package table

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

	"golang.org/x/net/html"
)

const (
	maxTables = 256  // in a file
	maxNested = 64   // tables within tables
	maxSpan   = 1000 // columns of a cell (HTML standard)
)

// pageOpener opens a text in UTF-8. read counts its bytes in the file.
type pageOpener func(context.Context) (text io.Reader, read *countingReader, err error)

// newHTMLWorkbook returns a workbook of the tables in some pages. Each table with two
// columns is a sheet, or if there are none, each with any text. A table in a cell
// of another is a table of its own.
func newHTMLWorkbook(ctx context.Context, pages []pageOpener, size int64) (*workbook, error) {
	var wide, narrow []worksheet
	for _, p := range pages {
		var columns []int // with text, by table
		err := p.readRows(ctx, func(table int, row Row) bool {
			for len(columns) <= table {
				columns = append(columns, 0)
			}
			filled := 0
			for _, c := range row.Cells {
				if c.Text != "" {
					filled++
				}
			}
			columns[table] = max(columns[table], filled)
			return true
		})
		if err != nil {
			return nil, err
		}
		for table, n := range columns {
			s := worksheet{byteSize: size, read: p.tableRows(table)}
			switch {
			case n > 1 && len(wide) < maxTables:
				wide = append(wide, s)
			case n == 1 && len(narrow) < maxTables:
				narrow = append(narrow, s)
			}
		}
	}
	w := &workbook{sheets: wide, delimited: true}
	if len(wide) == 0 {
		w.sheets = narrow
	}
	switch len(w.sheets) {
	case 0:
		return nil, &ReadError{Problem: ProblemNoTable}
	case 1: // a name is not needed
		return w, nil
	}
	for i := range w.sheets {
		w.sheets[i].name = strconv.Itoa(i + 1)
	}
	return w, nil
}

// isHTML reports whether a text, in lower case, begins like a page.
func isHTML(begin []byte) bool {
	if bytes.HasPrefix(begin, []byte("<?xml")) && bytes.Contains(begin, []byte("<html")) {
		return true
	}
	return slices.ContainsFunc([]string{
		"<!doctype", "<!--", "<html", "<head", "<meta", "<title", "<style", "<script", "<link", "<body", "<table", "<div", "<center", "<font", "<form", "<p", "<br", "<h1", "<h2", "<h3", "<span", "<tr", "<td",
	}, func(tag string) bool { return bytes.HasPrefix(begin, []byte(tag)) })
}

// tableRows returns a function that reads the rows of one table.
func (p pageOpener) tableRows(n int) func(context.Context, func(Row, error) bool) error {
	return func(ctx context.Context, yield func(Row, error) bool) error {
		return p.readRows(ctx, func(table int, row Row) bool { return table != n || row.IsBlank() || yield(row, nil) })
	}
}

// htmlReader reads the tables of a page. It keeps only the rows that are open.
type htmlReader struct {
	*html.Tokenizer
	count   *countingReader
	tables  int          // that were opened
	open    []*htmlTable // the innermost last
	hidden  hiddenPart
	yield   func(table int, row Row) bool
	stopped bool // yield returned false
}

// readRows calls yield for each row of each table until that returns false.
func (p pageOpener) readRows(ctx context.Context, each func(table int, row Row) bool) error {
	text, count, err := p(ctx)
	if err != nil {
		return err
	}
	h := &htmlReader{Tokenizer: html.NewTokenizer(text), count: count, yield: each}
	h.SetMaxBuf(maxToken)
	for !h.stopped {
		switch h.Next() {
		case html.ErrorToken:
			return h.finish()
		case html.TextToken:
			err = h.addText()
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := h.TagName()
			err = h.startElement(string(name), more)
		case html.EndTagToken:
			name, _ := h.TagName()
			err = h.endElement(string(name))
		}
		if err != nil {
			return h.locate(err)
		}
	}
	return nil
}

// finish closes the tables that are open at the end of a page, which is common. An open
// cell is an error, because half of a number might be sent.
func (h *htmlReader) finish() error {
	switch err := h.Err(); {
	case errors.Is(err, html.ErrBufferExceeded):
		return h.locate(tooLargeError("cell"))
	case !errors.Is(err, io.EOF):
		return err
	}
	for _, t := range h.open {
		if t.inCell && t.hasText() {
			return h.locate(&ReadError{Problem: ProblemCutOff})
		}
	}
	for len(h.open) > 0 {
		if err := h.closeTable(); err != nil {
			return h.locate(err)
		}
	}
	return nil
}

// locate adds the row to an error.
func (h *htmlReader) locate(err error) error {
	if t := h.current(); t != nil {
		return atRow(err, t.number+1)
	}
	return err
}

func (h *htmlReader) current() *htmlTable {
	if len(h.open) == 0 {
		return nil
	}
	return h.open[len(h.open)-1]
}

func (h *htmlReader) addText() error {
	t := h.current()
	if t == nil || !t.inCell || h.hidden.name != "" {
		return nil
	}
	t.cell.add(h.Text())
	if len(t.cell.text) > maxBytes {
		return tooLargeError("cell")
	}
	return nil
}

func (h *htmlReader) startElement(name string, more bool) error {
	if h.hidden.startElement(name, len(h.open) > 0) {
		return nil
	}
	a := h.attributes(more)
	if (a.hidden && !isTableElement(name) || isHiddenElement(name)) && !slices.Contains(voidElements(), name) {
		h.hidden = hiddenPart{name: name, depth: 1}
		return nil
	}
	if name == "table" {
		if len(h.open) == maxNested {
			return tooLargeError("tables")
		}
		h.open = append(h.open, &htmlTable{index: h.tables})
		h.tables++
		return nil
	}
	t := h.current()
	if t == nil {
		return nil
	}
	switch name {
	case "tr", "thead", "tbody", "tfoot":
		err := h.closeRow(t)
		t.inRow, t.hidden = name == "tr", name == "tr" && a.hidden
		return err
	case "td", "th":
		return h.startCell(t, a)
	case "br", "p", "div", "li":
		t.cell.pendingBreak = true
	}
	return nil
}

func (h *htmlReader) endElement(name string) error {
	if h.hidden.endElement(name, len(h.open) > 0) {
		return nil
	}
	t := h.current()
	if t == nil {
		return nil
	}
	switch name {
	case "table":
		return h.closeTable()
	case "tr", "thead", "tbody", "tfoot":
		return h.closeRow(t)
	case "td", "th":
		return t.closeCell()
	case "p", "div", "li":
		t.cell.pendingBreak = true
	}
	return nil
}

func (h *htmlReader) startCell(t *htmlTable, a cellAttributes) error {
	if err := t.closeCell(); err != nil {
		return err
	}
	t.inRow, t.inCell = true, true
	t.cell = htmlCell{text: t.cell.text[:0], cellAttributes: a}
	return nil
}

func (h *htmlReader) closeTable() error {
	err := h.closeRow(h.current())
	h.open = h.open[:len(h.open)-1]
	return err
}

// closeRow passes the row on, if one is open.
func (h *htmlReader) closeRow(t *htmlTable) error {
	if err := t.closeCell(); err != nil {
		return err
	}
	if !t.inRow {
		return nil
	}
	if t.number++; t.number > MaxRows {
		return tooLargeError("rows")
	}
	h.stopped = !h.yield(t.index, Row{Number: t.number, Cells: t.cells, Offset: h.count.n, Hidden: t.hidden, merged: &t.merged})
	t.inRow, t.hidden, t.column = false, false, 0
	t.reset()
	return nil
}
