package widget

import (
	"maps"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"fourfactor/juhe"
	"fourfactor/ui/i18n"
)

// Theme contains every style and glyph of the screens.
type Theme struct {
	Title, Text, Dim, Accent, Label, Selected lipgloss.Style
	Note, Warn, Error                         lipgloss.Style
	Key, Caret                                lipgloss.Style
	OutcomeStyle                              map[juhe.Outcome]lipgloss.Style
	FactorStyle                               map[juhe.FactorResult]lipgloss.Style
	OutcomeMark                               map[juhe.Outcome]string
	FactorMark                                map[juhe.FactorResult]string
	Glyphs                                    Glyphs
	asciiGlyphs                               *strings.Replacer // nil unless only ASCII is drawn
}

// Glyphs are the drawing characters, in Unicode or in ASCII.
type Glyphs struct {
	Rule, Pointer, Dot, Check, Warning, Changed, BarFull, BarEmpty, Mask string
	Spinner                                                              []string
}

// palette is the colours of a theme. An empty string is the terminal's default.
type palette struct {
	accent, good, bad, warn, dim string
}

// paletteOf returns the palette of a theme. auto uses the terminal's sixteen colours,
// which suit dark and light backgrounds. Good and bad also differ in lightness, and
// never appear without a word and a mark.
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

// ColorProfile returns the colours of a terminal, by its name in TERM. termenv's list
// of names lacks GNU screen and rxvt; every terminal except the oldest has sixteen
// colours.
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

// NewTheme returns a theme: auto, dark, light or mono, with rounded or ascii borders.
// term is the value of TERM. Without colours, as with NO_COLOR, the theme is mono,
// which uses only bold, faint and reverse.
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
	coloured := func(c string) lipgloss.Style { return plain.Foreground(lipgloss.Color(c)) }
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
	t.OutcomeStyle = map[juhe.Outcome]lipgloss.Style{
		juhe.Match: good, juhe.Mismatch: bad, juhe.Refused: warn, juhe.Unclear: warn, juhe.Lost: warn, juhe.Unsent: dim.Bold(true),
	}
	t.FactorStyle = map[juhe.FactorResult]lipgloss.Style{
		juhe.ResultAgrees: good, juhe.ResultDiffers: bad, juhe.ResultUnrelated: bad, juhe.ResultInconclusive: t.Warn, juhe.ResultNone: dim,
	}
	t.OutcomeMark, t.FactorMark = i18n.Marks(borders == "ascii")
	if borders == "ascii" {
		t.asciiGlyphs = strings.NewReplacer("…", "~", "←", "<", "→", ">", "↑", "^", "↓", "v")
	}
	return t
}

// ReplaceGlyphs replaces the remaining Unicode symbols of a frame, ellipses and
// arrows, if borders are ascii. Texts are ASCII by [i18n.Messages.ASCII]. What the
// operator typed stays unchanged.
func (t *Theme) ReplaceGlyphs(frame string) string {
	if t.asciiGlyphs == nil {
		return frame
	}
	return t.asciiGlyphs.Replace(frame)
}

// OutcomeLabel returns the mark and the word of an outcome, in its colour.
func (t *Theme) OutcomeLabel(w *i18n.Messages, outcome juhe.Outcome) string {
	return t.OutcomeStyle[outcome].Render(t.OutcomeMark[outcome] + " " + w.Outcomes[outcome])
}

// OutcomeWidth returns the width of the widest OutcomeLabel.
func (t *Theme) OutcomeWidth(w *i18n.Messages) int {
	return MaxWidth(maps.Values(t.OutcomeMark)) + 1 + MaxWidth(maps.Values(w.Outcomes))
}

// PointerColumn returns the gutter of a list row, with the pointer if it is selected.
func (t *Theme) PointerColumn(selected bool) string {
	if !selected {
		return strings.Repeat(" ", Gutter)
	}
	return PadTrunc(t.Selected.Render(t.Glyphs.Pointer), Gutter)
}

// RowHead returns the gutter and the label of a row. width is that of the widest label.
func (t *Theme) RowHead(label string, width int, selected bool) string {
	style := t.Label
	if selected {
		style = t.Selected
	}
	return t.PointerColumn(selected) + style.Render(PadTrunc(label, width+Gap))
}

// Rule returns a horizontal line.
func (t *Theme) Rule(width int) string {
	return t.Dim.Render(strings.Repeat(t.Glyphs.Rule, max(width, 0)))
}

// SpinnerFrame returns the n-th frame of the spinner.
func (t *Theme) SpinnerFrame(n int) string { return t.Glyphs.Spinner[n%len(t.Glyphs.Spinner)] }

// Bar returns a progress bar. part is the completed part, from 0 to 1.
func (t *Theme) Bar(part float64, cells int) string {
	full := max(min(int(part*float64(cells)), cells), 0)
	return t.Accent.Render(strings.Repeat(t.Glyphs.BarFull, full)) + t.Dim.Render(strings.Repeat(t.Glyphs.BarEmpty, cells-full))
}

// SeverityStyle returns the style of a status message.
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
