package doctor

import (
	"context"
	"fmt"
	"runtime"
	"strings"
)

// The smallest window of the console, in cells.
const minWidth, minHeight = 60, 20

func checkTerminal(_ context.Context, m *machine) []finding {
	w := m.Messages.Doctor
	name := m.Env("TERM")
	f := finding{Status: statusOK, Value: name, Origin: "TERM"}
	switch {
	case !m.InTerminal || !m.OutTerminal:
		f.Status, f.Text = statusNote, w.NotTerminal
		return []finding{f}
	case name == "dumb" || name == "":
		f.Status, f.Text, f.Advice = statusNote, fmt.Sprintf(w.Dumb, name), w.DumbAdvice
		return []finding{f}
	}
	width, height := m.Terminal.Size()
	f.Text = fmt.Sprintf(w.Terminal, name, fmt.Sprintf("%d×%d", width, height), colours(m))
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
func colours(m *machine) string {
	w := m.Messages.Doctor
	text := w.Colours[m.Terminal.Colours()]
	if term := m.Env("COLORTERM"); term != "" {
		text += " (COLORTERM=" + term + ")"
	}
	if m.Env("NO_COLOR") != "" {
		text += w.NoColor
	}
	return text
}

func checkLocale(_ context.Context, m *machine) []finding {
	w := m.Messages.Doctor
	language := firstSet(m, "LC_ALL", "LC_MESSAGES", "LANG")
	f := finding{Status: statusOK, Value: m.Messages.Lang, Origin: language}
	source := language + "=" + m.Env(language)
	switch {
	case m.Flags.Lang != "":
		f.Origin, source = "--lang", "--lang"
	case m.Config != nil && m.Config.Language != "auto":
		f.Origin, f.Key, source = m.ConfigPath, "language", w.FromConfig
	case language == "":
		f.Status, f.Text, f.Advice = statusNote, w.NoLocale, w.UTF8Advice
		return []finding{f}
	}
	f.Text = fmt.Sprintf(w.LanguageFrom, w.Language, source)
	return append([]finding{f}, charset(m)...)
}

// charset reports a locale that is not UTF-8.
func charset(m *machine) []finding {
	name := firstSet(m, "LC_ALL", "LC_CTYPE", "LANG")
	value := m.Env(name)
	if name == "" || isUTF8Locale(value) {
		return nil
	}
	f := finding{
		Status: statusWarn, Value: value, Origin: name,
		Text: fmt.Sprintf(m.Messages.Doctor.Charset, name+"="+value), Advice: m.Messages.Doctor.UTF8Advice,
	}
	if value == "C" || value == "POSIX" { // says nothing about the terminal
		f.Status = statusNote
	}
	return []finding{f}
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
func drawnCharacters(m *machine) []string {
	if m.isASCII() {
		return []string{"a"}
	}
	return []string{"─", "│", "…", "·", "●", "•", "✓", "▸", "█", "▏", "░", "←", "→", "↑", "↓"}
}

// checkWidths measures how wide the terminal draws the characters of the screens.
func checkWidths(_ context.Context, m *machine) []finding {
	w := m.Messages.Doctor
	term := m.Env("TERM")
	if !m.InTerminal || !m.OutTerminal || term == "" || term == "dumb" {
		return []finding{{Status: statusNote, Text: w.WidthsSkipped}}
	}
	texts := append(drawnCharacters(m), chinese)
	cells, _ := m.Terminal.Cells(texts)
	if len(cells) != len(texts) {
		return []finding{{Status: statusNote, Text: w.WidthsUnknown}}
	}
	return []finding{judgeWidths(m, texts, cells)}
}

// judgeWidths compares measured widths with the expected ones.
func judgeWidths(m *machine, texts []string, cells []int) finding {
	w := m.Messages.Doctor
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
	f := finding{Status: statusOK, Value: strings.Join(all, " "), Text: fmt.Sprintf(w.Widths, strings.Join(drawnCharacters(m), " "), chinese)}
	switch {
	case wrong || len(wide) > 0 && m.isASCII():
		f.Status, f.Text, f.Advice = statusWarn, fmt.Sprintf(w.Narrow, f.Value), w.NarrowAdvice
	case len(wide) > 0:
		f.Status, f.Text, f.Advice = statusWarn, fmt.Sprintf(w.Wide, strings.Join(wide, " ")), w.WideAdvice
		f.Key, f.Nearest = "ui.borders", "ascii"
	}
	return f
}

func checkCaret(_ context.Context, m *machine) []finding {
	if !m.session.Config.UI.RealCaret {
		return []finding{{Status: statusNote, Key: "ui.real_caret", Value: "false", Text: m.Messages.Doctor.NoCaret}}
	}
	return []finding{{Status: statusOK, Key: "ui.real_caret", Value: "true", Text: m.Messages.Doctor.Caret}}
}

// checkClipboard reports how the console would copy, in the console's order of
// preference. It copies nothing.
func checkClipboard(_ context.Context, m *machine) []finding {
	w := m.Messages.Doctor
	remote := firstSet(m, "SSH_CONNECTION", "SSH_TTY")
	f := finding{Status: statusOK, Origin: remote}
	native := nativeClipboard(m)
	switch {
	case remote == "" && native != "":
		f.Value, f.Text = native, fmt.Sprintf(w.NativeClipboard, native)
	case m.Env("TMUX") != "" && onPath(m, "tmux"):
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
func nativeClipboard(m *machine) string {
	x := m.Env("DISPLAY") != ""
	for _, method := range []struct {
		usable      bool
		copy, paste string
	}{
		{runtime.GOOS == "darwin", "pbcopy", "pbcopy"},
		{m.Env("WAYLAND_DISPLAY") != "", "wl-copy", "wl-paste"},
		{x, "xclip", "xclip"},
		{x, "xsel", "xsel"},
		{true, "termux-clipboard-set", "termux-clipboard-get"},
		{true, "clip.exe", "powershell.exe"},
	} {
		if method.usable && onPath(m, method.copy) && onPath(m, method.paste) {
			return method.copy
		}
	}
	return ""
}
