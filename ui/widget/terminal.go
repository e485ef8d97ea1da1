package widget

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/atotto/clipboard"
	"github.com/charmbracelet/x/ansi"
)

// Terminal is the output for Bubble Tea. After each frame it moves the terminal's
// cursor to the caret, where an input method opens its candidate list; Bubble Tea
// hides the cursor and leaves it in a corner. It does so only in the alternate screen.
type Terminal struct {
	*os.File      // Bubble Tea needs its size and modes
	mu            sync.Mutex
	altScreen     bool
	x, y          int
	showCaret     bool
	cursorVisible bool // the cursor's current state
}

// NewTerminal returns a terminal that draws to f.
func NewTerminal(f *os.File) *Terminal { return &Terminal{File: f} }

var (
	enterScreen = []byte("\x1b[?1049h")
	leaveScreen = []byte("\x1b[?1049l")
	lineBreak   = []byte("\r\n")
)

// Write writes one frame and the cursor's new position in a single write.
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
	if t.cursorVisible { // the cursor would flicker all over the frame
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

// WriteString calls Write. Without it io.WriteString would use the method of File.
func (t *Terminal) WriteString(frame string) (int, error) { return t.Write([]byte(frame)) }

// SetCaret sets the cursor's position after the next frame, in cells from 0, or hides
// it. It writes nothing itself. Bubble Tea does not redraw an unchanged frame, so a
// frame in which only the caret moved needs a [CursorNudge].
func (t *Terminal) SetCaret(x, y int, show bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.x, t.y, t.showCaret = x, y, show
}

// CursorNudge returns an invisible escape sequence for the start of line y. It moves
// the cursor to the caret and back, so that the line differs when only the caret moved
// and Bubble Tea redraws it.
func CursorNudge(x, y int) string { return cursorTo(x, y) + cursorTo(0, y) }

func cursorTo(x, y int) string { return fmt.Sprintf("\x1b[%d;%dH", y+1, x+1) }

// Send writes a sequence that draws nothing, such as one that sets the clipboard.
func (t *Terminal) Send(sequence string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err := t.File.WriteString(sequence)
	return err
}

// eraseTrailingBlanks replaces the blanks at the end of each line by a three-byte
// erase sequence, because most of a large window is blank.
func eraseTrailingBlanks(frame []byte) []byte {
	const erase = "\x1b[K"
	lines := bytes.Split(frame, lineBreak)
	for i, line := range lines {
		if trimmed := bytes.TrimRight(line, " "); len(line)-len(trimmed) > len(erase) {
			lines[i] = append(trimmed[:len(trimmed):len(trimmed)], erase...)
		}
	}
	return bytes.Join(lines, lineBreak)
}

// The copy methods.
const (
	CopyNative = "native" // the machine's own clipboard
	CopyTmux   = "tmux"   // a tmux buffer, which tmux passes on to the terminal
	CopyOSC52  = "osc52"  // the terminal's clipboard, if it accepts the sequence
)

// Clipboard copies text to the operator's clipboard.
type Clipboard struct {
	Terminal *Terminal
	Env      func(string) string
	Native   func(text string) error // nil if the machine has none
	Tmux     func(text string) error
}

// NewClipboard returns a clipboard that uses the machine's own clipboard, tmux, or the
// terminal (OSC 52).
func NewClipboard(t *Terminal, env func(string) string) *Clipboard {
	c := &Clipboard{Terminal: t, Env: env, Native: clipboard.WriteAll, Tmux: copyToTmux}
	if clipboard.Unsupported {
		c.Native = nil
	}
	return c
}

// Copy copies text and returns the method it used. Over SSH the machine's clipboard is
// not the operator's. Terminals do not confirm OSC 52.
func (c *Clipboard) Copy(text string) (method string, err error) {
	if c.Native != nil && c.Env("SSH_CONNECTION") == "" && c.Env("SSH_TTY") == "" && callWithTimeout(c.Native, text) == nil {
		return CopyNative, nil
	}
	if c.Env("TMUX") != "" && c.Tmux(text) == nil {
		return CopyTmux, nil
	}
	return CopyOSC52, c.Terminal.Send(ansi.SetSystemClipboard(text))
}

// copyTimeout limits how long a copy program may take.
const copyTimeout = 2 * time.Second

// callWithTimeout calls write with text. A copy program hangs if its display is gone.
func callWithTimeout(write func(string) error, text string) error {
	done := make(chan error, 1)
	go func() { done <- write(text) }()
	select {
	case err := <-done:
		return err
	case <-time.After(copyTimeout):
		return errors.New("the clipboard does not answer")
	}
}

// copyToTmux passes text to tmux, which drops OSC 52 by default.
func copyToTmux(text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), copyTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, "tmux", "load-buffer", "-w", "-")
	cmd.Stdin = strings.NewReader(text)
	return cmd.Run()
}
