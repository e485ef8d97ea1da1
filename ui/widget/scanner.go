package widget

import (
	"bytes"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// pieceKind is the kind of a piece.
type pieceKind int

const (
	pieceNone       pieceKind = iota // a terminal report, dropped
	pieceText                        // complete characters
	pieceControl                     // one control character: Tab, Enter, Ctrl+S
	pieceSequence                    // an escape sequence that Bubble Tea knows as a key
	piecePasteStart                  // the start mark of a bracketed paste
	piecePasteText                   // part of its content
	piecePasteEnd
)

// piece is a unit of input.
type piece struct {
	kind  pieceKind
	bytes []byte
}

// How long the scanner waits for the rest of an incomplete sequence. A lone Esc is a
// key, so its wait is the shortest; Esc and a character is Alt and that character.
const (
	escapeWait    = 40 * time.Millisecond
	altWait       = 500 * time.Millisecond
	sequenceWait  = 3 * time.Second
	loneEscWait   = 300 * time.Millisecond // for the rest of a sequence whose Esc was passed on as a key
	ambiguousWait = 100 * time.Millisecond
	stringWait    = 2 * time.Second
)

// Size limits of terminal sequences, in bytes.
const (
	sequenceLimit = 64
	stringLimit   = 16 << 20
)

const esc = 0x1b

// scanner splits terminal input into pieces, wherever reads split it. It drops
// terminal reports, such as the answers to tmux's queries.
type scanner struct {
	mouse    bool      // mouse events are wanted
	pending  []byte    // an incomplete piece
	lastByte time.Time // when its last byte arrived
	pasting  bool      // inside a bracketed paste

	// introducer is the introducer of an unfinished string: OSC, DCS, APC, PM or SOS, or
	// [ for an overlong sequence; 0 outside.
	introducer byte
	length     int // of the string so far

	// loneEsc is an Esc that was passed on as a key because nothing followed in time.
	loneEsc     []byte
	loneEscTime time.Time
	ambiguous   bool // pending begins with an Esc that was passed on as a key, so the rest may be text
}

// scan scans the bytes of one read.
func (s *scanner) scan(in []byte, now time.Time) (pieces []piece) {
	if len(in) == 0 {
		return nil
	}
	switch elapsed := now.Sub(s.loneEscTime); {
	case len(s.loneEsc) == 0:
	case elapsed < stringWait && continuesLoneEsc(s.loneEsc, in):
		s.pending = append(s.pending, s.loneEsc...)
	case elapsed < loneEscWait && len(s.loneEsc) == 1 && strings.IndexByte("[]OP_^X", in[0]) >= 0:
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
			pieces = append(pieces, piece{p.kind, bytes.Clone(p.bytes)})
		}
		b = b[n:]
	}
	s.pending = bytes.Clone(b)
	return pieces
}

// lateReply matches terminal reports whose first Esc arrived early. Nobody types these
// bytes at once.
var lateReply = regexp.MustCompile(`^\x1b(?:` +
	`\[[<=>?][0-9;:]|\[[0-9]+[;:][0-9]|\[[0-9]+[~cntuxy]|\[[A-DFHIOZ]$|\[M.{2,3}$|O[A-DFHMPQRS]$|` + // CSI and SS3
	`\][0-9]{1,4};|\][lLI]|P[0-9;]*[$+!>|]|_G|[_^X].*\x1b)`) // OSC, DCS, APC, PM and SOS

// continuesLoneEsc reports whether in is the rest of a sequence whose Esc was already
// passed on as a key.
func continuesLoneEsc(loneEsc, in []byte) bool {
	return len(in) > 1 && lateReply.Match(append(bytes.Clone(loneEsc), in...))
}

// deadline returns when flush is due for an incomplete piece.
func (s *scanner) deadline() (at time.Time, waits bool) {
	switch {
	case s.introducer != 0:
		return s.lastByte.Add(stringWait), true
	case s.pasting || len(s.pending) == 0:
		return time.Time{}, false
	case s.ambiguous:
		return s.lastByte.Add(ambiguousWait), true
	case s.pending[len(s.pending)-1] == esc: // one Esc or two
		return s.lastByte.Add(escapeWait), true
	case len(s.pending) > 2:
		return s.lastByte.Add(sequenceWait), true
	}
	return s.lastByte.Add(altWait), true
}

// flush returns an incomplete piece as the keys that it may be.
func (s *scanner) flush(now time.Time) (pieces []piece) {
	pending, introducer, ambiguous := s.pending, s.introducer, s.ambiguous
	s.pending, s.introducer, s.length, s.ambiguous = nil, 0, 0, false
	switch {
	case ambiguous && introducer == 0 && len(pending) > 1 && pending[0] == esc:
		pieces = []piece{{pieceText, pending[1:]}}
	case introducer != 0 || len(pending) == 0 || pending[0] != esc || len(pending) > 2: // an incomplete character or sequence
	case len(pending) == 2 && pending[1] == esc:
		pieces = []piece{{pieceSequence, pending[:1]}, {pieceSequence, pending[1:]}}
	default:
		pieces = []piece{{pieceSequence, pending}}
		s.loneEsc, s.loneEscTime = pending, now
	}
	return pieces
}

// next returns the length of the first piece in b and the piece. The length is 0 while
// the piece is incomplete.
func (s *scanner) next(b []byte) (int, piece) {
	switch {
	case s.pasting:
		return s.nextPasteText(b)
	case s.introducer != 0:
		return s.nextString(b)
	case b[0] == esc:
		return s.nextEscape(b)
	case b[0] < ' ' || b[0] == 0x7f:
		return 1, piece{pieceControl, b[:1]}
	}
	return s.nextText(b)
}

// nextText parses characters. Some terminals send C1 control characters, each of which
// stands for Esc and a character.
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
		return size, piece{} // invalid UTF-8
	}
	n, p := s.nextEscape(append([]byte{esc, c1 - 0x40}, b[size:]...))
	if n == 0 {
		return 0, piece{}
	}
	return n - 2 + size, p
}

var pasteEndMark = []byte("\x1b[201~")

// nextPasteText parses the content of a bracketed paste up to its end mark.
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

// nextString skips a string up to its end, ST or BEL, or an overlong sequence up to its
// final byte. Any other control character interrupts it.
func (s *scanner) nextString(b []byte) (int, piece) {
	overlong := s.introducer == '['
	for i, c := range b {
		end := i + 1
		switch {
		case overlong && c >= '@', !overlong && c == 0x9c && i > 0 && b[i-1] == 0xc2:
		case overlong && c >= ' ', !overlong && c >= ' ' && (c != 0xc2 || i+1 < len(b)):
			continue
		case !overlong && (c == esc || c == 0xc2) && i+1 == len(b): // perhaps the first byte of ST
			return i, piece{}
		case !overlong && c == esc && b[i+1] == '\\':
			end = i + 2
		case overlong, c == esc, c == 0x03: // a new sequence, or Ctrl+C
			end = i
		}
		if s.introducer = 0; end == 0 {
			return s.next(b)
		}
		return end, piece{}
	}
	if s.length += len(b); s.length > stringLimit {
		s.introducer = 0
	}
	return len(b), piece{}
}
