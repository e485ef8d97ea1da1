package sheet

import (
	"bytes"
	"strings"
)

// comma is what is between cells: a comma, a semicolon (where the comma is the
// decimal mark) or a TAB. It is the one by which most factors are found in the
// first rows, and else the one that is there most often.
func comma(head []byte) byte {
	best, most, often := byte(','), -1, 0
	for _, c := range []byte{',', '\t', ';'} {
		found := factorsBy(head, c)
		seen := occurrences(head, c)
		if found > most || found == most && seen > often {
			best, most, often = c, found, seen
		}
	}
	return best
}

// factorsBy is how many factors a head tells in the first rows if a byte is what
// is between cells.
func factorsBy(head []byte, comma byte) int {
	var top []Row
	_ = csvRows(bytes.NewReader(head), comma, &counter{}, func(row Row, _ error) bool { // the last row may be cut off
		if !row.Blank() {
			row.Cells = append([]Value(nil), row.Cells...)
			top = append(top, row)
		}
		return len(top) < headRows
	})
	_, _, _, plain := findHead(top, false)
	_, _, _, org := findHead(top, true)
	return max(plain, org)
}

// occurrences counts a byte in the first lines, outside of quotation marks. A
// TAB at the edge of a cell keeps a number a text and is not between two.
func occurrences(head []byte, of byte) int {
	const enough = 20 // lines
	quoted, lines, filled, n := false, 0, false, 0
	edge := func(i int) bool {
		return i < 0 || i >= len(head) || strings.IndexByte(",;\r\n", head[i]) >= 0
	}
	for i, b := range head {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n' || b == '\r':
			if filled {
				lines++
			}
			filled = false
		default:
			filled = true
			if b == of && (b != '\t' || !edge(i-1) && !edge(i+1)) {
				n++
			}
		}
		if lines == enough {
			break
		}
	}
	return n
}

// separator is what a first line such as sep=; says is between cells, and how
// many bytes the line has. Spreadsheets neither show nor count it.
func separator(head []byte) (comma byte, size int) {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	size = min(len(line)+1, len(head))
	line = bytes.TrimSuffix(line, []byte("\r"))
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte(`"`)), []byte(`"`))
	if len(line) != len("sep=;") || !bytes.EqualFold(line[:4], []byte("sep=")) {
		return 0, 0
	}
	switch b := line[4]; {
	case b == '\t', b > ' ' && b < 0x7f && b != '"' && !isAlnum(b):
		return b, size
	}
	return 0, 0
}

func isAlnum(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}
