package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fourfactor/ui/config"
)

// TerminalProbe is what only the terminal itself, and tmux around it, can tell. A nil
// func has nothing to tell.
type TerminalProbe struct {
	Size    func() (width, height int) // of Out; zero if it is not known
	Colours func() string              // that Out shows: TrueColor, ANSI256, ANSI or Ascii
	// Cells is how many cells the terminal gives to each text.
	Cells func(texts []string) ([]int, error)
	Tmux  func(ctx context.Context, args ...string) (string, error)
	// Wide lists what others can get at, in place of the Config's own list.
	Wide func(*config.Config) []config.Note
}

// The least that the console is drawn in.
const leastWidth, leastHeight = 60, 20

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
	width, height := d.size()
	f.Text = fmt.Sprintf(w.Terminal, name, fmt.Sprintf("%d×%d", width, height), d.colours())
	found := []finding{f}
	if width > 0 && (width < leastWidth || height < leastHeight) {
		found = append(found, finding{
			Status: statusWarn, Value: fmt.Sprintf("%dx%d", width, height), Advice: w.SmallAdvice,
			Text: fmt.Sprintf(w.Small, width, height, leastWidth, leastHeight),
		})
	}
	return found
}

func (d *doctor) size() (width, height int) {
	if d.app.Terminal.Size == nil {
		return 0, 0
	}
	return d.app.Terminal.Size()
}

// colours says how many there are to expect, and by what.
func (d *doctor) colours() string {
	profile := "Ascii"
	if d.app.Terminal.Colours != nil {
		profile = d.app.Terminal.Colours()
	}
	text := d.words.Colours[profile]
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
	language := d.first("LC_ALL", "LC_MESSAGES", "LANG")
	f := finding{Status: statusOK, Value: a.words.Lang, Origin: language}
	because := language + "=" + a.Env(language)
	switch {
	case a.flags.lang != "":
		f.Origin, because = "--lang", "--lang"
	case a.config != nil && a.config.Language != "auto":
		f.Origin, f.Key, because = a.configFile, "language", w.FromConfig
	case language == "":
		f.Status, f.Text, f.Advice = statusNote, w.NoLocale, w.UTF8Advice
		return []finding{f}
	}
	f.Text = fmt.Sprintf(w.Because, w.Language[a.words.Lang], because)
	return append([]finding{f}, d.charset()...)
}

// charset tells of a locale that is not UTF-8. C says nothing of it.
func (d *doctor) charset() []finding {
	name := d.first("LC_ALL", "LC_CTYPE", "LANG")
	value := d.app.Env(name)
	if name == "" || utf8Locale(value) {
		return nil
	}
	f := finding{
		Status: statusWarn, Value: value, Origin: name,
		Text: fmt.Sprintf(d.words.Charset, name+"="+value), Advice: d.words.UTF8Advice,
	}
	if value == "C" || value == "POSIX" {
		f.Status = statusNote
	}
	return []finding{f}
}

// first is the first variable that is set, or nothing.
func (d *doctor) first(names ...string) string {
	i := slices.IndexFunc(names, func(name string) bool { return d.app.Env(name) != "" })
	if i < 0 {
		return ""
	}
	return names[i]
}

// utf8Locale tells whether a locale such as zh_CN.UTF-8@pinyin names UTF-8. One
// without a charset has an older one by tradition.
func utf8Locale(locale string) bool {
	locale, _, _ = strings.Cut(locale, "@")
	_, charset, _ := strings.Cut(locale, ".")
	return strings.ToLower(strings.ReplaceAll(charset, "-", "")) == "utf8"
}

// drawn is what the screens draw with, all of one cell; Chinese text takes two a
// character. With ASCII borders they draw none of it, but a name may have some.
func (d *doctor) drawn() []string {
	if d.ascii {
		return []string{"·", "●"}
	}
	return []string{"─", "│", "…", "·", "●", "•", "✓", "▸", "█", "▏", "░", "←", "→", "↑", "↓"}
}

const chinese = "中"

func (d *doctor) widths(context.Context) []finding {
	a, w := d.app, d.words
	term := a.Env("TERM")
	if !a.InTerminal || !a.OutTerminal || term == "" || term == "dumb" {
		return []finding{{Status: statusNote, Text: w.WidthsSkipped}}
	}
	texts := append(d.drawn(), chinese)
	var cells []int
	if a.Terminal.Cells != nil {
		cells, _ = a.Terminal.Cells(texts)
	}
	if len(cells) != len(texts) {
		return []finding{{Status: statusNote, Text: w.WidthsUnknown}}
	}
	return []finding{d.measured(texts, cells)}
}

// measured judges what the terminal has told.
func (d *doctor) measured(texts []string, cells []int) finding {
	w := d.words
	var all, wide, wrong []string
	for i, text := range texts {
		said := fmt.Sprintf("%s=%d", text, cells[i])
		all = append(all, said)
		switch {
		case text != chinese && cells[i] == 2:
			wide = append(wide, text)
		case text != chinese && cells[i] != 1, text == chinese && cells[i] != 2:
			wrong = append(wrong, said)
		}
	}
	good := w.Widths
	if d.ascii {
		good = w.WidthsASCII
	}
	f := finding{Status: statusOK, Value: strings.Join(all, " "), Text: fmt.Sprintf(good, strings.Join(d.drawn(), " "), chinese)}
	switch {
	case len(wrong) > 0:
		f.Status, f.Text, f.Advice = statusWarn, fmt.Sprintf(w.Narrow, f.Value), w.NarrowAdvice
	case len(wide) > 0 && d.ascii:
		f.Status, f.Text, f.Advice = statusNote, fmt.Sprintf(w.WideNames, strings.Join(wide, " ")), w.WideNamesAdvice
	case len(wide) > 0:
		f.Status, f.Text, f.Advice = statusWarn, fmt.Sprintf(w.Wide, strings.Join(wide, " ")), w.WideAdvice
		f.Key, f.Nearest = "ui.borders", "ascii"
	}
	return f
}

func (d *doctor) caret(context.Context) []finding {
	switch {
	case d.cfg == nil:
		return d.skipped()
	case !d.cfg.UI.RealCaret:
		return []finding{{Status: statusNote, Key: "ui.real_caret", Value: "false", Text: d.words.NoCaret}}
	}
	return []finding{{Status: statusOK, Key: "ui.real_caret", Value: "true", Text: d.words.Caret}}
}
