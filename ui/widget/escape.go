package widget

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
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

// The modifiers of a key, as Bubble Tea knows them. Caps Lock and Num Lock are
// ignored, because they are part of the text that the key types.
const (
	modShift = 1 << iota
	modAlt
	modCtrl
	modUnsupported = 8 | 16 | 32 // Super, Hyper, Meta
)

// parseModifiers parses a terminal's modifier parameter: one more than the sum.
func parseModifiers(number string) int {
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return max(n-1, 0) & (modShift | modAlt | modCtrl | modUnsupported)
}

// legacySequence returns the sequence of a key without the parameters of newer
// protocols.
func legacySequence(number, mods string, last byte) []byte {
	m := parseModifiers(mods)
	switch {
	case m == 0 && (number == "" || number == "1" && last != '~'):
		return fmt.Appendf(nil, "\x1b[%c", last)
	case m == 0:
		return fmt.Appendf(nil, "\x1b[%s%c", number, last)
	}
	return fmt.Appendf(nil, "\x1b[%s;%d%c", number, m+1, last)
}

// keyPiece returns the piece for a key in its legacy encoding.
func keyPiece(key []byte) piece {
	switch {
	case len(key) == 0:
		return piece{}
	case key[0] == esc:
		return piece{pieceSequence, key}
	case key[0] < ' ' || key[0] == 0x7f:
		return piece{pieceControl, key}
	}
	return piece{pieceText, key}
}

// legacyKey returns the legacy encoding of a key that is given by its Unicode number,
// modifiers and, if known, its text. It returns nil for a key without an effect of its
// own.
func legacyKey(number, mods, writes string) []byte {
	code, err := strconv.Atoi(number)
	m := parseModifiers(mods)
	if err != nil || code > unicode.MaxRune || m&modUnsupported != 0 {
		return nil
	}
	if writes != "" && m&(modAlt|modCtrl) == 0 {
		return decodeText(writes)
	}
	r := rune(code)
	if key, ok := functionalKey(r); ok {
		return key
	}
	return addAlt(m, legacyKeyNoAlt(r, m))
}

func addAlt(m int, key []byte) []byte {
	if m&modAlt == 0 || len(key) == 0 || key[0] == esc && len(key) > 1 {
		return key
	}
	return append([]byte{esc}, key...)
}

func legacyKeyNoAlt(r rune, m int) []byte {
	switch {
	case r == '\t' && m&modShift != 0:
		return []byte("\x1b[Z")
	case r == '\t', r == '\r', r == esc:
		return []byte{byte(r)}
	case r == 0x7f && m&modCtrl != 0:
		return []byte{0x08}
	case r == 0x7f, r == 0x08:
		return []byte{0x7f}
	case m&modCtrl != 0:
		return controlCharacter(r)
	case m&modShift != 0:
		r = unicode.ToUpper(r)
	}
	if !unicode.IsPrint(r) && !unicode.IsSpace(r) || r < ' ' {
		return nil
	}
	return []byte(string(r))
}

// controlCharacter returns the control character of Ctrl and r, or nil.
func controlCharacter(r rune) []byte {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '[' && r <= '_', r == '@':
		return []byte{byte(r) & 0x1f}
	case r == ' ':
		return []byte{0}
	case r == '/':
		return []byte{0x1f}
	}
	return nil
}

// decodeText decodes text given as decimal code points.
func decodeText(codes string) []byte {
	var b []byte
	for _, code := range strings.Split(codes, ":") {
		n, err := strconv.Atoi(code)
		if err != nil || n < ' ' || n == 0x7f || !utf8.ValidRune(rune(n)) || n > unicode.MaxRune {
			return nil
		}
		b = utf8.AppendRune(b, rune(n))
	}
	return b
}

// functionalKey returns the key for a number in the private use area: the numeric
// keypad, or nil for keys without an effect of their own.
func functionalKey(r rune) (key []byte, ok bool) {
	const first, last, pad, padKeys, padMoves = 57344, 63743, 57399, "0123456789./*-+\r=,", "\x1b[D \x1b[C \x1b[A \x1b[B \x1b[5~ \x1b[6~ \x1b[H \x1b[F \x1b[2~ \x1b[3~"
	if r < first || r > last {
		return nil, false
	}
	at, moves := int(r-pad), bytes.Fields([]byte(padMoves))
	switch {
	case at >= 0 && at < len(padKeys):
		return []byte{padKeys[at]}, true
	case at >= len(padKeys) && at-len(padKeys) < len(moves):
		return moves[at-len(padKeys)], true
	}
	return nil, true
}
