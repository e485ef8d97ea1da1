package kit

import (
	"bytes"
	"fmt"
	"os"
	"sync"
)

// Terminal is the output that Bubble Tea draws to. Behind each frame it puts
// the terminal's real cursor at the caret, where an input method opens its
// candidates; Bubble Tea by itself hides it and parks it in a corner. It only
// does so in the alternate screen.
type Terminal struct {
	*os.File // Bubble Tea asks it for its size and modes
	mu       sync.Mutex
	screen   bool
	x, y     int
	shown    bool
}

// NewTerminal draws to f.
func NewTerminal(f *os.File) *Terminal { return &Terminal{File: f} }

var (
	enterScreen = []byte("\x1b[?1049h")
	leaveScreen = []byte("\x1b[?1049l")
)

// Write draws one frame, in one write, and puts the cursor back.
func (t *Terminal) Write(frame []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if bytes.Contains(frame, enterScreen) {
		t.screen = true
	}
	if bytes.Contains(frame, leaveScreen) {
		t.screen = false
	}
	if !t.screen || !t.shown {
		return t.File.Write(frame)
	}
	out := make([]byte, 0, len(frame)+32)
	out = append(out, "\x1b[?25l"...)
	out = append(out, frame...)
	out = append(out, t.position()...)
	if _, err := t.File.Write(out); err != nil {
		return 0, err
	}
	return len(frame), nil
}

// WriteString is Write: without it io.WriteString would go past it.
func (t *Terminal) WriteString(frame string) (int, error) { return t.Write([]byte(frame)) }

// Place moves the cursor to a cell of the window, counted from 0, or hides
// it. Bubble Tea does not draw a frame that is like the last one, so a caret
// that only moves is written at once.
func (t *Terminal) Place(x, y int, show bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.x == x && t.y == y && t.shown == show {
		return
	}
	t.x, t.y, t.shown = x, y, show
	if t.screen {
		t.File.WriteString(t.position())
	}
}

// Send writes a sequence that draws nothing, such as a copy to the clipboard.
func (t *Terminal) Send(sequence string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err := t.File.WriteString(sequence)
	return err
}

func (t *Terminal) position() string {
	if !t.shown {
		return "\x1b[?25l"
	}
	return fmt.Sprintf("\x1b[%d;%dH\x1b[?25h", t.y+1, t.x+1)
}
