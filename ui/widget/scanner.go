package widget

import (
	"bytes"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// pieceKind is what a piece of input is.
type pieceKind int

const (
	pieceNone       pieceKind = iota // what a terminal sends by itself
	pieceText                        // whole characters
	pieceControl                     // one control character: Tab, Enter, Ctrl+S
	pieceSequence                    // a key as an escape sequence, for Bubble Tea
	piecePasteStart                  // of a bracketed paste
	piecePasteText                   // what is in it, as it comes
	piecePasteEnd
)

// piece is what the scanner finds in the input.
type piece struct {
	kind  pieceKind
	bytes []byte
}

// How long the rest of something unfinished may take. A lone Esc is a key, so it
// waits the shortest; Esc and one character is Alt and that character.
const (
	escapeWait    = 40 * time.Millisecond
	altWait       = 500 * time.Millisecond
	sequenceWait  = 3 * time.Second
	loneEscWait   = 300 * time.Millisecond // for what may belong to an Esc
	ambiguousWait = 100 * time.Millisecond
	stringWait    = 2 * time.Second
)

// Lengths beyond which something is no sequence of a terminal.
const (
	sequenceLimit = 64
	stringLimit   = 16 << 20
)

const esc = 0x1b

// scanner takes what a terminal sends apart, in whatever pieces it comes. What the
// terminal sends by itself, such as the answer to a question of tmux, is dropped.
type scanner struct {
	mouse    bool      // the mouse is wanted
	pending  []byte    // the beginning of something
	lastByte time.Time // when its last byte came
	pasting  bool      // inside a bracketed paste

	// introducer is the introducer of the string whose end has not come: of OSC, DCS,
	// APC, PM or SOS, or [ for a sequence that is too long; 0 outside.
	introducer byte
	length     int // of the string so far

	// loneEsc is the Esc that was given as a key for want of a rest.
	loneEsc     []byte
	loneEscTime time.Time
	ambiguous   bool // rest begins with an Esc that was given as a key: it may be text
}

// scan takes what one read gives.
func (s *scanner) scan(in []byte, now time.Time) (found []piece) {
	if len(in) == 0 {
		return nil
	}
	switch late := now.Sub(s.loneEscTime); {
	case len(s.loneEsc) == 0:
	case late < stringWait && continuesLoneEsc(s.loneEsc, in):
		s.pending = append(s.pending, s.loneEsc...)
	case late < loneEscWait && len(s.loneEsc) == 1 && strings.IndexByte("[]OP_^X", in[0]) >= 0:
		s.pending, s.ambiguous = append(s.pending, s.loneEsc...), true
	}
	s.loneEsc, s.lastByte = nil, now
	s.pending = append(s.pending, in...)
	b := s.pending
	for len(b) > 0 {
		n, p := s.next(b)
		if n == 0 {
			break
		}
		s.ambiguous = false
		if p.kind != pieceNone {
			found = append(found, piece{p.kind, bytes.Clone(p.bytes)})
		}
		b = b[n:]
	}
	s.pending = bytes.Clone(b)
	return found
}

// lateReply is what a terminal sends behind an Esc that was late, as nobody types it
// at once.
var lateReply = regexp.MustCompile(`^\x1b(?:` +
	`\[[<=>?][0-9;:]|\[[0-9]+[;:][0-9]|\[[0-9]+[~cntuxy]|\[[A-DFHIOZ]$|\[M.{2,3}$|O[A-DFHMPQRS]$|` + // CSI and SS3
	`\][0-9]{1,4};|\][lLI]|P[0-9;]*[$+!>|]|_G|[_^X].*\x1b)`) // OSC, DCS, APC, PM and SOS

// continuesLoneEsc reports whether what has come is the rest of a sequence that began
// with an Esc which was given up.
func continuesLoneEsc(orphan, in []byte) bool {
	return len(in) > 1 && lateReply.Match(append(bytes.Clone(orphan), in...))
}

// deadline is when what is unfinished is given up.
func (s *scanner) deadline() (at time.Time, waits bool) {
	switch {
	case s.introducer != 0:
		return s.lastByte.Add(stringWait), true
	case s.pasting || len(s.pending) == 0:
		return time.Time{}, false
	case s.ambiguous:
		return s.lastByte.Add(ambiguousWait), true
	case s.pending[len(s.pending)-1] == esc: // Esc, or two
		return s.lastByte.Add(escapeWait), true
	case len(s.pending) > 2:
		return s.lastByte.Add(sequenceWait), true
	}
	return s.lastByte.Add(altWait), true
}

// flush gives what is unfinished as the keys that it may be.
func (s *scanner) flush(now time.Time) (found []piece) {
	rest, inside, doubted := s.pending, s.introducer, s.ambiguous
	s.pending, s.introducer, s.length, s.ambiguous = nil, 0, 0, false
	switch {
	case doubted && inside == 0 && len(rest) > 1 && rest[0] == esc:
		found = []piece{{pieceText, rest[1:]}}
	case inside != 0 || len(rest) == 0 || rest[0] != esc || len(rest) > 2: // half a character, or of a sequence
	case len(rest) == 2 && rest[1] == esc:
		found = []piece{{pieceSequence, rest[:1]}, {pieceSequence, rest[1:]}}
	default:
		found = []piece{{pieceSequence, rest}}
		s.loneEsc, s.loneEscTime = rest, now
	}
	return found
}

// next finds the first piece in b and its length, which is 0 as long as it is not
// whole.
func (s *scanner) next(b []byte) (int, piece) {
	switch {
	case s.pasting:
		return s.nextPasteText(b)
	case s.introducer == '[':
		return s.nextOverlong(b)
	case s.introducer != 0:
		return s.nextString(b)
	case b[0] == esc:
		return s.nextEscape(b)
	case b[0] < ' ' || b[0] == 0x7f:
		return 1, piece{pieceControl, b[:1]}
	}
	return s.nextText(b)
}

// nextText finds characters. One of C1 is the Esc and the character for which it
// stands: some terminals send their answers with it.
func (s *scanner) nextText(b []byte) (int, piece) {
	n := 0
	for n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	if n > 0 {
		return n, piece{pieceText, b[:n]}
	}
	if !utf8.FullRune(b) {
		return 0, piece{}
	}
	c1, size := b[0], 1
	if r, n := utf8.DecodeRune(b); r != utf8.RuneError {
		c1, size = byte(r), n
	}
	if bytes.IndexByte([]byte{0x8f, 0x90, 0x98, 0x9b, 0x9d, 0x9e, 0x9f}, c1) < 0 {
		return size, piece{} // no character at all
	}
	n, p := s.nextEscape(append([]byte{esc, c1 - 0x40}, b[size:]...))
	if n == 0 {
		return 0, piece{}
	}
	return n - 2 + size, p
}

var pasteEndMark = []byte("\x1b[201~")

// nextPasteText finds what is in a bracketed paste, up to the mark of its end.
func (s *scanner) nextPasteText(b []byte) (int, piece) {
	at := bytes.IndexByte(b, esc)
	switch {
	case at < 0:
		return len(b), piece{piecePasteText, b}
	case at > 0:
		return at, piece{piecePasteText, b[:at]}
	case bytes.HasPrefix(b, pasteEndMark):
		s.pasting = false
		return len(pasteEndMark), piece{kind: piecePasteEnd}
	case bytes.HasPrefix(pasteEndMark, b):
		return 0, piece{}
	}
	return 1, piece{piecePasteText, b[:1]}
}

// nextString passes over a string of the terminal up to its end: ST, for OSC BEL
// too. No control character is in one, so any breaks it off.
func (s *scanner) nextString(b []byte) (int, piece) {
	for i, c := range b {
		switch {
		case (c == esc || c == 0xc2) && i+1 == len(b):
			return i, piece{}
		case c == esc && b[i+1] == '\\':
			s.introducer = 0
			return i + 2, piece{}
		case c == esc, c == 0x03: // another one begins, or somebody has had enough
			s.introducer = 0
			return s.skip(b, i)
		case c < ' ' || c == 0x9c && i > 0 && b[i-1] == 0xc2:
			s.introducer = 0
			return i + 1, piece{}
		}
	}
	if s.length += len(b); s.length > stringLimit {
		s.introducer = 0
	}
	return len(b), piece{}
}

// skip goes on behind what was passed over.
func (s *scanner) skip(b []byte, n int) (int, piece) {
	if n > 0 {
		return n, piece{}
	}
	return s.next(b)
}

// nextOverlong passes over a sequence that is too long, up to its last byte.
func (s *scanner) nextOverlong(b []byte) (int, piece) {
	for i, c := range b {
		if c < ' ' {
			s.introducer = 0
			return s.skip(b, i)
		}
		if c >= '@' {
			s.introducer = 0
			return i + 1, piece{}
		}
	}
	if s.length += len(b); s.length > stringLimit {
		s.introducer = 0
	}
	return len(b), piece{}
}
