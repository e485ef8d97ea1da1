// Package setup is the console's first screen where no key is configured: it
// takes the key, keeps it, or starts the demo. Later it replaces key and openid.
package setup

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// SecretStore keeps what is typed here.
type SecretStore interface {
	// Clean is a secret without the blanks around it. It is false for what
	// cannot be one.
	Clean(text string) (string, bool)
	// Save makes the files of the secrets, and of a config if there is none yet.
	// What is empty is not kept. An error that is a *fs.PathError names the file
	// because of which nothing was kept; if it is fs.ErrExist that file was
	// there already, and stays as it is.
	Save(key, openid, language, theme string) error
}

// Options are what a setup is made of.
type Options struct {
	Words   *i18n.Text
	Theme   *widget.Theme
	Keys    widget.Keys
	Secrets SecretStore
	// ThemeName is the name of the theme, and Themed makes another one by its name.
	ThemeName string
	NewTheme  func(name string) *widget.Theme
	// Replace reports that there is a key already: then secrets are replaced.
	Replace bool
	// KeyPath and Openid are the files to be made or replaced. KeySource and OpenidSource
	// are where they come from if they cannot be given here.
	KeyPath, KeySource, OpenidPath, OpenidSource string
	// ConfigPath is the config's path, and ConfigExists tells that it is there.
	ConfigPath   string
	ConfigExists bool
	// Encryption is that of the ledger, and LedgerKeyPath the file of its key.
	Encryption, LedgerKeyPath string
	Home                      string // shown as ~
}

// Screen is the setup.
type Screen struct {
	Options
	rows          []row
	focus         int
	saving        bool
	problem       string // why nothing was saved
	width, height int
}

// DoneMsg asks the root to end the console and to go on with another one: with
// what was kept, or as the demo. Language and Theme are empty if they were not
// changed.
type DoneMsg struct {
	Demo, Replaced  bool
	Language, Theme string
}

// savedMsg tells what became of saving.
type savedMsg struct{ err error }

// New makes a setup.
func New(o Options) *Screen {
	s := &Screen{Options: o}
	if o.KeySource == "" || o.OpenidSource != "" { // a screen has a row
		s.rows = append(s.rows, newSecret(key, o.Words.Setup.Key, o.Theme))
	}
	if o.OpenidSource == "" {
		s.rows = append(s.rows, newSecret(openid, o.Words.Setup.Openid, o.Theme))
	}
	if !o.Replace {
		s.rows = append(s.rows,
			newChoice(language, o.Words.Setup.Lang, []string{"zh", "en"}, o.Words.Lang),
			newChoice(theme, o.Words.Setup.Colour, []string{"auto", "dark", "light", "mono"}, o.ThemeName),
		)
	}
	s.setFocus(0)
	return s
}

// Init has nothing to do.
func (s *Screen) Init() tea.Cmd { return nil }

// SetSize sets the room, in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	for i := range s.rows {
		s.rows[i].field.SetWidth(width - s.left() - right)
	}
}

// Typing is so in a field.
func (s *Screen) Typing() bool { return !s.rows[s.focus].isChoice() }

// Keys are those that work now.
func (s *Screen) Keys() help.KeyMap {
	k, choice := s.Options.Keys, !s.Typing()
	on := func(a keymap.Action, enabled bool) widget.Binding { return widget.Enable(k[a], enabled && !s.saving) }
	advance, next, previous := on(keymap.SetupAdvance, true), on(keymap.SetupNext, true), on(keymap.SetupPrevious, true)
	save, demo, empty := on(keymap.Save, true), on(keymap.StartDemo, !s.Replace), on(keymap.ClearField, !choice)
	left, other := on(keymap.OptionLeft, choice), on(keymap.OptionRight, choice)
	return widget.KeyMap{
		Short: []widget.Binding{advance, save, other, demo, empty},
		Full:  [][]widget.Binding{{advance, next, previous, save}, {left, other, empty, demo}},
	}
}

// Update handles keys, and what becomes of saving.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case savedMsg:
		return s.saved(msg.err)
	case tea.KeyMsg:
		if !s.saving {
			return s.press(msg)
		}
	}
	return nil
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	k, r := s.Options.Keys, &s.rows[s.focus]
	switch {
	case !r.isChoice() && widget.IsText(msg):
	case k.Matches(msg, keymap.Save), k.Matches(msg, keymap.SetupAdvance) && s.focus == len(s.rows)-1:
		return s.save()
	case k.Matches(msg, keymap.SetupAdvance), k.Matches(msg, keymap.SetupNext):
		s.setFocus(s.focus + 1)
		return nil
	case k.Matches(msg, keymap.SetupPrevious):
		s.setFocus(s.focus - 1)
		return nil
	case k.Matches(msg, keymap.StartDemo) && !s.Replace:
		return s.finish(true)
	case r.isChoice():
		s.choose(r, msg)
		return nil
	}
	s.problem = ""
	if k.Matches(msg, keymap.ClearField) {
		r.clear()
		return nil
	}
	r.edit(msg, s.Words)
	return nil
}

func (s *Screen) setFocus(i int) {
	s.rows[s.focus].field.Blur()
	s.focus = (i + len(s.rows)) % len(s.rows)
	s.rows[s.focus].field.Focus()
}

// choose changes a choice. Colours are seen at once, a language only in the
// next console: other goroutines read the words too.
func (s *Screen) choose(r *row, msg tea.KeyMsg) {
	k, n := s.Options.Keys, len(r.options)
	switch {
	case k.Matches(msg, keymap.OptionLeft):
		r.selected = (r.selected + n - 1) % n
	case k.Matches(msg, keymap.OptionRight), msg.Type == tea.KeySpace:
		r.selected = (r.selected + 1) % n
	default:
		return
	}
	if r.name == theme {
		*s.Theme = *s.NewTheme(r.options[r.selected])
	}
}

// ReadOnlyReason says where key and openid come from if neither can be replaced here; else
// it is empty.
func (s *Screen) ReadOnlyReason() string {
	if s.KeySource == "" || s.OpenidSource == "" {
		return ""
	}
	return fmt.Sprintf(s.Words.Setup.Fixed, juhe.Harmless(s.KeySource), juhe.Harmless(s.OpenidSource))
}

// row finds one by its name; nil if it is not there.
func (s *Screen) row(name string) *row {
	i := slices.IndexFunc(s.rows, func(r row) bool { return r.name == name })
	if i < 0 {
		return nil
	}
	return &s.rows[i]
}
