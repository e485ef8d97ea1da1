package sheet

import (
	"bytes"
	"strings"

	"golang.org/x/text/transform"
)

// comma is what is between cells: a comma, a semicolon (where the comma is the
// decimal mark), a TAB, a bar, or one that a Chinese keyboard gives. It is the one
// by which most factors are found in the first rows, and else the one that is
// there most often. One that belongs to ordinary text has to tell two factors.
func comma(head []byte) (best byte, wide string) {
	best, most, often := byte(','), -1, 0
	for _, c := range []byte{',', '\t', ';', '|'} {
		if c != best && bytes.IndexByte(head, c) < 0 {
			continue
		}
		found := factorsBy(head, c, "")
		seen := occurrences(head, c)
		if found > most || found == most && seen > often {
			best, most, often = c, found, seen
		}
	}
	most = max(most, 1)
	for _, c := range []string{"，", "；", "｜", "、", "^", "~"} {
		if !bytes.Contains(head, []byte(c)) {
			continue
		}
		if found := factorsBy(head, standIn, c); found > most {
			best, wide, most = standIn, c, found
		}
	}
	return best, wide
}

// standIn is in the place of a separator that is no byte, while rows are cut.
const standIn = '\x1f'

// narrowed puts standIn in the place of a character.
type narrowed struct {
	transform.NopResetter
	wide []byte
}

// Transform holds back the beginning of a character.
func (n narrowed) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		rest := src[nSrc:]
		switch {
		case nDst == len(dst):
			return nDst, nSrc, transform.ErrShortDst
		case bytes.HasPrefix(rest, n.wide):
			dst[nDst] = standIn
			nSrc += len(n.wide)
		case !atEOF && bytes.HasPrefix(n.wide, rest):
			return nDst, nSrc, transform.ErrShortSrc
		default:
			dst[nDst] = rest[0]
			nSrc++
		}
		nDst++
	}
	return nDst, nSrc, nil
}

// factorsBy is how many factors a head tells in the first rows if this is what is
// between cells.
func factorsBy(head []byte, comma byte, wide string) int {
	var top []Row
	_ = csvRows(bytes.NewReader(head), comma, wide, &counter{}, func(row Row, _ error) bool { // the last row may be cut off
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
		return i < 0 || i >= len(head) || strings.IndexByte(",;|\r\n", head[i]) >= 0
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
