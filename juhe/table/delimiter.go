package table

import (
	"bytes"
	"context"
	"strings"
)

// detectDelimiter returns the delimiter that splits the first rows into the most headers
// that are looked for or, if several do, the most frequent of them. A character that occurs in
// ordinary text must split off two headers.
func (in *Input) detectDelimiter(text []byte) rune {
	ctx, head := context.Background(), &Input{file: bytes.NewReader(text), size: int64(len(text)), encoding: encoding{name: utf8Text, valid: true}, recognize: in.recognize}
	best, most, frequency := ',', -1, 0
	for _, d := range ",\t;|" {
		if d != best && !bytes.ContainsRune(text, d) {
			continue
		}
		head.delimiter = d
		found, _ := head.countHeaders(ctx)
		n := countOutsideQuotes(text, d)
		if found > most || found == most && n > frequency {
			best, most, frequency = d, found, n
		}
	}
	most = max(most, 1)
	for _, d := range "，；｜、^~" {
		if !bytes.ContainsRune(text, d) {
			continue
		}
		head.delimiter = d
		if found, _ := head.countHeaders(ctx); found > most {
			best, most = d, found
		}
	}
	return best
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
