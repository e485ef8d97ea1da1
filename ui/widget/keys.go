package widget

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
)

// Binding is Bubble Tea's key binding.
type Binding = key.Binding

// Keys maps every action to its binding.
type Keys map[keymap.Action]Binding

// NewKeys returns the bindings of a key table, with help texts in one language.
func NewKeys(w *i18n.Messages, lines []keymap.Entry) Keys {
	all := Keys{}
	for _, line := range lines {
		all[line.Action] = key.NewBinding(key.WithKeys(line.Keys...),
			key.WithHelp(JoinKeyLabels(line.Keys), w.Keys[line.Action]))
	}
	return all
}

// Matches reports whether a key press triggers an action. Text that arrives in one
// piece never does, even if it is the name of a key, such as "f5".
func (k Keys) Matches(msg tea.KeyMsg, a keymap.Action) bool {
	return isSinglePress(msg) && key.Matches(msg, k[a])
}

func isSinglePress(msg tea.KeyMsg) bool {
	return msg.Type != tea.KeyRunes || len(msg.Runes) == 1 && !msg.Paste
}

// FromMacOption returns Alt and a digit for the character that a Mac types for Option
// and that digit, if Alt and the digit is bound. It returns any other key unchanged.
func (k Keys) FromMacOption(msg tea.KeyMsg) tea.KeyMsg {
	if msg.Type != tea.KeyRunes || !isSinglePress(msg) || msg.Alt {
		return msg
	}
	at := slices.Index([]rune("º¡™£¢∞§¶•ª"), msg.Runes[0])
	if at < 0 {
		return msg
	}
	press := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'0' + rune(at)}, Alt: true}
	for _, binding := range k {
		if key.Matches(press, binding) {
			return press
		}
	}
	return msg
}

// Name returns the label of an action's first key.
func (k Keys) Name(a keymap.Action) string { return JoinKeyLabels(k[a].Keys()[:1]) }

// MoveKey returns the movement that a key press stands for in a list or a text, or "".
func (k Keys) MoveKey(msg tea.KeyMsg) keymap.Action {
	switch msg.Type {
	case wheelUp:
		return keymap.Up
	case wheelDown:
		return keymap.Down
	}
	for _, a := range []keymap.Action{keymap.Up, keymap.Down, keymap.PageUp, keymap.PageDown, keymap.Top, keymap.Bottom} {
		if k.Matches(msg, a) {
			return a
		}
	}
	return ""
}

// Key types for the mouse wheel, which only lists and long texts handle.
const (
	wheelUp tea.KeyType = -1000 - iota
	wheelDown
)

// WheelKeys converts one step of the wheel into key presses.
func WheelKeys(msg tea.MouseMsg) []tea.KeyMsg {
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		return slices.Repeat([]tea.KeyMsg{{Type: wheelUp}}, 3)
	case tea.MouseButtonWheelDown:
		return slices.Repeat([]tea.KeyMsg{{Type: wheelDown}}, 3)
	}
	return nil
}

// MoveCursor returns the new position in a list of count lines, height of them
// visible.
func MoveCursor(move keymap.Action, at, count, height int) int {
	switch move {
	case keymap.Up:
		at--
	case keymap.Down:
		at++
	case keymap.PageUp:
		at -= max(height-1, 1)
	case keymap.PageDown:
		at += max(height-1, 1)
	case keymap.Top:
		at = 0
	case keymap.Bottom:
		at = count - 1
	}
	return max(0, min(at, count-1))
}

// MoveBindings returns the bindings of all movements, in pairs, for help.
func (k Keys) MoveBindings(w *i18n.Messages, enabled bool) []Binding {
	return []Binding{
		Enable(k.Pair(keymap.Up, keymap.Down, w.App.Move), enabled), Enable(k.Pair(keymap.PageUp, keymap.PageDown, w.App.Page), enabled),
		Enable(k.Pair(keymap.Top, keymap.Bottom, w.App.Ends), enabled),
	}
}

// Pair returns a binding that describes two related actions in help, each by its
// shortest key.
func (k Keys) Pair(a, b keymap.Action, text string) Binding {
	first, second := shortestName(k[a].Keys()), shortestName(k[b].Keys())
	return key.NewBinding(key.WithKeys(first, second), key.WithHelp(keyLabel(first)+" "+keyLabel(second), text))
}

func shortestName(names []string) string {
	return slices.MinFunc(names, func(a, b string) int { return Width(keyLabel(a)) - Width(keyLabel(b)) })
}

// Enable returns a copy of b that is enabled or disabled.
func Enable(b Binding, enabled bool) Binding {
	b.SetEnabled(enabled)
	return b
}

// FindKey returns the enabled binding that has the first key of like.
func FindKey(bindings []Binding, like Binding) (b Binding, found bool) {
	for _, b := range bindings {
		if b.Enabled() && b.Keys()[0] == like.Keys()[0] {
			return b, true
		}
	}
	return b, false
}

// Relabel returns a copy of b with another description.
func Relabel(b Binding, text string) Binding {
	b.SetHelp(b.Help().Key, text)
	return b
}

// IsText reports whether a key press is text where text is typed.
func IsText(msg tea.KeyMsg) bool {
	return !msg.Alt && (msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace)
}

// Group returns the bindings of some actions.
func (k Keys) Group(actions ...keymap.Action) []Binding {
	group := make([]Binding, len(actions))
	for i, a := range actions {
		group[i] = k[a]
	}
	return group
}

// JoinKeyLabels returns keys as people read them: F5 / Ctrl+S.
func JoinKeyLabels(names []string) string {
	labels := make([]string, len(names))
	for i, name := range names {
		labels[i] = keyLabel(name)
	}
	return strings.Join(labels, KeySeparator)
}

// KeySeparator separates alternative keys.
const KeySeparator = " / "

var keyLabels = map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→", "pgup": "PgUp", "pgdown": "PgDn"}

func keyLabel(name string) string {
	if name == " " {
		return "Space"
	}
	parts := strings.Split(name, "+") // the key + itself yields empty parts
	for i, part := range parts {
		if label := keyLabels[part]; label != "" {
			parts[i] = label
		} else if part != "" && (len(parts) > 1 || utf8.RuneCountInString(part) > 1) {
			first, size := utf8.DecodeRuneInString(part)
			parts[i] = string(unicode.ToUpper(first)) + part[size:]
		}
	}
	return strings.Join(parts, "+")
}

// SplitKeys splits a key message into single key presses. Terminals send runes
// together in one message, and an active input method sends other characters for ASCII
// keys (see keymap.ASCIIKey). Both stand for keys where no text is typed.
func SplitKeys(msg tea.KeyMsg) []tea.KeyMsg {
	if msg.Type != tea.KeyRunes || msg.Paste {
		return []tea.KeyMsg{msg}
	}
	presses := make([]tea.KeyMsg, 0, len(msg.Runes))
	for _, r := range msg.Runes {
		presses = append(presses, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{keymap.ASCIIKey(r)}, Alt: msg.Alt})
	}
	return slices.Clip(presses)
}
