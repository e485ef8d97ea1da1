package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// TerminalProbe asks the terminal about itself.
type TerminalProbe struct {
	Size    func() (width, height int)          // 0, 0 if unknown
	Colours func() string                       // of Out: TrueColor, ANSI256, ANSI or Ascii
	Cells   func(texts []string) ([]int, error) // the width at which Out draws each text
}

// The smallest window of the console, in cells.
const minWidth, minHeight = 60, 20

func (d *doctor) terminal(context.Context) []finding {
	a, w := d.app, d.words
	name := a.Env("TERM")
	f := finding{Status: statusOK, Value: name, Origin: "TERM"}
	switch {
	case !a.InTerminal || !a.OutTerminal:
		f.Status, f.Text = statusNote, w.NotTerminal
		return []finding{f}
	case name == "dumb" || name == "":
		f.Status, f.Text, f.Advice = statusNote, fmt.Sprintf(w.Dumb, name), w.DumbAdvice
		return []finding{f}
	}
	width, height := a.Terminal.Size()
	f.Text = fmt.Sprintf(w.Terminal, name, fmt.Sprintf("%d×%d", width, height), d.colours())
	findings := []finding{f}
	if width > 0 && (width < minWidth || height < minHeight) {
		findings = append(findings, finding{
			Status: statusWarn, Value: fmt.Sprintf("%dx%d", width, height), Advice: w.SmallAdvice,
			Text: fmt.Sprintf(w.Small, width, height, minWidth, minHeight),
		})
	}
	return findings
}

// colours describes the colours of the console and the variables that set them.
func (d *doctor) colours() string {
	text := d.words.Colours[d.app.Terminal.Colours()]
	if term := d.app.Env("COLORTERM"); term != "" {
		text += " (COLORTERM=" + term + ")"
	}
	if d.app.Env("NO_COLOR") != "" {
		text += d.words.NoColor
	}
	return text
}

func (d *doctor) locale(context.Context) []finding {
	a, w := d.app, d.words
	language := d.firstSet("LC_ALL", "LC_MESSAGES", "LANG")
	f := finding{Status: statusOK, Value: a.Messages.Lang, Origin: language}
	source := language + "=" + a.Env(language)
	switch {
	case a.Flags.Lang != "":
		f.Origin, source = "--lang", "--lang"
	case a.Config != nil && a.Config.Language != "auto":
		f.Origin, f.Key, source = a.ConfigPath, "language", w.FromConfig
	case language == "":
		f.Status, f.Text, f.Advice = statusNote, w.NoLocale, w.UTF8Advice
		return []finding{f}
	}
	f.Text = fmt.Sprintf(w.LanguageFrom, w.Language[a.Messages.Lang], source)
	return append([]finding{f}, d.charset()...)
}

// charset reports a locale that is not UTF-8.
func (d *doctor) charset() []finding {
	name := d.firstSet("LC_ALL", "LC_CTYPE", "LANG")
	value := d.app.Env(name)
	if name == "" || isUTF8Locale(value) {
		return nil
	}
	f := finding{
		Status: statusWarn, Value: value, Origin: name,
		Text: fmt.Sprintf(d.words.Charset, name+"="+value), Advice: d.words.UTF8Advice,
	}
	if value == "C" || value == "POSIX" { // says nothing about the terminal
		f.Status = statusNote
	}
	return []finding{f}
}

// firstSet returns the first variable that is set, or "".
func (d *doctor) firstSet(names ...string) string {
	i := slices.IndexFunc(names, func(name string) bool { return d.app.Env(name) != "" })
	if i < 0 {
		return ""
	}
	return names[i]
}

// isUTF8Locale reports whether a locale such as zh_CN.UTF-8@pinyin names UTF-8.
// One without a charset means a legacy charset.
func isUTF8Locale(locale string) bool {
	locale, _, _ = strings.Cut(locale, "@")
	_, charset, _ := strings.Cut(locale, ".")
	return strings.ToLower(strings.ReplaceAll(charset, "-", "")) == "utf8"
}

// chinese stands for all Chinese characters, which take two cells.
const chinese = "中"

// drawnCharacters lists what the screens draw in one cell each.
func (d *doctor) drawnCharacters() []string {
	if d.ascii {
		return []string{"a"}
	}
	return []string{"─", "│", "…", "·", "●", "•", "✓", "▸", "█", "▏", "░", "←", "→", "↑", "↓"}
}

// widths measures how wide the terminal draws the characters of the screens.
func (d *doctor) widths(context.Context) []finding {
	a, w := d.app, d.words
	term := a.Env("TERM")
	if !a.InTerminal || !a.OutTerminal || term == "" || term == "dumb" {
		return []finding{{Status: statusNote, Text: w.WidthsSkipped}}
	}
	texts := append(d.drawnCharacters(), chinese)
	cells, _ := a.Terminal.Cells(texts)
	if len(cells) != len(texts) {
		return []finding{{Status: statusNote, Text: w.WidthsUnknown}}
	}
	return []finding{d.judgeWidths(texts, cells)}
}

// judgeWidths compares measured widths with the expected ones.
func (d *doctor) judgeWidths(texts []string, cells []int) finding {
	w := d.words
	var all, wide []string
	wrong := false
	for i, text := range texts {
		all = append(all, fmt.Sprintf("%s=%d", text, cells[i]))
		switch {
		case text != chinese && cells[i] == 2:
			wide = append(wide, text)
		case text != chinese && cells[i] != 1, text == chinese && cells[i] != 2:
			wrong = true
		}
	}
	f := finding{Status: statusOK, Value: strings.Join(all, " "), Text: fmt.Sprintf(w.Widths, strings.Join(d.drawnCharacters(), " "), chinese)}
	switch {
	case wrong || len(wide) > 0 && d.ascii:
		f.Status, f.Text, f.Advice = statusWarn, fmt.Sprintf(w.Narrow, f.Value), w.NarrowAdvice
	case len(wide) > 0:
		f.Status, f.Text, f.Advice = statusWarn, fmt.Sprintf(w.Wide, strings.Join(wide, " ")), w.WideAdvice
		f.Key, f.Nearest = "ui.borders", "ascii"
	}
	return f
}

func (d *doctor) caret(context.Context) []finding {
	if !d.cfg.UI.RealCaret {
		return []finding{{Status: statusNote, Key: "ui.real_caret", Value: "false", Text: d.words.NoCaret}}
	}
	return []finding{{Status: statusOK, Key: "ui.real_caret", Value: "true", Text: d.words.Caret}}
}

// clipboard reports how the console would copy, in the console's order of
// preference. It copies nothing.
func (d *doctor) clipboard(context.Context) []finding {
	w := d.words
	remote := d.firstSet("SSH_CONNECTION", "SSH_TTY")
	f := finding{Status: statusOK, Origin: remote}
	native := d.nativeClipboard()
	switch {
	case remote == "" && native != "":
		f.Value, f.Text = native, fmt.Sprintf(w.NativeClipboard, native)
	case d.app.Env("TMUX") != "" && d.onPath("tmux"):
		f.Value, f.Text = "tmux", w.TmuxClipboard
	default:
		f.Status, f.Value, f.Text, f.Advice = statusNote, "osc52", w.TerminalClipboard, w.OSCAdvice
	}
	if remote != "" {
		f.Text += w.OverSSH
	}
	return []finding{f}
}

// nativeClipboard returns the program that reaches this machine's clipboard, or
// "". atotto/clipboard requires the program that pastes as well.
func (d *doctor) nativeClipboard() string {
	x := d.app.Env("DISPLAY") != ""
	for _, method := range []struct {
		usable      bool
		copy, paste string
	}{
		{runtime.GOOS == "darwin", "pbcopy", "pbcopy"},
		{d.app.Env("WAYLAND_DISPLAY") != "", "wl-copy", "wl-paste"},
		{x, "xclip", "xclip"},
		{x, "xsel", "xsel"},
		{true, "termux-clipboard-set", "termux-clipboard-get"},
		{true, "clip.exe", "powershell.exe"},
	} {
		if method.usable && d.onPath(method.copy) && d.onPath(method.paste) {
			return method.copy
		}
	}
	return ""
}

// onPath reports whether PATH has an executable of that name.
func (d *doctor) onPath(name string) bool {
	for _, dir := range filepath.SplitList(d.app.Env("PATH")) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return true
		}
	}
	return false
}
