package sheet

import (
	"bytes"
	"strings"
)

// detectDelimiter returns the delimiter with which the first rows contain the most
// factor headers; of several such, the most frequent one. A character that ordinary
// text contains has to reveal two headers.
func detectDelimiter(text []byte) rune {
	best, most, frequency := ',', -1, 0
	for _, d := range ",\t;|" {
		if d != best && !bytes.ContainsRune(text, d) {
			continue
		}
		factors, n := countFactors(text, d), countOutsideQuotes(text, d)
		if factors > most || factors == most && n > frequency {
			best, most, frequency = d, factors, n
		}
	}
	most = max(most, 1)
	for _, d := range "，；｜、^~" {
		if !bytes.ContainsRune(text, d) {
			continue
		}
		if factors := countFactors(text, d); factors > most {
			best, most = d, factors
		}
	}
	return best
}

// countFactors counts the factors that have a header in the first rows if cells are
// separated by delimiter.
func countFactors(text []byte, delimiter rune) int {
	var top []Row
	_ = readCSV(bytes.NewReader(text), delimiter, &countingReader{}, func(row Row, _ error) bool { // the last row may be cut off
		if !row.IsBlank() {
			row.Cells = append([]Value(nil), row.Cells...)
			top = append(top, row)
		}
		return len(top) < headerRows
	})
	_, _, _, factors := findHeader(top, false)
	_, _, _, org := findHeader(top, true)
	return max(factors, org)
}

// countOutsideQuotes counts a character in the first lines, outside of quotation
// marks. A TAB at the edge of a cell, which keeps a number a text, does not count.
func countOutsideQuotes(text []byte, delimiter rune) int {
	const enough = 20 // lines
	quoted, lines, filled, n := false, 0, false, 0
	edge := func(i int) bool {
		return i < 0 || i >= len(text) || strings.IndexByte(",;|\r\n", text[i]) >= 0
	}
	for i, b := range text {
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
			if rune(b) == delimiter && (b != '\t' || !edge(i-1) && !edge(i+1)) {
				n++
			}
		}
		if lines == enough {
			break
		}
	}
	return n
}

// declaredDelimiter returns the delimiter that a first line such as sep=; declares,
// and the length of the line in bytes. Spreadsheets neither show nor count that line.
func declaredDelimiter(text []byte) (delimiter rune, size int) {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	size = min(len(line)+1, len(text))
	line = bytes.TrimSuffix(line, []byte("\r"))
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte(`"`)), []byte(`"`))
	if len(line) != len("sep=;") || !bytes.EqualFold(line[:4], []byte("sep=")) {
		return 0, 0
	}
	b := line[4]
	isLetter := 'a' <= b|0x20 && b|0x20 <= 'z'
	if b == '\t' || b > ' ' && b < 0x7f && b != '"' && !isDigits(string(b)) && !isLetter {
		return rune(b), size
	}
	return 0, 0
}
