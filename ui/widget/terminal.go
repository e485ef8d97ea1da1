package widget

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
	*os.File      // Bubble Tea asks it for its size and modes
	mu            sync.Mutex
	altScreen     bool
	x, y          int
	showCaret     bool
	cursorVisible bool // the cursor, as the terminal has it
}

// NewTerminal draws to f.
func NewTerminal(f *os.File) *Terminal { return &Terminal{File: f} }

var (
	enterScreen = []byte("\x1b[?1049h")
	leaveScreen = []byte("\x1b[?1049l")
	lineBreak   = []byte("\r\n")
)

// Write draws one frame, and puts the cursor back, in one write.
func (t *Terminal) Write(frame []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if bytes.Contains(frame, enterScreen) {
		t.altScreen = true
	}
	if bytes.Contains(frame, leaveScreen) {
		t.altScreen = false
	}
	if !t.altScreen {
		t.cursorVisible = false
		return t.File.Write(frame)
	}
	out := make([]byte, 0, len(frame)+32)
	if t.cursorVisible { // while a frame is drawn the cursor is all over it
		out = append(out, "\x1b[?25l"...)
	}
	out = append(out, eraseTrailingBlanks(frame)...)
	if t.cursorVisible = t.showCaret; t.showCaret {
		out = append(out, cursorTo(t.x, t.y)+"\x1b[?25h"...)
	}
	if _, err := t.File.Write(out); err != nil {
		return 0, err
	}
	return len(frame), nil
}

// WriteString is Write: without it io.WriteString would go past it.
func (t *Terminal) WriteString(frame string) (int, error) { return t.Write([]byte(frame)) }

// SetCaret says where the cursor belongs behind the next frame, in a cell of the
// window counted from 0, or that it is hidden. It writes nothing. Bubble Tea
// draws no frame that is like the last one, so a caret that only moves has to
// make a difference in the frame: see [Trail].
func (t *Terminal) SetCaret(x, y int, show bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.x, t.y, t.showCaret = x, y, show
}

// CursorNudge goes in front of the line y of a frame. It goes to a cell of it and
// back: nothing is seen, but the line is like no other with another caret.
func CursorNudge(x, y int) string { return cursorTo(x, y) + cursorTo(0, y) }

func cursorTo(x, y int) string { return fmt.Sprintf("\x1b[%d;%dH", y+1, x+1) }

// Send writes a sequence that draws nothing, such as a copy to the clipboard.
func (t *Terminal) Send(sequence string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err := t.File.WriteString(sequence)
	return err
}

// eraseTrailingBlanks is a frame whose lines do not end in blanks: to erase the rest of a line
// takes three bytes, and most of a large window is blank.
func eraseTrailingBlanks(frame []byte) []byte {
	const erase = "\x1b[K"
	lines := bytes.Split(frame, lineBreak)
	for i, line := range lines {
		if bare := bytes.TrimRight(line, " "); len(line)-len(bare) > len(erase) {
			lines[i] = append(bare[:len(bare):len(bare)], erase...)
		}
	}
	return bytes.Join(lines, lineBreak)
}
