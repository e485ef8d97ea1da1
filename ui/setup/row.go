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

// The rows, by name.
const (
	key      = "key"
	openid   = "openid"
	language = "language"
	theme    = "theme"
)

// secretLimit is how many characters a secret can have here. What is longer is not
// cut: half a key would be a wrong one that nobody sees.
const secretLimit = 1024

// row is a secret, or a choice.
type row struct {
	name, label string
	field       widget.Field // of a secret
	rejection   string       // why a paste was not taken

	options           []string // of a choice
	selected, initial int      // the option that is chosen, and that was at the start
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

// changed is the option that was chosen instead of the first one, else nothing.
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

// edit edits a secret. A paste loses the blanks around it. What the field would
// drop or cut without a word is not taken at all.
func (r *row) edit(msg tea.KeyMsg, w *i18n.Text) {
	r.rejection = ""
	if msg.Paste {
		msg.Runes = []rune(strings.TrimSpace(string(msg.Runes)))
	}
	switch {
	case slices.ContainsFunc(msg.Runes, isDropped):
		r.rejection = w.Setup.Refused
	case utf8.RuneCountInString(r.field.Value())+len(msg.Runes) > secretLimit:
		r.rejection = fmt.Sprintf(w.Setup.TooLong, secretLimit)
	default:
		r.field.Update(msg)
	}
}

// isDropped tells of a character that a field drops. Line breaks and tabs become
// blanks.
func isDropped(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) && !unicode.IsSpace(r)
}
