package widget

import (
	"bytes"
	"time"
	"unicode/utf8"
)

// How long after the last byte of a burst another one still belongs to it. Nobody
// types Enter within 30 ms of a character, and a paste comes in pieces that are
// 25 ms apart. Where it is clear that nobody types, the line may be slower.
const (
	typingGap    = 40 * time.Millisecond
	chunkGap     = 100 * time.Millisecond
	pasteGap     = 200 * time.Millisecond
	bracketedGap = 3 * time.Second // for the mark of a bracketed paste's end
	// breakGap is how long Tab and Enter wait for text in all: a held key repeats.
	breakGap = 200 * time.Millisecond
	// joinGap is how soon behind typed text a row takes it in: on a busy machine its
	// first characters may have come too late to be held.
	joinGap = 150 * time.Millisecond
)

// pasteLimit bounds a paste, in bytes, typingLimit what can be typed in one burst, and
// tailLimit what is deleted again.
const (
	pasteLimit  = 8 << 20
	typingLimit = 64 << 10
	tailLimit   = 256
)

// keyEvent is what is handed on: keys for Bubble Tea to read, or a paste.
type keyEvent struct {
	keys        []byte
	isPaste     bool
	text        string // of a paste; empty for one that is too long
	maybePasted bool   // nothing by itself: the key behind it came together with text
}

// burst collects text, and the Tab and Enter that come together with it. A
// spreadsheet row that is pasted without marks is nothing else: handed on key by
// key it would fill the form and send it.
type burst struct {
	buf           []byte
	hasText       bool // there are characters
	hasBreak      bool // Tab or Enter came behind them
	separateBreak bool // and the last did so by itself, all text in one read before
	leading       int  // how many came before
	bracketed     bool // it is a paste, whatever it holds
	tooLong       bool
	reads         int       // how many it came in
	textReads     int       // of them with characters, or behind those
	grew          bool      // by the read at hand
	now           time.Time // of the read at hand
	first, last   time.Time

	typedTail []byte // what was typed last, with no other key behind it
	tailTime  time.Time

	adjacent      bool // the piece at hand came right behind another one
	startAdjacent bool // the first of what is kept did
	keyFollows    bool // a key came right behind it
	textChain     bool // text has come, and everything since right behind something else
}

// isPaste reports whether nobody can have typed it. A program that types may press
// Enter and go on at once, but it does not write character by character.
func (b *burst) isPaste() bool {
	return b.bracketed || b.hasText && (b.hasBreak || b.leading > 0 && b.textReads > 2)
}

// isScripted reports whether a program has written it, text at once and then a key. The
// key moves on, and sends nothing.
func (b *burst) isScripted() bool {
	return b.separateBreak && !b.bracketed && b.reads <= 2 && b.leading == 0 && !b.keyFollows && bytes.IndexAny(b.buf, "\t\r\n") == len(b.buf)-1
}

// hasInput reports whether there is anything in it.
func (b *burst) hasInput() bool { return len(b.buf) > 0 || b.bracketed || b.tooLong }

// gap is how long the burst waits for more.
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

// add adds a piece, and gives what it ends the burst with.
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

// addControl takes Tab and Enter. Any other ends the burst.
func (b *burst) addControl(key []byte) []keyEvent {
	if c := key[0]; c != '\t' && c != '\r' && c != '\n' {
		return b.endWithKey(key)
	}
	b.separateBreak = b.hasText && !b.grew && b.reads == 1 && len(b.typedTail) == 0
	b.hasBreak = b.hasBreak || b.hasText
	b.append(key)
	return nil
}

// addSequence takes a key that is no character. Right behind what was pasted it is a part
// of that.
func (b *burst) addSequence(key []byte) []keyEvent {
	if b.isPaste() && b.now.Sub(b.last) <= typingGap {
		b.grew = true
		return nil
	}
	return b.endWithKey(key)
}

// endWithKey ends the burst with a key.
func (b *burst) endWithKey(key []byte) []keyEvent {
	mixed := b.hasText && !b.isPaste() || !b.hasText && b.textChain || b.adjacent && isAltCharacter(key)
	b.keyFollows = true
	out := b.flush()
	if mixed {
		out = append(out, keyEvent{maybePasted: true})
	}
	out = append(out, keyEvent{keys: key})
	b.typedTail = nil
	return out
}

// isAltCharacter reports whether a key is a character with Alt, which stands for the
// character itself.
func isAltCharacter(key []byte) bool {
	return len(key) > 1 && key[0] == esc && key[1] != '[' && key[1] != 'O'
}

// flush gives what was collected, and begins anew.
func (b *burst) flush() []keyEvent {
	was := *b
	*b = burst{grew: b.grew, now: b.now, adjacent: b.adjacent, textChain: b.textChain}
	switch {
	case was.isScripted():
		last := len(was.buf) - 1 // and the text may be an answer
		return []keyEvent{{maybePasted: true}, {keys: was.buf[:last]}, {maybePasted: true}, {keys: was.buf[last:]}}
	case was.isPaste():
		return was.flushPaste()
	}
	if !was.hasText {
		was.leading = len(was.buf)
	}
	var all []keyEvent
	mixed := was.hasText || was.textChain
	for i := range was.leading {
		if mixed {
			all = append(all, keyEvent{maybePasted: true})
		}
		all = append(all, keyEvent{keys: was.buf[i : i+1]})
	}
	if was.hasText {
		typed := was.buf[was.leading:]
		if (was.startAdjacent || was.leading > 0 || was.keyFollows) && utf8.RuneCount(typed) == 1 { // it may be an answer
			all = append(all, keyEvent{maybePasted: true})
		}
		all = append(all, keyEvent{keys: typed})
		if was.leading > 0 || was.first.Sub(was.tailTime) > joinGap || len(was.typedTail) > tailLimit {
			was.typedTail = nil
		}
		b.typedTail, b.tailTime = append(bytes.Clone(was.typedTail), typed...), was.last
	}
	return all
}

// flushPaste is a paste, with what came of it before. That has been typed by now, so it
// is deleted.
func (b *burst) flushPaste() (out []keyEvent) {
	if b.bracketed || b.tooLong || b.first.Sub(b.tailTime) > joinGap {
		b.typedTail = nil
	}
	for range utf8.RuneCount(b.typedTail) {
		out = append(out, keyEvent{keys: []byte{0x7f}})
	}
	return append(out, keyEvent{isPaste: true, text: string(b.typedTail) + string(b.buf)})
}

// endRead notes that a read has ended, and gives what need not wait.
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

// isHeldKey reports whether text is one key that is held down: the same character,
// more than twice, and not all at once.
func isHeldKey(text []byte, reads int) bool {
	_, size := utf8.DecodeRune(text)
	return reads > 2 && len(text) > 2*size && len(bytes.ReplaceAll(text, text[:size], nil)) == 0
}

// deadline is when the burst ends if nothing more comes.
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

// decoder makes presses of what a terminal sends, by when it comes.
type decoder struct {
	scanner         scanner
	burst           burst
	lastRead        time.Time // when something came last
	quickReads      int       // how many reads came right behind one another
	pendingAdjacent bool      // what is unfinished began right behind something else
}

// decode takes what one read has given.
func (d *decoder) decode(in []byte, now time.Time) []keyEvent {
	out := d.expireOverdue(now)
	d.burst.now = now
	near := d.isAdjacent(now)
	if d.lastRead = now; len(d.scanner.pending) == 0 {
		d.pendingAdjacent = near
	}
	for _, p := range d.scanner.scan(in, now) {
		d.burst.adjacent, d.pendingAdjacent = d.pendingAdjacent, true
		out = append(out, d.burst.add(p)...)
	}
	if len(d.scanner.pending) > 0 && d.burst.hasInput() { // half a character belongs to it too
		d.burst.grew = true
	}
	return append(out, d.burst.endRead(now, d.scanner.pasting)...)
}

// isAdjacent reports whether what comes now is right behind something else. Many pieces may
// come a little later each.
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

// expireOverdue ends what was to end long ago: what is read was there before the wait for it
// was over, unless it has come much later.
func (d *decoder) expireOverdue(now time.Time) (out []keyEvent) {
	for {
		at, waits := d.deadline()
		if !waits || now.Sub(at) <= typingGap {
			return out
		}
		out = append(out, d.expire(at)...)
	}
}

// deadline is when expire has something to give if nothing more comes.
func (d *decoder) deadline() (at time.Time, waits bool) {
	at, waits = d.burst.deadline(d.scanner.pasting)
	if other, also := d.scanner.deadline(); also && (!waits || other.Before(at)) {
		return other, true
	}
	return at, waits
}

// expire gives what has waited long enough.
func (d *decoder) expire(now time.Time) (out []keyEvent) {
	if at, waits := d.burst.deadline(d.scanner.pasting); waits && !now.Before(at) {
		out = d.burst.flush()
		if d.scanner.pasting { // its end is lost
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
