package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
)

// clipboard tells which way the console would copy, and copies nothing. The
// order is that of the console.
func (d *doctor) clipboard(context.Context) []finding {
	a, w := d.app, d.words
	remote := d.first("SSH_CONNECTION", "SSH_TTY")
	far := remote != ""
	f := finding{Status: statusOK}
	native := d.native()
	switch {
	case !far && native != "":
		f.Value, f.Text = native, fmt.Sprintf(w.Native, native)
	case a.Env("TMUX") != "" && d.onPath("tmux"):
		f.Value, f.Text = "tmux", w.ByTmux
	default:
		f.Status, f.Value, f.Text, f.Advice = statusNote, "osc52", w.ByTerminal, w.OSCAdvice
	}
	if far {
		f.Origin = remote
		f.Text += w.OverSSH
	}
	return []finding{f}
}

// native is the program that reaches this machine's clipboard, or nothing. The
// library that copies wants the program that pastes too.
func (d *doctor) native() string {
	if runtime.GOOS == "darwin" {
		if d.onPath("pbcopy") {
			return "pbcopy"
		}
		return ""
	}
	x := d.app.Env("DISPLAY") != ""
	for _, way := range []struct {
		works       bool
		copy, paste string
	}{
		{d.app.Env("WAYLAND_DISPLAY") != "", "wl-copy", "wl-paste"},
		{x, "xclip", "xclip"},
		{x, "xsel", "xsel"},
		{true, "termux-clipboard-set", "termux-clipboard-get"},
		{true, "clip.exe", "powershell.exe"},
	} {
		if way.works && d.onPath(way.copy) && d.onPath(way.paste) {
			return way.copy
		}
	}
	return ""
}

// onPath tells whether there is a program of that name.
func (d *doctor) onPath(name string) bool {
	for _, dir := range filepath.SplitList(d.app.Env("PATH")) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return true
		}
	}
	return false
}

// slowEscape is from how many milliseconds on tmux keeps the Esc key noticeably.
const slowEscape = 100

func (d *doctor) tmux(ctx context.Context) []finding {
	w := d.words
	if d.app.Env("TMUX") == "" {
		return []finding{{Status: statusNote, Text: w.NoTmux}}
	}
	version, ok := d.askTmux(ctx, "-V")
	if !ok {
		return []finding{{Status: statusNote, Text: w.TmuxUnknown}}
	}
	f := finding{Status: statusOK, Value: version, Text: version}
	if oldTmux(version) {
		f.Status, f.Text, f.Advice = statusWarn, fmt.Sprintf(w.TmuxOld, version), w.TmuxOldGo
	}
	found := []finding{f}
	text, _ := d.askTmux(ctx, "show", "-sv", "escape-time")
	if ms, err := strconv.Atoi(text); err == nil && ms > slowEscape {
		found = append(found, finding{
			Status: statusWarn, Value: text, Origin: "escape-time", Text: fmt.Sprintf(w.EscapeTime, version, ms), Advice: w.EscapeAdvice,
		})
	}
	return found
}

func (d *doctor) askTmux(ctx context.Context, args ...string) (string, bool) {
	if d.app.Terminal.Tmux == nil {
		return "", false
	}
	text, err := d.app.Terminal.Tmux(ctx, args...)
	return text, err == nil
}

var tmuxVersion = regexp.MustCompile(`(\d+)\.(\d+)`)

// oldTmux tells whether a version such as "tmux 3.1c" is before 3.2, which first
// had load-buffer -w. One without a number is newer than all.
func oldTmux(version string) bool {
	found := tmuxVersion.FindStringSubmatch(version)
	if found == nil {
		return false
	}
	major, _ := strconv.Atoi(found[1])
	minor, _ := strconv.Atoi(found[2])
	return major < 3 || major == 3 && minor < 2
}
