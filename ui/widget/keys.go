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

// Keys are the bindings of all actions.
type Keys map[keymap.Action]Binding

// NewKeys makes the bindings of a table, with their help in one language.
func NewKeys(w *i18n.Text, lines []keymap.Entry) Keys {
	all := Keys{}
	for _, line := range lines {
		all[line.Action] = key.NewBinding(key.WithKeys(line.Keys...),
			key.WithHelp(JoinKeyLabels(line.Keys), w.Keys[string(line.Action)]))
	}
	return all
}

// Matches tells whether a key press is for this action. Text that a terminal sends in
// one piece is none, though it be the name of a key, such as "f5".
func (k Keys) Matches(msg tea.KeyMsg, a keymap.Action) bool {
	return isSinglePress(msg) && key.Matches(msg, k[a])
}

func isSinglePress(msg tea.KeyMsg) bool {
	return msg.Type != tea.KeyRunes || len(msg.Runes) == 1 && !msg.Paste
}

// FromMacOption is a key press with Alt where a Mac has written the character that is on
// the digit with Option: if the digit with Alt is a key.
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

// Name is an action's first key, as a person reads it.
func (k Keys) Name(a keymap.Action) string { return JoinKeyLabels(k[a].Keys()[:1]) }

// MoveKey is how a key press moves in a list or a text, by its action; empty if it
// does not.
func (k Keys) MoveKey(msg tea.KeyMsg) keymap.Action {
	switch msg.Type {
	case wheelUp:
		return keymap.Up
	case wheelDown:
		return keymap.Down
	}
	for _, a := range moveActions() {
		if k.Matches(msg, a) {
			return a
		}
	}
	return ""
}

// The wheel of a mouse is a key that only lists and long texts know.
const (
	wheelUp tea.KeyType = -1000 - iota
	wheelDown
)

// WheelKeys is a notch of the wheel as key presses.
func WheelKeys(msg tea.MouseMsg) []tea.KeyMsg {
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		return slices.Repeat([]tea.KeyMsg{{Type: wheelUp}}, 3)
	case tea.MouseButtonWheelDown:
		return slices.Repeat([]tea.KeyMsg{{Type: wheelDown}}, 3)
	}
	return nil
}

func moveActions() []keymap.Action {
	return []keymap.Action{keymap.Up, keymap.Down, keymap.PageUp, keymap.PageDown, keymap.Top, keymap.Bottom}
}

// MoveCursor is where a move leads to from line at of count, of which height are seen.
func MoveCursor(by keymap.Action, at, count, height int) int {
	switch by {
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

// MoveBindings are the bindings of all moves, two by two, for help.
func (k Keys) MoveBindings(w *i18n.Text) []Binding {
	return []Binding{
		k.Pair(keymap.Up, keymap.Down, w.App.Move), k.Pair(keymap.PageUp, keymap.PageDown, w.App.Page), k.Pair(keymap.Top, keymap.Bottom, w.App.Ends),
	}
}

// Pair is the binding of two actions that belong together, for help. Of several
// keys it tells the shortest.
func (k Keys) Pair(a, b keymap.Action, text string) Binding {
	one, other := shortestName(k[a].Keys()), shortestName(k[b].Keys())
	return key.NewBinding(key.WithKeys(one, other), key.WithHelp(keyLabel(one)+" "+keyLabel(other), text))
}

func shortestName(names []string) string {
	return slices.MinFunc(names, func(a, b string) int { return Width(keyLabel(a)) - Width(keyLabel(b)) })
}

// Enable is a binding that works only sometimes.
func Enable(b Binding, enabled bool) Binding {
	b.SetEnabled(enabled)
	return b
}

// EnableAll are bindings that work only sometimes.
func EnableAll(all []Binding, enabled bool) []Binding {
	for i := range all {
		all[i].SetEnabled(enabled)
	}
	return all
}

// Relabel is a binding that does something else here than its name says.
func Relabel(b Binding, text string) Binding {
	b.SetHelp(b.Help().Key, text)
	return b
}

// IsText tells whether a key press is text where text is typed.
func IsText(msg tea.KeyMsg) bool {
	return !msg.Alt && (msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace)
}

// Group lists the bindings of some actions.
func (k Keys) Group(actions ...keymap.Action) []Binding {
	group := make([]Binding, len(actions))
	for i, a := range actions {
		group[i] = k[a]
	}
	return group
}

// JoinKeyLabels writes keys as a person reads them: F5 / Ctrl+S.
func JoinKeyLabels(names []string) string {
	labels := make([]string, len(names))
	for i, name := range names {
		labels[i] = keyLabel(name)
	}
	return strings.Join(labels, KeySeparator)
}

// KeySeparator stands between keys that do the same.
const KeySeparator = " / "

func keyLabel(name string) string {
	if name == " " {
		return "Space"
	}
	parts := strings.Split(name, "+") // beside the key + itself they are empty
	for i, part := range parts {
		switch {
		case part == "up":
			parts[i] = "↑"
		case part == "down":
			parts[i] = "↓"
		case part == "left":
			parts[i] = "←"
		case part == "right":
			parts[i] = "→"
		case part == "pgup":
			parts[i] = "PgUp"
		case part == "pgdown":
			parts[i] = "PgDn"
		case part != "" && (len(parts) > 1 || utf8.RuneCountInString(part) > 1):
			first, size := utf8.DecodeRuneInString(part)
			parts[i] = string(unicode.ToUpper(first)) + part[size:]
		}
	}
	return strings.Join(parts, "+")
}

// SplitKeys takes a key message apart into single presses. Runes that a terminal
// sends together arrive as one message, and an input method that is on sends
// full-width forms, and 、 for /: where no text is typed both are meant as keys.
func SplitKeys(msg tea.KeyMsg) []tea.KeyMsg {
	if msg.Type != tea.KeyRunes || msg.Paste {
		return []tea.KeyMsg{msg}
	}
	presses := make([]tea.KeyMsg, 0, len(msg.Runes))
	for _, r := range msg.Runes {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '、':
			r = '/'
		}
		presses = append(presses, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: msg.Alt})
	}
	return slices.Clip(presses)
}
