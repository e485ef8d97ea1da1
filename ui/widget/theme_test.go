package widget_test

import (
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/ui/widget"
)

// renderer returns a renderer with all colours.
func renderer() *lipgloss.Renderer {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(0) // termenv.TrueColor
	return r
}

func TestThemes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"auto", "dark", "light", "mono"} {
		for _, borders := range []string{"rounded", "ascii"} {
			t.Run(name+"/"+borders, func(t *testing.T) {
				t.Parallel()
				theme := widget.NewTheme(renderer(), "", name, borders)
				checkOutcomes(t, theme)
				checkGlyphs(t, theme, borders == "ascii")
				coloured := strings.Contains(theme.OutcomeStyle["match"].Render("x"), "38;") ||
					strings.Contains(theme.OutcomeStyle["match"].Render("x"), "[1;32m")
				if coloured != (name != "mono") {
					t.Errorf("a match is %q", theme.OutcomeStyle["match"].Render("x"))
				}
			})
		}
	}
}

// checkOutcomes checks that every outcome and factor result has a style and a mark of
// one cell.
func checkOutcomes(t *testing.T, theme *widget.Theme) {
	t.Helper()
	for _, o := range juhe.Outcomes() {
		if _, ok := theme.OutcomeStyle[o]; !ok || widget.Width(theme.OutcomeMark[o]) != 1 {
			t.Errorf("%s has mark %q, style: %t", o, theme.OutcomeMark[o], ok)
		}
	}
	for _, s := range append(juhetest.Constants[juhe.FactorResult](t), "") {
		if _, ok := theme.FactorStyle[s]; !ok || widget.Width(theme.FactorMark[s]) != 1 {
			t.Errorf("%q has mark %q, style: %t", s, theme.FactorMark[s], ok)
		}
	}
	good, bad := theme.FactorStyle["agrees"].Render("x"), theme.FactorStyle["differs"].Render("x")
	if theme.FactorStyle["apart"].Render("x") != bad || good != theme.OutcomeStyle["match"].Render("x") ||
		bad != theme.OutcomeStyle["mismatch"].Render("x") {
		t.Error("a factor and the outcome are styled differently")
	}
}

// checkGlyphs checks that glyphs have one cell, and are ASCII where required.
func checkGlyphs(t *testing.T, theme *widget.Theme, ascii bool) {
	t.Helper()
	all := append([]string{}, theme.Glyphs.Spinner...)
	v := reflect.ValueOf(theme.Glyphs)
	for i := range v.NumField() {
		if v.Field(i).Kind() == reflect.String {
			all = append(all, v.Field(i).String())
		}
	}
	all = slices.AppendSeq(all, maps.Values(theme.OutcomeMark))
	all = slices.AppendSeq(all, maps.Values(theme.FactorMark))
	for _, glyph := range all {
		if widget.Width(glyph) != 1 || ascii && strings.ContainsFunc(glyph, func(r rune) bool { return r >= 0x80 }) {
			t.Errorf("glyph %q, ASCII: %t", glyph, ascii)
		}
	}
}

func TestSeverity(t *testing.T) {
	t.Parallel()
	theme := widget.NewTheme(renderer(), "", "dark", "rounded")
	seen := map[string]widget.Severity{}
	for _, s := range []widget.Severity{widget.Note, widget.Warn, widget.Error} {
		drawn := theme.SeverityStyle(s).Render("x")
		if other, twice := seen[drawn]; twice {
			t.Errorf("%s looks like %s", s, other)
		}
		seen[drawn] = s
	}
}

// TestNotify: Notify returns only the status message.
func TestNotify(t *testing.T) {
	t.Parallel()
	if got := widget.Notify(widget.Warn, "x")(); got != (widget.StatusMsg{Severity: widget.Warn, Text: "x"}) {
		t.Errorf("%v", got)
	}
}

// TestNoColour: without colours bold, faint and reverse stay, unless the terminal
// supports nothing.
func TestNoColour(t *testing.T) {
	t.Parallel()
	for term, styled := range map[string]bool{"xterm-256color": true, "screen": true, "vt100": true, "dumb": false, "": false} {
		for _, name := range []string{"auto", "dark", "light", "mono"} {
			r := lipgloss.NewRenderer(io.Discard, termenv.WithEnvironment(environment{"NO_COLOR": "1"}))
			r.SetColorProfile(termenv.Ascii)
			theme := widget.NewTheme(r, term, name, "rounded")
			for _, style := range []lipgloss.Style{theme.OutcomeStyle["match"], theme.OutcomeStyle["mismatch"], theme.Error, theme.Warn, theme.Accent, theme.Dim, theme.Caret} {
				drawn := style.Render("x")
				if strings.Contains(drawn, "3") || !styled && drawn != "x" {
					t.Errorf("%s, %s: %q", term, name, drawn)
				}
			}
			if drawn := theme.Caret.Render("x"); (drawn == "\x1b[7mx\x1b[0m") != styled {
				t.Errorf("%s, %s: a caret is %q", term, name, drawn)
			}
		}
	}
}

// environment is a set of environment variables.
type environment map[string]string

func (e environment) Environ() []string         { return nil }
func (e environment) Getenv(name string) string { return e[name] }

// TestColours: every terminal has at least sixteen colours, unless it is known to have
// none or they are not wanted.
func TestColours(t *testing.T) {
	t.Parallel()
	for term, want := range map[string]termenv.Profile{
		"screen": termenv.ANSI, "screen.xterm-256color": termenv.ANSI256, "screen-bce": termenv.ANSI, "tmux": termenv.ANSI,
		"rxvt": termenv.ANSI, "rxvt-unicode": termenv.ANSI, "xterm-mono": termenv.ANSI, "xterm": termenv.ANSI, "linux": termenv.ANSI,
		"putty": termenv.ANSI, "cygwin": termenv.ANSI, "konsole": termenv.ANSI, "foot": termenv.ANSI, "xterm-256color": termenv.ANSI256,
		"vt100": termenv.Ascii, "vt220": termenv.Ascii, "vt52": termenv.Ascii, "dumb": termenv.Ascii, "none": termenv.Ascii, "": termenv.Ascii,
	} {
		for variable, less := range map[string]bool{"": false, "NO_COLOR": true} {
			env := environment{"TERM": term, variable: "1"}
			r := lipgloss.NewRenderer(io.Discard, termenv.WithEnvironment(env), termenv.WithUnsafe())
			if got := widget.ColorProfile(r, term); got != want && !less || less && got != termenv.Ascii {
				t.Errorf("%s, %v: %s, want %s", term, env, got.Name(), want.Name())
			}
			drawn := widget.NewTheme(r, term, "auto", "rounded").OutcomeStyle["match"].Render("x")
			if coloured := strings.Contains(drawn, "32"); coloured != (want != termenv.Ascii && !less) {
				t.Errorf("%s, %v: %q", term, env, drawn)
			}
		}
	}
}
