package kit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keys"
	"fourfactor/ui/words"
)

// Binding is Bubble Tea's key binding.
type Binding = key.Binding

// Keys are the bindings of all actions.
type Keys map[keys.Action]Binding

// NewKeys makes the bindings with their help in one language.
func NewKeys(w *words.Text) Keys {
	all := Keys{}
	for _, line := range keys.Lines() {
		all[line.Action] = key.NewBinding(key.WithKeys(line.Keys...),
			key.WithHelp(Label(line.Keys), w.Keys[string(line.Action)]))
	}
	return all
}

// Is tells whether a key press is for this action.
func (k Keys) Is(msg tea.KeyMsg, a keys.Action) bool { return key.Matches(msg, k[a]) }

// Group lists the bindings of some actions.
func (k Keys) Group(actions ...keys.Action) []Binding {
	group := make([]Binding, len(actions))
	for i, a := range actions {
		group[i] = k[a]
	}
	return group
}

// Label writes keys as a person reads them: F5 / Ctrl+S.
func Label(names []string) string {
	labels := make([]string, len(names))
	for i, name := range names {
		labels[i] = label(name)
	}
	return strings.Join(labels, " / ")
}

func label(name string) string {
	parts := strings.Split(name, "+") // beside the key + itself they are empty
	for i, part := range parts {
		switch {
		case part == "up":
			parts[i] = "↑"
		case part == "down":
			parts[i] = "↓"
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

// Split takes a key message apart into single presses. Runes that a terminal
// sends together arrive as one message, and an input method that is on sends
// full-width forms: where no text is typed both are meant as keys.
func Split(msg tea.KeyMsg) []tea.KeyMsg {
	if msg.Type != tea.KeyRunes || msg.Paste {
		return []tea.KeyMsg{msg}
	}
	presses := make([]tea.KeyMsg, 0, len(msg.Runes))
	for _, r := range msg.Runes {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		presses = append(presses, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: msg.Alt})
	}
	return slices.Clip(presses)
}
