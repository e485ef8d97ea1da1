package kit

import (
	"bytes"
	"os"
	"time"
)

// Keyboard is the input that Bubble Tea reads. Bubble Tea takes the end of what
// has come for the end of a key: over a slow line half a Chinese character would
// be dropped, and half a sequence typed. So what is unfinished waits here for
// its rest.
type Keyboard struct {
	*os.File // Bubble Tea sets its modes
	now      func() time.Time
	rest     []byte
	since    time.Time // when it came
}

// NewKeyboard reads from f, and the time from now.
func NewKeyboard(f *os.File, now func() time.Time) *Keyboard { return &Keyboard{File: f, now: now} }

// soonEnough is how long the rest of a sequence may take. What comes later was
// typed, behind an Alt+[.
const soonEnough = 500 * time.Millisecond

// Read gives whole characters and sequences; none if nothing whole has come.
func (k *Keyboard) Read(p []byte) (int, error) {
	n := copy(p, k.rest)
	k.rest = k.rest[n:]
	waited := n > 0
	more, err := k.File.Read(p[n:])
	late := waited && k.now().Sub(k.since) > soonEnough
	n += more
	held := 0
	if err == nil {
		held = halfCharacter(p[:n])
		if !late && held == 0 && n < len(p) { // else Bubble Tea waits by itself
			held = halfSequence(p[:n])
		}
	}
	if k.rest = append(k.rest, p[n-held:n]...); !waited {
		k.since = k.now()
	}
	return n - held, err
}

// halfSequence is how many bytes at the end are the beginning of a sequence. An
// Esc alone is a key.
func halfSequence(b []byte) int {
	const longest = 32
	at := bytes.LastIndex(b, []byte("\x1b["))
	if at < 0 || len(b)-at > longest || bytes.ContainsFunc(b[at+2:], ends) {
		return 0
	}
	return len(b) - at
}

// halfCharacter is how many are the beginning of a character.
func halfCharacter(b []byte) int {
	for i := 1; i <= min(3, len(b)); i++ {
		switch c := b[len(b)-i]; {
		case c < 0x80, c > 0xf4:
			return 0
		case c >= 0xf0 && i < 4, c >= 0xe0 && c < 0xf0 && i < 3, c >= 0xc0 && c < 0xe0 && i < 2:
			return i
		case c >= 0xc0:
			return 0
		}
	}
	return 0
}

// ends tells of a byte that ends a sequence.
func ends(r rune) bool { return r < 0x20 || r > 0x3f }
