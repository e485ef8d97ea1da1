package table

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// htmlTable is an open table.
type htmlTable struct {
	index  int
	number int // of the last complete row
	inRow  bool
	hidden bool // the row
	inCell bool
	cell   htmlCell
	column int // of the next cell
	rowBuilder
	spannedUntil map[int]int // the last row of a cell with a rowspan, by column
	merged       mergedCells
}

// htmlCell is the text of a cell as a browser shows it.
type htmlCell struct {
	text         []byte
	pendingSpace bool // before the next text
	pendingBreak bool // likewise
	cellAttributes
}

// cellAttributes are the attributes of a cell's tag, including Excel's own.
type cellAttributes struct {
	columns, rows int
	hidden        bool
	number        bool // x:num
	exact         string
	formula       bool // x:fmla
	isError       bool // x:err
}

// attributes reads the attributes of the current tag.
func (h *htmlReader) attributes(more bool) cellAttributes {
	a := cellAttributes{columns: 1, rows: 1}
	for more {
		var name, value []byte
		name, value, more = h.TagAttr()
		switch string(name) {
		case "colspan":
			a.columns = parseSpan(value, maxSpan)
		case "rowspan":
			a.rows = parseSpan(value, MaxRows)
		case "hidden":
			a.hidden = true
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(string(value)), ""))
			a.hidden = a.hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") || strings.Contains(style, "mso-hide:all")
		case "x:num":
			a.number, a.exact = true, string(bytes.TrimSpace(value))
		case "x:fmla":
			a.formula = true
		case "x:err":
			a.isError = true
		}
	}
	return a
}

// parseSpan returns the number of rows or columns of a cell. 0 means all that
// follow.
func parseSpan(value []byte, most int) int {
	n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
	switch {
	case err != nil || n < 0:
		return 1
	case n == 0 || n > most:
		return most
	}
	return n
}

// add appends text. A run of blanks and line ends counts as one blank.
func (c *htmlCell) add(text []byte) {
	for _, b := range text {
		if b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f' {
			c.pendingSpace = true
			continue
		}
		switch {
		case len(c.text) == 0:
		case c.pendingBreak:
			c.text = append(c.text, '\n')
		case c.pendingSpace:
			c.text = append(c.text, ' ')
		}
		c.pendingSpace, c.pendingBreak = false, false
		c.text = append(c.text, b)
	}
}

func (t *htmlTable) hasText() bool { return len(bytes.TrimSpace(t.cell.text)) > 0 }

// closeCell puts the cell in its place, behind those of its row and those that
// span rows from above.
func (t *htmlTable) closeCell() error {
	if !t.inCell {
		return nil
	}
	t.inCell = false
	row := t.number + 1
	for t.spannedUntil[t.column] >= row {
		t.column++
	}
	c := t.cell
	if t.column+c.columns > MaxColumns {
		return tooLargeError("columns")
	}
	if err := t.set(t.column+c.columns-1, Value{}); err != nil { // as wide as its span
		return err
	}
	v := c.value()
	if err := t.set(t.column, v); err != nil {
		return err
	}
	if last := min(row+c.rows-1, MaxRows); last > row {
		if t.spannedUntil == nil {
			t.spannedUntil = map[int]int{}
		}
		for i := range c.columns {
			t.spannedUntil[t.column+i] = last
		}
		t.merged.start(t.column, mergedCell{v, row, last})
	}
	t.column += c.columns
	return nil
}

// value returns the content of the cell. It is text even if it looks like a
// number. A number of Excel is in an attribute; it counts if the cell shows it as
// a number, not as a date.
func (c htmlCell) value() Value {
	text := strings.TrimFunc(string(bytes.ToValidUTF8(c.text, []byte("\ufffd"))), unicode.IsSpace)
	v := Value{Text: text, Formula: c.formula && text != ""}
	switch {
	case text == "":
		return Value{}
	case c.isError:
		v.Kind = KindError
	case c.number && isNumber(text):
		v.Kind, v.Text = KindNumber, cmp.Or(c.exact, text)
	}
	return v
}

// hiddenPart is an element that is not shown.
type hiddenPart struct {
	name   string
	depth  int
	tables int // open in it
}

// startElement reports whether a start tag is hidden. A cell of an outer table
// closes elements that were left open.
func (p *hiddenPart) startElement(name string, inTable bool) bool {
	switch {
	case p.name == "":
		return false
	case name == p.name:
		p.depth++
	case name == "table":
		p.tables++
	case p.tables == 0 && inTable && isTableElement(name):
		*p = hiddenPart{}
		return false
	}
	return true
}

func (p *hiddenPart) endElement(name string, inTable bool) bool {
	switch {
	case p.name == "":
		return false
	case name == p.name:
		if p.depth--; p.depth == 0 {
			*p = hiddenPart{}
		}
	case name == "table" && p.tables > 0:
		p.tables--
	case p.tables == 0 && inTable && (name == "table" || isTableElement(name)):
		*p = hiddenPart{}
		return false
	}
	return true
}

func isTableElement(name string) bool {
	return slices.Contains([]string{"tr", "td", "th", "thead", "tbody", "tfoot"}, name)
}

// isHiddenElement reports whether a browser does not show an element in a cell.
func isHiddenElement(name string) bool {
	return slices.Contains([]string{"script", "style", "template", "noscript", "title", "textarea", "xml", "caption", "option"}, name)
}

// voidElements returns the elements that have no end tag.
func voidElements() []string {
	return []string{"area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
}
