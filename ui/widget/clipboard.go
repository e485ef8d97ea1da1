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

// The ways to copy.
const (
	CopyNative = "native" // the machine's own clipboard
	CopyTmux   = "tmux"   // a buffer of tmux, which hands it on to the terminal
	CopyOSC52  = "osc52"  // the terminal's clipboard, if it takes the sequence
)

// Clipboard copies text to where the operator can paste it.
type Clipboard struct {
	Terminal *Terminal
	Env      func(string) string
	Native   func(text string) error // nil if the machine has none
	Tmux     func(text string) error
}

// NewClipboard copies by the machine's own clipboard, by tmux, or by the
// terminal (OSC 52).
func NewClipboard(t *Terminal, env func(string) string) *Clipboard {
	c := &Clipboard{Terminal: t, Env: env, Native: clipboard.WriteAll, Tmux: copyToTmux}
	if clipboard.Unsupported {
		c.Native = nil
	}
	return c
}

// Copy copies and says which way it took. Over ssh the machine's own clipboard
// is not the operator's. Whether the terminal has taken an OSC 52 nobody knows.
func (c *Clipboard) Copy(text string) (method string, err error) {
	if c.Native != nil && c.Env("SSH_CONNECTION") == "" && c.Env("SSH_TTY") == "" && callWithTimeout(c.Native, text) == nil {
		return CopyNative, nil
	}
	if c.Env("TMUX") != "" && c.Tmux(text) == nil {
		return CopyTmux, nil
	}
	return CopyOSC52, c.Terminal.Send(ansi.SetSystemClipboard(text))
}

// copyTimeout is how long a program may take to copy.
const copyTimeout = 2 * time.Second

// callWithTimeout copies, unless that takes too long: a program for a display that is gone
// may hang.
func callWithTimeout(by func(string) error, text string) error {
	done := make(chan error, 1)
	go func() { done <- by(text) }()
	select {
	case err := <-done:
		return err
	case <-time.After(copyTimeout):
		return errors.New("the clipboard does not answer")
	}
}

// copyToTmux hands the text to tmux, which by default drops OSC 52.
func copyToTmux(text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), copyTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, "tmux", "load-buffer", "-w", "-")
	cmd.Stdin = strings.NewReader(text)
	return cmd.Run()
}
