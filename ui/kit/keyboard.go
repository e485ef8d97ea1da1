package kit

import (
	"bytes"
	"os"
)

// Keyboard is the input that Bubble Tea reads. Bubble Tea takes the end of what
// has come for the end of a key: over a slow line half a Chinese character would
// be dropped, and half a sequence typed. So what is unfinished waits here for
// its rest.
type Keyboard struct {
	*os.File // Bubble Tea sets its modes
	rest     []byte
}

// NewKeyboard reads from f.
func NewKeyboard(f *os.File) *Keyboard { return &Keyboard{File: f} }

// Read gives whole characters and sequences; none if nothing whole has come.
func (k *Keyboard) Read(p []byte) (int, error) {
	n := copy(p, k.rest)
	k.rest = k.rest[n:]
	more, err := k.File.Read(p[n:])
	n += more
	held := 0
	if err == nil && n < len(p) { // else there is more to be read at once
		held = unfinished(p[:n])
	}
	k.rest = append(k.rest, p[n-held:n]...)
	return n - held, err
}

// unfinished is how many bytes at the end are the beginning of a character or of
// a sequence. An Esc alone is a key.
func unfinished(b []byte) int {
	const longest = 32 // of a sequence
	if at := bytes.LastIndex(b, []byte("\x1b[")); at >= 0 && len(b)-at <= longest && !bytes.ContainsFunc(b[at+2:], ends) {
		return len(b) - at
	}
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
