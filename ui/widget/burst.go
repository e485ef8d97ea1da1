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
	typedGap  = 40 * time.Millisecond
	piecesGap = 100 * time.Millisecond
	pastedGap = 200 * time.Millisecond
	markedGap = 3 * time.Second // for the mark of a bracketed paste's end
	// breaksGap is how long Tab and Enter wait for text in all: a held key repeats.
	breaksGap = 200 * time.Millisecond
	// joinGap is how soon behind typed text a row takes it in: on a busy machine its
	// first characters may have come too late to be held.
	joinGap = 150 * time.Millisecond
)

// pasteLimit bounds a paste, in bytes, typedLimit what can be typed in one burst, and
// tailLimit what is deleted again.
const (
	pasteLimit = 8 << 20
	typedLimit = 64 << 10
	tailLimit  = 256
)

// press is what is handed on: keys for Bubble Tea to read, or a paste.
type press struct {
	keys  []byte
	paste bool
	text  string // of a paste; empty for one that is too long
	mixed bool   // nothing by itself: the key behind it came together with text
}

// burst collects text, and the Tab and Enter that come together with it. A
// spreadsheet row that is pasted without marks is nothing else: handed on key by
// key it would fill the form and send it.
type burst struct {
	kept        []byte
	text        bool // there are characters
	breaks      bool // Tab or Enter came behind them
	apart       bool // and the last did so by itself, all text in one read before
	before      int  // how many came before
	marked      bool // it is a paste, whatever it holds
	tooLong     bool
	reads       int       // how many it came in
	typed       int       // of them with characters, or behind those
	grown       bool      // by the read at hand
	now         time.Time // of the read at hand
	first, last time.Time

	tail     []byte // what was typed last, with no other key behind it
	tailLast time.Time

	near     bool // the piece at hand came right behind another one
	close    bool // the first of what is kept did
	followed bool // a key came right behind it
	chain    bool // text has come, and everything since right behind something else
}

// pasted reports whether nobody can have typed it. A program that types may press
// Enter and go on at once, but it does not write character by character.
func (b *burst) pasted() bool { return b.marked || b.text && (b.breaks || b.before > 0 && b.typed > 2) }

// written reports whether a program has written it, text at once and then a key. The
// key moves on, and sends nothing.
func (b *burst) written() bool {
	return b.apart && !b.marked && b.reads <= 2 && b.before == 0 && !b.followed && bytes.IndexAny(b.kept, "\t\r\n") == len(b.kept)-1
}

// begun reports whether there is anything in it.
func (b *burst) begun() bool { return len(b.kept) > 0 || b.marked || b.tooLong }

// gap is how long the burst waits for more.
func (b *burst) gap(open bool) time.Duration {
	switch {
	case open:
		return markedGap
	case b.pasted() && !b.marked:
		return pastedGap
	case b.marked || b.text && b.reads > 2:
		return piecesGap
	}
	return typedGap
}

// take adds a piece, and gives what it ends the burst with.
func (b *burst) take(p piece) []press {
	b.chain = b.chain && b.near
	switch p.kind {
	case text:
		b.chain = true
		if !b.text && !b.marked {
			b.before = len(b.kept)
		}
		b.text = true
		b.keep(p.bytes)
	case control:
		return b.control(p.bytes)
	case sequence:
		return b.sequence(p.bytes)
	case pasteStart:
		var before []press
		if !b.pasted() {
			before = b.end()
		}
		b.marked, b.grown = true, true
		return before
	case pasteText:
		b.keep(p.bytes)
	case pasteEnd:
		b.grown = true
	}
	return nil
}

func (b *burst) keep(more []byte) {
	if b.grown = true; b.first.IsZero() {
		b.first, b.close = b.now, b.near
	}
	b.last = b.now
	if len(b.kept)+len(more) > pasteLimit {
		b.kept, b.tooLong = nil, true
	}
	if !b.tooLong {
		b.kept = append(b.kept, more...)
	}
}

// control takes Tab and Enter. Any other ends the burst.
func (b *burst) control(key []byte) []press {
	if c := key[0]; c != '\t' && c != '\r' && c != '\n' {
		return b.key(key)
	}
	b.apart = b.text && !b.grown && b.reads == 1 && len(b.tail) == 0
	b.breaks = b.breaks || b.text
	b.keep(key)
	return nil
}

// sequence takes a key that is no character. Right behind what was pasted it is a part
// of that.
func (b *burst) sequence(key []byte) []press {
	if b.pasted() && b.now.Sub(b.last) <= typedGap {
		b.grown = true
		return nil
	}
	return b.key(key)
}

// key ends the burst with a key.
func (b *burst) key(key []byte) []press {
	mixed := b.text && !b.pasted() || !b.text && b.chain || b.near && withAltOnly(key)
	b.followed = true
	out := b.end()
	if mixed {
		out = append(out, press{mixed: true})
	}
	out = append(out, press{keys: key})
	b.tail = nil
	return out
}

// withAltOnly reports whether a key is a character with Alt, which stands for the
// character itself.
func withAltOnly(key []byte) bool {
	return len(key) > 1 && key[0] == esc && key[1] != '[' && key[1] != 'O'
}

// end gives what was collected, and begins anew.
func (b *burst) end() []press {
	was := *b
	*b = burst{grown: b.grown, now: b.now, near: b.near, chain: b.chain}
	switch {
	case was.written():
		last := len(was.kept) - 1 // and the text may be an answer
		return []press{{mixed: true}, {keys: was.kept[:last]}, {mixed: true}, {keys: was.kept[last:]}}
	case was.pasted():
		return was.withTail()
	}
	if !was.text {
		was.before = len(was.kept)
	}
	var all []press
	mixed := was.text || was.chain
	for i := range was.before {
		if mixed {
			all = append(all, press{mixed: true})
		}
		all = append(all, press{keys: was.kept[i : i+1]})
	}
	if was.text {
		typed := was.kept[was.before:]
		if (was.close || was.before > 0 || was.followed) && utf8.RuneCount(typed) == 1 { // it may be an answer
			all = append(all, press{mixed: true})
		}
		all = append(all, press{keys: typed})
		if was.before > 0 || was.first.Sub(was.tailLast) > joinGap || len(was.tail) > tailLimit {
			was.tail = nil
		}
		b.tail, b.tailLast = append(bytes.Clone(was.tail), typed...), was.last
	}
	return all
}

// withTail is a paste, with what came of it before. That has been typed by now, so it
// is deleted.
func (b *burst) withTail() (out []press) {
	if b.marked || b.tooLong || b.first.Sub(b.tailLast) > joinGap {
		b.tail = nil
	}
	for range utf8.RuneCount(b.tail) {
		out = append(out, press{keys: []byte{0x7f}})
	}
	return append(out, press{paste: true, text: string(b.tail) + string(b.kept)})
}

// read notes that a read has ended, and gives what need not wait.
func (b *burst) read(now time.Time, open bool) []press {
	if !b.grown {
		return nil
	}
	b.grown = false
	b.reads++
	if b.text {
		b.typed++
	}
	b.last = now
	switch {
	case open || b.pasted():
	case len(b.kept) > typedLimit:
		b.marked = true
	case b.text && repeats(b.kept, b.reads):
		return b.end()
	}
	return nil
}

// repeats reports whether text is one key that is held down: the same character,
// more than twice, and not all at once.
func repeats(text []byte, reads int) bool {
	_, size := utf8.DecodeRune(text)
	return reads > 2 && len(text) > 2*size && len(bytes.ReplaceAll(text, text[:size], nil)) == 0
}

// deadline is when the burst ends if nothing more comes.
func (b *burst) deadline(open bool) (at time.Time, waits bool) {
	if !b.begun() {
		return time.Time{}, false
	}
	at = b.last.Add(b.gap(open))
	if breaks := b.first.Add(breaksGap); !b.text && !b.marked && at.After(breaks) {
		at = breaks
	}
	return at, true
}

// decoder makes presses of what a terminal sends, by when it comes.
type decoder struct {
	scanner scanner
	burst   burst
	heard   time.Time // when something came last
	quick   int       // how many reads came right behind one another
	near    bool      // what is unfinished began right behind something else
}

// take takes what one read has given.
func (d *decoder) take(in []byte, now time.Time) []press {
	out := d.late(now)
	d.burst.now = now
	near := d.isNear(now)
	if d.heard = now; len(d.scanner.rest) == 0 {
		d.near = near
	}
	for _, p := range d.scanner.scan(in, now) {
		d.burst.near, d.near = d.near, true
		out = append(out, d.burst.take(p)...)
	}
	if len(d.scanner.rest) > 0 && d.burst.begun() { // half a character belongs to it too
		d.burst.grown = true
	}
	return append(out, d.burst.read(now, d.scanner.pasting)...)
}

// isNear reports whether what comes now is right behind something else. Many pieces may
// come a little later each.
func (d *decoder) isNear(now time.Time) bool {
	gap := typedGap
	if d.quick > 3 {
		gap = piecesGap
	}
	if d.heard.IsZero() || now.Sub(d.heard) > gap {
		d.quick = 0
		return false
	}
	d.quick++
	return true
}

// late ends what was to end long ago: what is read was there before the wait for it
// was over, unless it has come much later.
func (d *decoder) late(now time.Time) (out []press) {
	for {
		at, waits := d.deadline()
		if !waits || now.Sub(at) <= typedGap {
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
func (d *decoder) expire(now time.Time) (out []press) {
	if at, waits := d.burst.deadline(d.scanner.pasting); waits && !now.Before(at) {
		out = d.burst.end()
		if d.scanner.pasting { // its end is lost
			d.scanner.pasting, d.scanner.rest = false, nil
		}
	}
	if at, waits := d.scanner.deadline(); waits && !now.Before(at) {
		for _, p := range d.scanner.giveUp(now) {
			out = append(out, d.burst.take(p)...)
		}
		d.burst.grown = false
	}
	return out
}
