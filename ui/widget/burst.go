package widget

import (
	"bytes"
	"time"
	"unicode/utf8"
)

// How long a burst stays open after its last byte. Nobody presses Enter within 30 ms
// of a character, and the pieces of a paste arrive up to 25 ms apart. Once it is clear
// that the burst was not typed, a slow line gets more time.
const (
	typingGap    = 40 * time.Millisecond
	chunkGap     = 100 * time.Millisecond
	pasteGap     = 200 * time.Millisecond
	bracketedGap = 3 * time.Second // until the end mark of a bracketed paste
	// breakGap limits how long Tab and Enter wait for text in total, because a held key
	// repeats.
	breakGap = 200 * time.Millisecond
	// joinGap is the time within which text counts as the beginning of a paste that
	// follows it: on a busy machine the first characters of a paste may be released as
	// typed text.
	joinGap = 150 * time.Millisecond
)

// Size limits in bytes: of a paste, of text typed in one burst, and of typed text that
// a paste may take back.
const (
	pasteLimit  = 8 << 20
	typingLimit = 64 << 10
	tailLimit   = 256
)

// keyEvent is one result of decoding: keys for Bubble Tea, a paste, or a mark.
type keyEvent struct {
	keys        []byte
	isPaste     bool
	text        string // of a paste; empty if it is too long
	maybePasted bool   // a mark: the next key arrived together with text
}

// burst collects text and the Tab and Enter keys that arrive with it. A spreadsheet
// row pasted without bracketed paste looks like that; passed on key by key it would
// fill in the form and send it.
type burst struct {
	buf           []byte
	hasText       bool // buf holds characters
	hasBreak      bool // Tab or Enter followed the characters
	separateBreak bool // the last Tab or Enter came in a read of its own, after all text came in one
	leading       int  // number of bytes before the first character
	bracketed     bool // it is a paste whatever it contains
	tooLong       bool
	reads         int       // number of reads so far
	textReads     int       // number of reads since the first character
	grew          bool      // the current read added something
	now           time.Time // time of the current read
	first, last   time.Time

	typedTail []byte // the text typed last, if no other key followed
	tailTime  time.Time

	adjacent      bool // the current piece closely follows another one
	startAdjacent bool // the first piece in buf closely followed another one
	keyFollows    bool // a key closely follows
	textChain     bool // there was text, and every piece since closely followed another one
}

// isPaste reports whether the input cannot have been typed. A script may write a text
// and press Enter at once, but it does not write character by character.
func (b *burst) isPaste() bool {
	return b.bracketed || b.hasText && (b.hasBreak || b.leading > 0 && b.textReads > 2)
}

// isScripted reports whether a script wrote the input: a text in one piece, then Tab
// or Enter. Such a key moves to the next field but never sends.
func (b *burst) isScripted() bool {
	return b.separateBreak && !b.bracketed && b.reads <= 2 && b.leading == 0 && !b.keyFollows && bytes.IndexAny(b.buf, "\t\r\n") == len(b.buf)-1
}

// hasInput reports whether the burst has collected anything.
func (b *burst) hasInput() bool { return len(b.buf) > 0 || b.bracketed || b.tooLong }

// gap returns how long the burst waits for more input. open reports whether a
// bracketed paste has not ended.
func (b *burst) gap(open bool) time.Duration {
	switch {
	case open:
		return bracketedGap
	case b.isPaste() && !b.bracketed:
		return pasteGap
	case b.bracketed || b.hasText && b.reads > 2:
		return chunkGap
	}
	return typingGap
}

// add adds a piece and returns the events of a burst that the piece ends.
func (b *burst) add(p piece) []keyEvent {
	b.textChain = b.textChain && b.adjacent
	switch p.kind {
	case pieceText:
		b.textChain = true
		if !b.hasText && !b.bracketed {
			b.leading = len(b.buf)
		}
		b.hasText = true
		b.append(p.bytes)
	case pieceControl:
		return b.addControl(p.bytes)
	case pieceSequence:
		return b.addSequence(p.bytes)
	case piecePasteStart:
		var before []keyEvent
		if !b.isPaste() {
			before = b.flush()
		}
		b.bracketed, b.grew = true, true
		return before
	case piecePasteText:
		b.append(p.bytes)
	case piecePasteEnd:
		b.grew = true
	}
	return nil
}

func (b *burst) append(more []byte) {
	if b.grew = true; b.first.IsZero() {
		b.first, b.startAdjacent = b.now, b.adjacent
	}
	b.last = b.now
	if len(b.buf)+len(more) > pasteLimit {
		b.buf, b.tooLong = nil, true
	}
	if !b.tooLong {
		b.buf = append(b.buf, more...)
	}
}

// addControl adds Tab and Enter. Any other control key ends the burst.
func (b *burst) addControl(key []byte) []keyEvent {
	if c := key[0]; c != '\t' && c != '\r' && c != '\n' {
		return b.endWithKey(key)
	}
	b.separateBreak = b.hasText && !b.grew && b.reads == 1 && len(b.typedTail) == 0
	b.hasBreak = b.hasBreak || b.hasText
	b.append(key)
	return nil
}

// addSequence handles a key that is not a character. Directly after a paste it is part
// of the paste and is dropped.
func (b *burst) addSequence(key []byte) []keyEvent {
	if b.isPaste() && b.now.Sub(b.last) <= typingGap {
		b.grew = true
		return nil
	}
	return b.endWithKey(key)
}

// endWithKey ends the burst with a key.
func (b *burst) endWithKey(key []byte) []keyEvent {
	maybePasted := b.hasText && !b.isPaste() || !b.hasText && b.textChain || b.adjacent && isAltCharacter(key)
	b.keyFollows = true
	out := b.flush()
	if maybePasted {
		out = append(out, keyEvent{maybePasted: true})
	}
	out = append(out, keyEvent{keys: key})
	b.typedTail = nil
	return out
}

// isAltCharacter reports whether key is Alt and a character, which works like the
// character where no text is typed.
func isAltCharacter(key []byte) bool {
	return len(key) > 1 && key[0] == esc && key[1] != '[' && key[1] != 'O'
}

// flush returns the events of the burst and starts a new one.
func (b *burst) flush() []keyEvent {
	old := *b
	*b = burst{grew: b.grew, now: b.now, adjacent: b.adjacent, textChain: b.textChain}
	switch {
	case old.isScripted():
		last := len(old.buf) - 1 // the text could answer a question
		return []keyEvent{{maybePasted: true}, {keys: old.buf[:last]}, {maybePasted: true}, {keys: old.buf[last:]}}
	case old.isPaste():
		return old.flushPaste()
	}
	if !old.hasText {
		old.leading = len(old.buf)
	}
	var all []keyEvent
	maybePasted := old.hasText || old.textChain
	for i := range old.leading {
		if maybePasted {
			all = append(all, keyEvent{maybePasted: true})
		}
		all = append(all, keyEvent{keys: old.buf[i : i+1]})
	}
	if old.hasText {
		typed := old.buf[old.leading:]
		if (old.startAdjacent || old.leading > 0 || old.keyFollows) && utf8.RuneCount(typed) == 1 { // it could answer a question
			all = append(all, keyEvent{maybePasted: true})
		}
		all = append(all, keyEvent{keys: typed})
		if old.leading > 0 || old.first.Sub(old.tailTime) > joinGap || len(old.typedTail) > tailLimit {
			old.typedTail = nil
		}
		b.typedTail, b.tailTime = append(bytes.Clone(old.typedTail), typed...), old.last
	}
	return all
}

// flushPaste returns a paste, including its beginning if that was already passed on as
// typed text. Backspaces delete that text first.
func (b *burst) flushPaste() (out []keyEvent) {
	if b.bracketed || b.tooLong || b.first.Sub(b.tailTime) > joinGap {
		b.typedTail = nil
	}
	for range utf8.RuneCount(b.typedTail) {
		out = append(out, keyEvent{keys: []byte{0x7f}})
	}
	return append(out, keyEvent{isPaste: true, text: string(b.typedTail) + string(b.buf)})
}

// endRead ends a read and returns the events that need not wait.
func (b *burst) endRead(now time.Time, open bool) []keyEvent {
	if !b.grew {
		return nil
	}
	b.grew = false
	b.reads++
	if b.hasText {
		b.textReads++
	}
	b.last = now
	switch {
	case open || b.isPaste():
	case len(b.buf) > typingLimit:
		b.bracketed = true
	case b.hasText && isHeldKey(b.buf, b.reads):
		return b.flush()
	}
	return nil
}

// isHeldKey reports whether text is one held key: the same character more than twice,
// not all in one read.
func isHeldKey(text []byte, reads int) bool {
	_, size := utf8.DecodeRune(text)
	return reads > 2 && len(text) > 2*size && len(bytes.ReplaceAll(text, text[:size], nil)) == 0
}

// deadline returns when the burst ends unless more input arrives.
func (b *burst) deadline(open bool) (at time.Time, waits bool) {
	if !b.hasInput() {
		return time.Time{}, false
	}
	at = b.last.Add(b.gap(open))
	if breaks := b.first.Add(breakGap); !b.hasText && !b.bracketed && at.After(breaks) {
		at = breaks
	}
	return at, true
}

// decoder converts terminal input into key events, depending on when it arrives.
type decoder struct {
	scanner         scanner
	burst           burst
	lastRead        time.Time
	quickReads      int  // number of consecutive reads that closely followed another one
	pendingAdjacent bool // the unfinished sequence began closely after other input
}

// decode decodes the bytes of one read.
func (d *decoder) decode(in []byte, now time.Time) []keyEvent {
	out := d.expireOverdue(now)
	d.burst.now = now
	adjacent := d.isAdjacent(now)
	if d.lastRead = now; len(d.scanner.pending) == 0 {
		d.pendingAdjacent = adjacent
	}
	for _, p := range d.scanner.scan(in, now) {
		d.burst.adjacent, d.pendingAdjacent = d.pendingAdjacent, true
		out = append(out, d.burst.add(p)...)
	}
	if len(d.scanner.pending) > 0 && d.burst.hasInput() { // an incomplete character belongs to the burst
		d.burst.grew = true
	}
	return append(out, d.burst.endRead(now, d.scanner.pasting)...)
}

// isAdjacent reports whether input at now closely follows the last. After several such
// reads the limit is higher.
func (d *decoder) isAdjacent(now time.Time) bool {
	gap := typingGap
	if d.quickReads > 3 {
		gap = chunkGap
	}
	if d.lastRead.IsZero() || now.Sub(d.lastRead) > gap {
		d.quickReads = 0
		return false
	}
	d.quickReads++
	return true
}

// expireOverdue ends what was due well before now. What was due just now may have been
// waiting to be read, so it stays open.
func (d *decoder) expireOverdue(now time.Time) (out []keyEvent) {
	for {
		at, waits := d.deadline()
		if !waits || now.Sub(at) <= typingGap {
			return out
		}
		out = append(out, d.expire(at)...)
	}
}

// deadline returns when expire has events unless more input arrives.
func (d *decoder) deadline() (at time.Time, waits bool) {
	at, waits = d.burst.deadline(d.scanner.pasting)
	if other, ok := d.scanner.deadline(); ok && (!waits || other.Before(at)) {
		return other, true
	}
	return at, waits
}

// expire returns the events that were due by now.
func (d *decoder) expire(now time.Time) (out []keyEvent) {
	if at, waits := d.burst.deadline(d.scanner.pasting); waits && !now.Before(at) {
		out = d.burst.flush()
		if d.scanner.pasting { // its end mark was lost
			d.scanner.pasting, d.scanner.pending = false, nil
		}
	}
	if at, waits := d.scanner.deadline(); waits && !now.Before(at) {
		for _, p := range d.scanner.flush(now) {
			out = append(out, d.burst.add(p)...)
		}
		d.burst.grew = false
	}
	return out
}
