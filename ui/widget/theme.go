package widget

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"fourfactor/ui/i18n"
)

// Theme is every style and glyph that a screen may use.
type Theme struct {
	Title, Text, Dim, Accent, Label, Selected lipgloss.Style
	Note, Warn, Error                         lipgloss.Style
	Key, Caret                                lipgloss.Style
	// OutcomeStyle and Mark are by outcome; Said and FactorMark by what is said of a
	// factor.
	OutcomeStyle map[string]lipgloss.Style
	OutcomeMark  map[string]string
	FactorMark   map[string]string
	Glyphs       Glyphs
	asciiGlyphs  *strings.Replacer // nil where every character may be drawn
}

// Glyphs are the drawing characters, in Unicode or in ASCII.
type Glyphs struct {
	Rule, Pointer, Dot, Check, Warning, Changed, BarFull, BarEmpty, Mask string
	Spinner                                                              []string
}

// palette is the few colours of a theme. An empty one is the terminal's own.
type palette struct {
	accent, good, bad, warn, dim string
}

// paletteOf: auto takes the terminal's own sixteen colours, so it is right on
// a dark and on a light background without asking which. Good and bad differ
// in lightness too, and never stand without word and mark.
func paletteOf(name string) palette {
	switch name {
	case "dark":
		return palette{accent: "#7dcfff", good: "#5fd7a7", bad: "#ff8f6b", warn: "#e0c06c", dim: "#8b93a7"}
	case "light":
		return palette{accent: "#0b63a5", good: "#00724d", bad: "#b3400e", warn: "#7a5b00", dim: "#5b6270"}
	case "mono":
		return palette{}
	}
	return palette{accent: "6", good: "2", bad: "1", warn: "3"}
}

// ColorProfile is how many colours a kind of terminal is shown, by its name in TERM. The
// usual lists of names miss GNU screen and rxvt: every terminal has sixteen but
// those of the age before.
func ColorProfile(r *lipgloss.Renderer, term string) termenv.Profile {
	profile := r.ColorProfile()
	switch {
	case term == "dumb" || term == "none" || strings.HasPrefix(term, "vt"):
		return termenv.Ascii
	case profile == termenv.Ascii && term != "" && !r.Output().EnvNoColor():
		return termenv.ANSI
	}
	return profile
}

// NewTheme builds a theme for a kind of terminal, as TERM names it: auto, dark,
// light or mono, with rounded or ascii borders. Without colours, as NO_COLOR
// asks for, it is mono: bold, faint and reverse are none, and stay.
func NewTheme(r *lipgloss.Renderer, term, name, borders string) *Theme {
	profile := ColorProfile(r, term)
	if profile == termenv.Ascii {
		name = "mono"
		if term != "dumb" && term != "none" && term != "" {
			profile = termenv.ANSI
		}
	}
	r.SetColorProfile(profile)
	p := paletteOf(name)
	plain := r.NewStyle()
	coloured := func(c string) lipgloss.Style {
		if c == "" {
			return plain
		}
		return plain.Foreground(lipgloss.Color(c))
	}
	dim := plain.Faint(true)
	if p.dim != "" {
		dim = coloured(p.dim)
	}
	t := &Theme{
		Title: coloured(p.accent).Bold(true), Text: plain, Dim: dim,
		Accent: coloured(p.accent), Label: dim, Selected: coloured(p.accent).Bold(true),
		Note: coloured(p.accent), Warn: coloured(p.warn), Error: coloured(p.bad).Bold(true),
		Key: plain.Bold(true), Caret: plain.Reverse(true), Glyphs: glyphsOf(borders),
	}
	good, bad, warn := coloured(p.good).Bold(true), coloured(p.bad).Bold(true), coloured(p.warn).Bold(true)
	t.OutcomeStyle = map[string]lipgloss.Style{
		"match": good, "mismatch": bad, "refused": warn, "unclear": warn, "lost": warn, "unsent": dim.Bold(true),
	}
	t.OutcomeMark, t.FactorMark = i18n.Marks(borders == "ascii")
	if borders == "ascii" {
		t.asciiGlyphs = strings.NewReplacer("…", "~", "←", "<", "→", ">", "↑", "^", "↓", "v")
	}
	return t
}

// ReplaceGlyphs is a frame as it goes to the terminal. With ascii borders the marks of what
// is cut and the arrows of keys are ASCII too; texts are so by [i18n.Text.Narrow].
// What the operator has typed stays as it is, quotation marks and dashes too.
func (t *Theme) ReplaceGlyphs(frame string) string {
	if t.asciiGlyphs == nil {
		return frame
	}
	return t.asciiGlyphs.Replace(frame)
}

// FactorStyle is the style of what is said of a factor.
func (t *Theme) FactorStyle(said string) lipgloss.Style {
	switch said {
	case "agrees":
		return t.OutcomeStyle["match"]
	case "differs", "apart":
		return t.OutcomeStyle["mismatch"]
	case "maybe":
		return t.Warn
	}
	return t.Dim
}

// SeverityStyle is the style of a status line.
func (t *Theme) SeverityStyle(s Severity) lipgloss.Style {
	switch s {
	case Error:
		return t.Error
	case Warn:
		return t.Warn
	}
	return t.Note
}

func glyphsOf(borders string) Glyphs {
	if borders == "ascii" {
		return Glyphs{
			Rule: "-", Pointer: ">", Dot: "|", Check: "+", Warning: "!", Changed: "~", BarFull: "#", BarEmpty: ".", Mask: "*",
			Spinner: []string{"|", "/", "-", `\`},
		}
	}
	return Glyphs{
		Rule: "─", Pointer: "▸", Dot: "·", Check: "✓", Warning: "!", Changed: "~", BarFull: "█", BarEmpty: "░", Mask: "•",
		Spinner: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
	}
}
