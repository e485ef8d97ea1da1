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

// limit is how many characters a secret can have here. What is longer is not
// cut: half a key would be a wrong one that nobody sees.
const limit = 1024

// row is a secret, or a choice.
type row struct {
	name, label string
	field       widget.Field // of a secret
	refused     string       // why a paste was not taken

	options   []string // of a choice
	at, first int      // the option that is chosen, and that was at the start
}

func newSecret(name, label string, t *widget.Theme) row {
	r := row{name: name, label: label, field: widget.NewField()}
	r.field.SetMask(t.Glyphs.Mask)
	r.field.SetLimit(limit)
	return r
}

func newChoice(name, label string, options []string, chosen string) row {
	at := max(slices.Index(options, chosen), 0)
	return row{name: name, label: label, field: widget.NewField(), options: options, at: at, first: at}
}

func (r *row) choice() bool { return r.options != nil }

// changed is the option that was chosen instead of the first one, else nothing.
func (r *row) changed() string {
	if r.at == r.first {
		return ""
	}
	return r.options[r.at]
}

func (r *row) empty() {
	r.field.SetValue("")
	r.refused = ""
}

// take edits a secret. A paste loses the blanks around it. What the field would
// drop or cut without a word is not taken at all.
func (r *row) take(msg tea.KeyMsg, w *i18n.Text) {
	r.refused = ""
	if msg.Paste {
		msg.Runes = []rune(strings.TrimSpace(string(msg.Runes)))
	}
	switch {
	case slices.ContainsFunc(msg.Runes, dropped):
		r.refused = w.Setup.Refused
	case utf8.RuneCountInString(r.field.Value())+len(msg.Runes) > limit:
		r.refused = fmt.Sprintf(w.Setup.TooLong, limit)
	default:
		r.field.Update(msg)
	}
}

// dropped tells of a character that a field drops. Line breaks and tabs become
// blanks.
func dropped(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) && !unicode.IsSpace(r)
}
