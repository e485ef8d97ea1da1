package widget

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	"github.com/atotto/clipboard"
	"github.com/charmbracelet/x/ansi"
)

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
