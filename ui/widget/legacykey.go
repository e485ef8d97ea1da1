package widget

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
