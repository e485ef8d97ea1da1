// Package result shows one look-up: the verdict, factor by factor, the code
// with what it means, and the answer as it came.
package result

import (
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
	"fourfactor/ui/words"
)

// Copier copies text and says which way it took.
type Copier interface {
	Copy(text string) (way string, err error)
}

// Options are what the screen is made of.
type Options struct {
	Words  *words.Text
	Theme  *kit.Theme
	Keys   kit.Keys
	Copier Copier
	// RevealFor is how long x shows the person.
	RevealFor time.Duration
	Demo      bool
}

// Screen is the result.
type Screen struct {
	Options
	record        *lookup.Record
	raw           bool
	revealed      bool
	reveal        int // counts the reveals, so that an old end is told from a new one
	top           int
	width, height int
}

// New makes an empty result.
func New(o Options) *Screen { return &Screen{Options: o} }

// Messages to the root: fill the form, or empty it.
type (
	EditMsg   struct{}
	NewMsg    struct{}
	RepeatMsg struct{ Query juhe.Query }
)

type hideMsg struct{ reveal int }

type copiedMsg struct {
	text string // what was copied, in words
	way  string
	err  error
}

// Show opens a record, masked.
func (s *Screen) Show(rec lookup.Record) {
	s.record, s.raw, s.revealed, s.top = &rec, false, false, 0
}

// Init has nothing to do.
func (s *Screen) Init() tea.Cmd { return nil }

// SetSize sets the room, in cells.
func (s *Screen) SetSize(width, height int) { s.width, s.height = width, height }

// Typing is never so.
func (s *Screen) Typing() bool { return false }

// Caret is nowhere.
func (s *Screen) Caret() (x, y int, ok bool) { return 0, 0, false }

// Keys are the result's keys.
func (s *Screen) Keys() help.KeyMap {
	k := s.Options.Keys
	raw, back := k[keys.Raw], k[keys.Back]
	if s.raw {
		raw.SetHelp(raw.Help().Key, s.Words.Result.RawBack)
	}
	return kit.KeyMap{
		Short: []kit.Binding{back, k[keys.Edit], k[keys.New], k[keys.Repeat], k[keys.Copy], k[keys.CopyJSON], raw, k[keys.Reveal]},
		Full: [][]kit.Binding{
			k.Group(keys.Edit, keys.New, keys.Repeat),
			append(k.Group(keys.Copy, keys.CopyJSON), raw, k[keys.Reveal], k[keys.Scroll]),
		},
	}
}

// Update handles keys, the end of a reveal and the end of a copy.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case hideMsg:
		if msg.reveal == s.reveal {
			s.revealed = false
		}
	case copiedMsg:
		if msg.err != nil {
			return kit.Say(kit.Error, fmt.Sprintf(s.Words.Result.CopyFailed, juhe.Harmless(msg.err.Error())))
		}
		return kit.Say(kit.Note, fmt.Sprintf("%s (%s)", msg.text, msg.way))
	case tea.KeyMsg:
		if s.record != nil {
			return s.press(msg)
		}
	}
	return nil
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case k.Is(msg, keys.Edit):
		return send(EditMsg{})
	case k.Is(msg, keys.New):
		return send(NewMsg{})
	case k.Is(msg, keys.Repeat):
		return send(RepeatMsg{s.record.Query})
	case k.Is(msg, keys.Copy):
		return s.copy(s.plainText(), s.Words.Result.CopiedText)
	case k.Is(msg, keys.CopyJSON):
		return s.copyJSON()
	case k.Is(msg, keys.Raw):
		return s.toggleRaw()
	case k.Is(msg, keys.Reveal):
		return s.toggleReveal()
	case k.Is(msg, keys.Scroll):
		s.scroll(msg)
	}
	return nil
}

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

func (s *Screen) copy(text, said string) tea.Cmd {
	copier := s.Copier
	return func() tea.Msg {
		way, err := copier.Copy(text)
		return copiedMsg{said, way, err}
	}
}

// copyJSON copies the look-up as commands print it.
func (s *Screen) copyJSON() tea.Cmd {
	line := s.record.Line(s.Words, s.revealed)
	line.Demo = s.Demo
	text, err := line.JSON()
	if err != nil {
		return kit.Say(kit.Error, fmt.Sprintf(s.Words.Result.CopyFailed, err))
	}
	return s.copy(string(text), s.Words.Result.CopiedJSON)
}

func (s *Screen) toggleRaw() tea.Cmd {
	if s.record.Reply.Raw == "" {
		return kit.Say(kit.Note, s.Words.Result.NoRaw)
	}
	s.raw, s.top = !s.raw, 0
	return nil
}

// toggleReveal shows the person for a while, or hides it again.
func (s *Screen) toggleReveal() tea.Cmd {
	s.reveal++
	s.revealed = !s.revealed
	if !s.revealed {
		return nil
	}
	reveal := s.reveal
	hide := tea.Tick(s.RevealFor, func(time.Time) tea.Msg { return hideMsg{reveal} })
	return tea.Batch(hide, kit.Say(kit.Note, fmt.Sprintf(s.Words.Result.Revealed, s.RevealFor)))
}

func (s *Screen) scroll(msg tea.KeyMsg) {
	switch msg.Type {
	case tea.KeyUp:
		s.top--
	case tea.KeyDown:
		s.top++
	case tea.KeyPgUp:
		s.top -= s.height
	case tea.KeyPgDown:
		s.top += s.height
	}
}
