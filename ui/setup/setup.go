// Package setup is the first screen if no key is configured: it asks for the key and
// saves it, or starts the demo. It also replaces key and openid later.
package setup

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/config"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Options configures a Screen.
type Options struct {
	widget.Common
	*config.Setup // saves the input
	// ThemeName is the configured theme; NewTheme returns a theme by its name.
	ThemeName string
	NewTheme  func(name string) *widget.Theme
	// Encryption is the ledger's encryption, LedgerKeyPath its key file.
	Encryption, LedgerKeyPath string
	Home                      string // abbreviated to ~
}

// Screen is the setup screen.
type Screen struct {
	Options
	rows          []row
	focus         int
	saving        bool
	problem       string // why saving failed
	width, height int
}

// DoneMsg asks the root to restart the console, with the saved settings or as the
// demo. Language and Theme are empty unless changed.
type DoneMsg struct {
	Demo, Replaced  bool
	Language, Theme string
}

// savedMsg is the result of saving.
type savedMsg struct{ err error }

// New returns a setup.
func New(o Options) *Screen {
	s := &Screen{Options: o}
	if o.KeySource == "" || o.OpenidSource != "" { // a screen needs at least one row
		s.rows = append(s.rows, newSecret(key, o.Messages.Setup.Key, o.Theme))
	}
	if o.OpenidSource == "" {
		s.rows = append(s.rows, newSecret(openid, o.Messages.Setup.Openid, o.Theme))
	}
	if o.NoKey {
		s.rows = append(s.rows,
			newChoice(language, o.Messages.Setup.Lang, []string{"zh", "en"}, o.Messages.Lang),
			newChoice(theme, o.Messages.Setup.Colour, []string{"auto", "dark", "light", "mono"}, o.ThemeName),
		)
	}
	s.setFocus(0)
	return s
}

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// SetSize sets the size in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	for i := range s.rows {
		s.rows[i].field.SetWidth(width - s.left() - widget.Right)
	}
}

// Title returns the title of the frame.
func (s *Screen) Title() string {
	if !s.NoKey {
		return s.Messages.Setup.ReplaceTitle
	}
	return s.Messages.Setup.Title
}

// HandlesBack returns false: the back key leads to the form.
func (s *Screen) HandlesBack() bool { return false }

// Typing reports whether a text field has the focus.
func (s *Screen) Typing() bool { return !s.rows[s.focus].isChoice() }

// Keys returns the current keys.
func (s *Screen) Keys() help.KeyMap {
	k, choice := s.Options.Keys, !s.Typing()
	on := func(a keymap.Action, enabled bool) widget.Binding { return widget.Enable(k[a], enabled && !s.saving) }
	advance, next, previous := on(keymap.SetupAdvance, true), on(keymap.SetupNext, true), on(keymap.SetupPrevious, true)
	save, demo, empty := on(keymap.Save, true), on(keymap.StartDemo, s.NoKey), on(keymap.ClearField, !choice)
	left, other := on(keymap.OptionLeft, choice), on(keymap.OptionRight, choice)
	return widget.KeyMap{
		Short: []widget.Binding{advance, save, other, demo, empty},
		Full:  [][]widget.Binding{{advance, next, previous, save}, {left, other, empty, demo}},
	}
}

// Update handles keys and the result of saving.
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
	case k.Matches(msg, keymap.StartDemo) && s.NoKey:
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
	r.edit(msg, s.Messages)
	return nil
}

func (s *Screen) setFocus(i int) {
	s.rows[s.focus].field.Blur()
	s.focus = (i + len(s.rows)) % len(s.rows)
	s.rows[s.focus].field.Focus()
}

// choose changes a choice. A theme takes effect at once, a language only after the
// restart, because other goroutines read the texts.
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

// ReadOnlyReason returns why neither key nor openid can be replaced here, or "".
func (s *Screen) ReadOnlyReason() string {
	if s.KeySource == "" || s.OpenidSource == "" {
		return ""
	}
	return fmt.Sprintf(s.Messages.Setup.SetElsewhere, juhe.Sanitize(s.KeySource), juhe.Sanitize(s.OpenidSource))
}

// save saves what was entered if it is valid.
func (s *Screen) save() tea.Cmd {
	w, k := s.Messages.Setup, s.Options.Keys
	s.problem = ""
	values := map[string]string{}
	for i := range s.rows {
		r := &s.rows[i]
		value, ok := s.Clean(r.field.Value())
		switch {
		case r.isChoice():
			value = r.changed()
		case r.name == key && r.field.Value() == "" && s.NoKey:
			s.setFocus(i)
			return widget.Notify(widget.Warn, fmt.Sprintf(w.NoKey, k.Name(keymap.StartDemo)))
		case !ok && r.field.Value() != "":
			s.setFocus(i)
			return widget.Notify(widget.Error, r.label+s.Messages.Colon+fmt.Sprintf(w.InvalidInput, k.Name(keymap.ClearField)))
		}
		values[r.name] = value
	}
	if !s.NoKey && values[key]+values[openid] == "" {
		return widget.Notify(widget.Warn, w.NothingNew)
	}
	s.saving = true
	keeper := s.Setup
	return func() tea.Msg {
		return savedMsg{keeper.Save(values[key], values[openid], values[language], values[theme])}
	}
}

// saved finishes the setup, or shows why nothing was saved. The input stays then.
func (s *Screen) saved(err error) tea.Cmd {
	s.saving = false
	if err != nil {
		s.problem = s.errorText(err)
		return nil
	}
	return s.finish(false)
}

// finish ends the setup and clears the secrets.
func (s *Screen) finish(demo bool) tea.Cmd {
	for i := range s.rows {
		s.rows[i].clear()
	}
	return widget.Send(DoneMsg{Demo: demo, Replaced: !s.NoKey, Language: s.changed(language), Theme: s.changed(theme)})
}

// changed returns the selected option of a row if it was changed, or "".
func (s *Screen) changed(name string) string {
	for i := range s.rows {
		if s.rows[i].name == name {
			return s.rows[i].changed()
		}
	}
	return ""
}

func (s *Screen) errorText(err error) string {
	w, again, path := s.Messages.Setup, s.Options.Keys.Name(keymap.Save), s.KeyPath
	if pathErr := (*fs.PathError)(nil); errors.As(err, &pathErr) {
		path, err = pathErr.Path, pathErr.Err
		if errors.Is(err, fs.ErrExist) {
			return fmt.Sprintf(w.Exists, s.displayPath(path), again)
		}
	}
	return fmt.Sprintf(w.Failed, s.displayPath(path), s.Messages.System(juhe.Sanitize(err.Error())), again)
}

// The row names.
const (
	key      = "key"
	openid   = "openid"
	language = "language"
	theme    = "theme"
)

// secretLimit limits a secret, in characters. A longer one is rejected instead of
// truncated: half a key would go unnoticed.
const secretLimit = 1024

// row is a secret or a choice.
type row struct {
	name, label string
	field       widget.Field // of a secret
	rejection   string       // why the last input was rejected

	options           []string // of a choice
	selected, initial int      // indices into options
}

func newSecret(name, label string, t *widget.Theme) row {
	r := row{name: name, label: label, field: widget.NewField()}
	r.field.SetMask(t.Glyphs.Mask)
	r.field.SetLimit(secretLimit)
	return r
}

func newChoice(name, label string, options []string, chosen string) row {
	at := max(slices.Index(options, chosen), 0)
	return row{name: name, label: label, field: widget.NewField(), options: options, selected: at, initial: at}
}

func (r *row) isChoice() bool { return r.options != nil }

// changed returns the selected option if it is not the initial one, or "".
func (r *row) changed() string {
	if r.selected == r.initial {
		return ""
	}
	return r.options[r.selected]
}

func (r *row) clear() {
	r.field.SetValue("")
	r.rejection = ""
}

// edit edits a secret. It trims a paste and rejects input that the field would change
// or truncate.
func (r *row) edit(msg tea.KeyMsg, w *i18n.Messages) {
	r.rejection = ""
	if msg.Paste {
		msg.Runes = []rune(strings.TrimSpace(string(msg.Runes)))
	}
	switch {
	case slices.ContainsFunc(msg.Runes, isDropped):
		r.rejection = w.Setup.PasteRefused
	case utf8.RuneCountInString(r.field.Value())+len(msg.Runes) > secretLimit:
		r.rejection = fmt.Sprintf(w.Setup.TooLong, secretLimit)
	default:
		r.field.Update(msg)
	}
}

// isDropped reports whether a field would drop r. It replaces line breaks and tabs by
// spaces.
func isDropped(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) && !unicode.IsSpace(r)
}
