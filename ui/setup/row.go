package setup

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/i18n"
	"fourfactor/ui/widget"
)

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
