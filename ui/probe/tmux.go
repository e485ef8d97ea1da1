package probe

import (
	"context"
	"os/exec"
	"strings"
	"time"
)

// tmuxPatience limits how long tmux may take to answer.
const tmuxPatience = 2 * time.Second

// Tmux runs tmux with args, such as -V, and returns its trimmed output.
func Tmux(ctx context.Context, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, tmuxPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "tmux", args...)
	cmd.WaitDelay = tmuxPatience
	text, err := cmd.Output()
	return strings.TrimSpace(string(text)), err
}
