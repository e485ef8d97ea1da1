package widget

import (
	"bytes"
	"regexp"
	"unicode/utf8"
)

// nextEscape finds what an Esc begins.
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
	case '\\': // the end of a string that was broken off
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

// nextDouble finds what two of them begin: a key with Alt on some terminals, else
// they are pressed one by one.
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
		s.pasting, s.introducer = false, 0 // it is looked at once more
		return 1, piece{pieceSequence, b[:1]}
	}
	return 1 + n, piece{pieceSequence, append([]byte{esc}, p.bytes...)}
}

// keypad is what the keys of a number pad are for, by the letter of their sequence.
const (
	keypadLetters = "MXjklmnopqrstuvwxyI"
	keypadKeys    = "\r=*+,-./0123456789\t"
)

// nextSS3 finds a key as Esc O and a letter.
func nextSS3(b []byte) (int, piece) {
	end := 2
	for end < len(b) && (b[end] >= '0' && b[end] <= '9' || b[end] == ';') {
		end++
	}
	switch {
	case end == len(b):
		return 0, piece{}
	case end > 2 && b[end] >= '@' && b[end] < 0x7f: // with modifiers, as nobody sends it any more
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
	if b[2] == 'H' || b[2] == 'F' { // which Bubble Tea knows by their other name
		key[1] = '['
	}
	return 3, piece{pieceSequence, key}
}

// nextCSI finds a sequence of Esc [.
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
	if end < len(b) && b[end] == '$' && len(params) == 1 { // a key of rxvt
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
	case len(params) < end-start: // an answer
		return end + 1, piece{}
	}
	return end + 1, s.interpretCSI(string(params), b[end], b[:end+1])
}

// nextMouse finds an event of the mouse in the old encoding: three bytes of any
// value behind Esc [ M.
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
	// keyParams are those of a key: a number, its modifiers, and whether it was
	// pressed, held or let go.
	keyParams = regexp.MustCompile(`^(\d{0,5})(?::\d*){0,2}(?:;(\d{0,3})(?::(\d))?)?(?:;([\d:]*))?$`)
)

// interpretCSI is the key that a whole sequence is, if it is one. All others are what a
// terminal says of itself. Esc [ row ; column R could be a key with modifiers, and
// is the place of the cursor.
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
	if part == nil || part[3] == "3" { // let go
		return piece{}
	}
	switch {
	case last == 'u':
		return keyPiece(legacyKey(part[1], part[2], part[4]))
	case last == '~' && part[1] == "27": // as xterm writes it
		return keyPiece(legacyKey(part[4], part[2], ""))
	}
	return piece{pieceSequence, legacySequence(part[1], part[2], last)}
}
