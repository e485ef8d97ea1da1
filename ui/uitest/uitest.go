// Package uitest contains what the tests of the screens share. No binary links it.
package uitest

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
	"github.com/muesli/termenv"

	"fourfactor/juhe"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Bubbles measure text as in main.go, whatever the locale.
func init() { runewidth.DefaultCondition.EastAsianWidth = false }

// Theme returns a theme with all colours.
func Theme(name, borders string) *widget.Theme {
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(termenv.TrueColor)
	return widget.NewTheme(renderer, "", name, borders)
}

// Keys returns the default keys.
func Keys(w *i18n.Messages) widget.Keys { return widget.NewKeys(w, keymap.Defaults()) }

// Key returns a key press: a key by Bubble Tea's name, or else a text.
func Key(name string) tea.KeyMsg {
	if rest, ok := strings.CutPrefix(name, "alt+"); ok {
		msg := Key(rest)
		msg.Alt = true
		return msg
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(name)}
	}
	for k := tea.KeyType(-100); k < 128; k++ {
		if msg := (tea.KeyMsg{Type: k}); k != tea.KeyRunes && msg.String() == name {
			return msg
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// Paste returns a paste.
func Paste(text string) tea.KeyMsg {
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}
}

// Await runs a command, and the commands of a batch, until one returns a T.
func Await[T tea.Msg](t testing.TB, cmd tea.Cmd) T {
	t.Helper()
	if cmd == nil {
		t.Fatal("there is no command")
	}
	messages, running := make(chan tea.Msg), 1
	done := t.Context().Done()
	run := func(cmd tea.Cmd) {
		select {
		case messages <- cmd():
		case <-done:
		}
	}
	go run(cmd)
	for ; running > 0; running-- {
		switch msg := (<-messages).(type) {
		case T:
			return msg
		case tea.BatchMsg:
			running += len(msg)
			for _, cmd := range msg {
				go run(cmd)
			}
		}
	}
	var want T
	t.Fatalf("no command returns a %T", want)
	return want
}

// AssertRectangle fails unless a frame has exactly this size and contains only visible
// characters and colours.
func AssertRectangle(t testing.TB, frame string, width, height int) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if len(lines) != height {
		t.Fatalf("got %d lines in %d×%d", len(lines), width, height)
	}
	for y, line := range lines {
		if got := widget.Width(line); got != width {
			t.Fatalf("line %d: got width %d in %d×%d: %q", y, got, width, height, line)
		}
		if strings.ContainsFunc(ansi.Strip(line), juhe.IsInvisible) {
			t.Fatalf("line %d contains an invisible character: %q", y, line)
		}
	}
}

// NewTerminal returns a terminal that draws to a file, and a function that returns what
// it has drawn.
func NewTerminal(t testing.TB) (term *widget.Terminal, written func() string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "screen")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return widget.NewTerminal(file), func() string {
		all, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(all)
	}
}

// Clipboard is a clipboard in memory.
type Clipboard struct {
	Text string
	Err  error // returned by Copy
}

// Copy keeps the text.
func (c *Clipboard) Copy(text string) (method string, err error) {
	c.Text = text
	return widget.CopyTmux, c.Err
}
