package kit

import (
	"context"
	"os/exec"
	"strings"
	"time"

	"github.com/atotto/clipboard"
	"github.com/charmbracelet/x/ansi"
)

// Clipboard copies text to where the operator can paste it.
type Clipboard struct {
	terminal *Terminal
	env      func(string) string
}

// NewClipboard copies by the machine's own clipboard, by tmux, or by the
// terminal (OSC 52).
func NewClipboard(t *Terminal, env func(string) string) *Clipboard {
	return &Clipboard{terminal: t, env: env}
}

// Copy copies and says which way it took. Over ssh the machine's own
// clipboard is not the operator's.
func (c *Clipboard) Copy(text string) (way string, err error) {
	if c.env("SSH_CONNECTION") == "" && !clipboard.Unsupported && clipboard.WriteAll(text) == nil {
		return "clipboard", nil
	}
	if c.env("TMUX") != "" && tmux(text) == nil {
		return "tmux", nil
	}
	return "OSC 52", c.terminal.Send(ansi.SetSystemClipboard(text))
}

// tmux hands the text to tmux, which by default drops OSC 52.
func tmux(text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "tmux", "load-buffer", "-w", "-")
	cmd.Stdin = strings.NewReader(text)
	return cmd.Run()
}
