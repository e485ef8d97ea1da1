package widget

import (
	"bytes"
	"regexp"
	"unicode/utf8"
)

// nextEscape parses what begins with Esc.
func (s *scanner) nextEscape(b []byte) (int, piece) {
	if len(b) == 1 {
		return 0, piece{}
	}
	switch b[1] {
	case '[':
		return s.nextCSI(b)
	case 'O':
		return nextSS3(b)
	case ']', 'P', '_', '^', 'X':
		if len(b) == 2 {
			return 0, piece{}
		}
		s.introducer, s.length = b[1], 0
		return 2, piece{}
	case '\\': // the end of an interrupted string
		return 2, piece{}
	case esc:
		return s.nextDouble(b)
	}
	if !utf8.FullRune(b[1:]) {
		return 0, piece{}
	}
	r, size := utf8.DecodeRune(b[1:])
	if r == utf8.RuneError {
		return 1 + size, piece{}
	}
	return 1 + size, piece{pieceSequence, b[:1+size]}
}

// nextDouble parses what begins with two Esc: some terminals send a key with Alt that
// way. Otherwise each Esc is a key.
func (s *scanner) nextDouble(b []byte) (int, piece) {
	if len(b) == 2 {
		return 0, piece{}
	}
	if b[2] != '[' && b[2] != 'O' {
		return 1, piece{pieceSequence, b[:1]}
	}
	n, p := s.nextEscape(b[1:])
	switch {
	case n == 0:
		return 0, piece{}
	case p.kind != pieceSequence || p.bytes[0] != esc:
		s.pasting, s.introducer = false, 0 // b[1:] is parsed again
		return 1, piece{pieceSequence, b[:1]}
	}
	return 1 + n, piece{pieceSequence, append([]byte{esc}, p.bytes...)}
}

// The keys of a numeric keypad, by the final letters of their sequences.
const (
	keypadLetters = "MXjklmnopqrstuvwxyI"
	keypadKeys    = "\r=*+,-./0123456789\t"
)

// nextSS3 parses Esc O and a letter.
func nextSS3(b []byte) (int, piece) {
	end := 2
	for end < len(b) && (b[end] >= '0' && b[end] <= '9' || b[end] == ';') {
		end++
	}
	switch {
	case end == len(b):
		return 0, piece{}
	case end > 2 && b[end] >= '@' && b[end] < 0x7f: // with modifiers, which no current terminal sends
		return end + 1, piece{}
	case end > 2:
		return end, piece{}
	}
	if i := bytes.IndexByte([]byte(keypadLetters), b[2]); i >= 0 {
		return 3, keyPiece([]byte{keypadKeys[i]})
	}
	if bytes.IndexByte([]byte("ABCDHFPQRSabcd"), b[2]) < 0 {
		return 2, piece{pieceSequence, b[:2]} // Alt+O
	}
	key := bytes.Clone(b[:3])
	if b[2] == 'H' || b[2] == 'F' { // Bubble Tea knows only the CSI form
		key[1] = '['
	}
	return 3, piece{pieceSequence, key}
}

// nextCSI parses a sequence that begins with Esc [.
func (s *scanner) nextCSI(b []byte) (int, piece) {
	const start = 2
	if len(b) > start && b[start] == '[' { // F1 to F5 of the Linux console
		if len(b) == start+1 {
			return 0, piece{}
		}
		if b[start+1] >= 'A' && b[start+1] <= 'E' {
			return start + 2, piece{pieceSequence, b[:start+2]}
		}
		return start + 1, piece{}
	}
	end := start
	for end < len(b) && b[end] >= '0' && b[end] <= '?' {
		end++
	}
	params := b[start:end]
	if end < len(b) && b[end] == '$' && len(params) == 1 { // a key in rxvt
		return end + 1, piece{pieceSequence, b[:end+1]}
	}
	for end < len(b) && b[end] >= ' ' && b[end] <= '/' {
		end++
	}
	switch {
	case end > sequenceLimit:
		s.introducer, s.length = '[', 0
		return end, piece{}
	case end == len(b):
		return 0, piece{}
	case (b[end] < ' ' || b[end] >= 0x7f) && end == start:
		return end, piece{pieceSequence, b[:end]} // Alt+[
	case b[end] < ' ' || b[end] >= 0x7f:
		return end, piece{}
	case b[end] == 'M' && end == start:
		return s.nextMouse(b)
	case b[end] == 'O' && end == start && end+1 < len(b) && bytes.IndexByte([]byte("ABCDabcd"), b[end+1]) >= 0:
		return end + 2, piece{pieceSequence, b[:end+2]}
	case len(params) < end-start: // a terminal report
		return end + 1, piece{}
	}
	return end + 1, s.interpretCSI(string(params), b[end], b[:end+1])
}

// nextMouse parses a mouse event in the X10 encoding: Esc [ M and three bytes of any
// value.
func (s *scanner) nextMouse(b []byte) (int, piece) {
	const length = 6
	switch {
	case len(b) < length:
		return 0, piece{}
	case !s.mouse:
		return length, piece{}
	}
	return length, piece{pieceSequence, b[:length]}
}

var (
	mouseParams = regexp.MustCompile(`^<\d{1,5};\d{1,5};\d{1,5}$`)
	// keyParams matches the parameters of a key: number, modifiers, event type (press,
	// repeat, release), text.
	keyParams = regexp.MustCompile(`^(\d{0,5})(?::\d*){0,2}(?:;(\d{0,3})(?::(\d))?)?(?:;([\d:]*))?$`)
)

// interpretCSI returns the key for a complete sequence, or nothing for a terminal
// report. Esc [ row ; column R could also be F3 with modifiers; it is treated as a
// cursor position report.
func (s *scanner) interpretCSI(params string, last byte, whole []byte) piece {
	switch {
	case params == "200" && last == '~':
		s.pasting = true
		return piece{kind: piecePasteStart}
	case last == 'M' || last == 'm':
		if s.mouse && mouseParams.MatchString(params) {
			return piece{pieceSequence, whole}
		}
		return piece{}
	case bytes.IndexByte([]byte("~^@ABCDHFPQSZabcdu"), last) < 0, params == "201":
		return piece{}
	}
	part := keyParams.FindStringSubmatch(params)
	if part == nil || part[3] == "3" { // key release
		return piece{}
	}
	switch {
	case last == 'u':
		return keyPiece(legacyKey(part[1], part[2], part[4]))
	case last == '~' && part[1] == "27": // xterm's modifyOtherKeys
		return keyPiece(legacyKey(part[4], part[2], ""))
	}
	return piece{pieceSequence, legacySequence(part[1], part[2], last)}
}
