package sheet

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// htmlTable is a table that is open.
type htmlTable struct {
	index        int
	number       int // of the last row that has ended
	inRow        bool
	hidden       bool // the row
	inCell       bool
	cell         htmlCell
	column       int // of the next cell
	cells        []Value
	size         int         // of the texts in cells
	spannedUntil map[int]int // the last row of a cell that spans several, by each of its columns
	merged       mergedCells
}

// htmlCell is the text of a cell, as a browser shows it.
type htmlCell struct {
	text         []byte
	pendingSpace bool // before what comes next
	pendingLine  bool
	cellAttributes
}

// cellAttributes are what a tag says of a cell, Excel's own among them.
type cellAttributes struct {
	columns, rows int
	hidden        bool
	number        bool // x:num
	exact         string
	formula       bool // x:fmla
	isError       bool // x:err
}

// attributes reads those of the tag at hand.
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

// parseSpan is how many rows or columns a cell has; 0 is all that follow.
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

// add adds text; runs of blanks and line ends are one blank.
func (c *htmlCell) add(text []byte) {
	for _, b := range text {
		if b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f' {
			c.pendingSpace = true
			continue
		}
		switch {
		case len(c.text) == 0:
		case c.pendingLine:
			c.text = append(c.text, '\n')
		case c.pendingSpace:
			c.text = append(c.text, ' ')
		}
		c.pendingSpace, c.pendingLine = false, false
		c.text = append(c.text, b)
	}
}

// breakLine begins another line, if more text comes.
func (c *htmlCell) breakLine() { c.pendingLine = true }

func (t *htmlTable) hasText() bool { return len(bytes.TrimSpace(t.cell.text)) > 0 }

// closeCell puts the cell where it stands: behind those of its row and between
// those that reach down from other rows.
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
		return tooLarge("columns")
	}
	if err := tooLongCell(string(c.text)); err != nil {
		return err
	}
	if t.size += len(c.text); t.size > maxRow {
		return tooLarge("row")
	}
	v := c.value()
	for len(t.cells) < t.column+c.columns {
		t.cells = append(t.cells, Value{})
	}
	t.cells[t.column] = v
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

// value is what the cell holds. Text is text, whatever digits it has; a number
// that Excel has written is told by the number beside its text, unless it is
// shown as something else, such as a date.
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

// hiddenPart is what is not shown: an element within so many tables, and how many
// of its name are open.
type hiddenPart struct {
	name   string
	level  int
	depth  int
	tables int // within it
}

// startElement reports whether a tag is within what is hidden. A cell ends what was not
// closed before it.
func (p *hiddenPart) startElement(name string, level int) bool {
	switch {
	case p.name == "":
		return false
	case name == p.name:
		p.depth++
	case name == "table":
		p.tables++
	case p.tables == 0 && level > 0 && isTableElement(name):
		*p = hiddenPart{}
		return false
	}
	return true
}

func (p *hiddenPart) endElement(name string, level int) bool {
	switch {
	case p.name == "":
		return false
	case name == p.name:
		if p.depth--; p.depth == 0 {
			*p = hiddenPart{}
		}
	case name == "table" && p.tables > 0:
		p.tables--
	case p.tables == 0 && level > 0 && (name == "table" || isTableElement(name)):
		*p = hiddenPart{}
		return false
	}
	return true
}

func isTableElement(name string) bool {
	return slices.Contains([]string{"tr", "td", "th", "thead", "tbody", "tfoot"}, name)
}

// isInvisible tells what no browser shows in a cell.
func isInvisible(name string) bool {
	return slices.Contains([]string{"script", "style", "template", "noscript", "title", "textarea", "xml", "caption", "option"}, name)
}

// voidElements are the elements that have no end.
func voidElements() []string {
	return []string{"area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
}
