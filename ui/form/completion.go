package form

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// completion completes the focused field from an earlier lookup. It never contains an ID
// number.
type completion struct {
	*Options
	id       int // identifies the request, so that older results are dropped
	cancel   context.CancelFunc
	key      completionKey // of the request
	suffix   string        // follows key.text
	recordID string        // of the earlier lookup
}

// completionKey has everything that a completion depends on.
type completionKey struct {
	factor        juhe.Factor
	text, entname string
}

// completionMsg is the completed text of a field and the ID of the earlier lookup.
type completionMsg struct {
	id             int
	text, recordID string
}

// update requests a completion if its key has changed.
func (c *completion) update(key completionKey) tea.Cmd {
	if key == c.key {
		return nil
	}
	// As long as the operator types what the completion suggests, it stays, so that it
	// does not flicker.
	suffix, isPrefix := strings.CutPrefix(c.key.text+c.suffix, key.text)
	if !isPrefix || c.key.factor != key.factor || c.suffix == "" {
		suffix = ""
	}
	recordID := c.recordID
	c.reset(key)
	if key.factor == juhe.Idcard || key.text == "" && (key.factor == juhe.Entname || key.entname == "") {
		return nil
	}
	c.suffix, c.recordID = suffix, recordID
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel = cancel
	id, ledger := c.id, c.Ledger
	return func() tea.Msg {
		text, recordID := findCompletion(ctx, ledger, key)
		return completionMsg{id, text, recordID}
	}
}

// findCompletion finds the newest lookup whose factor begins with the text or, if the
// text is empty, that has the same company. It returns "" if there is none, if the
// factor contains an ID number, or if the ledger fails.
func findCompletion(ctx context.Context, ledger Ledger, key completionKey) (text, recordID string) {
	search := lookup.Search{Text: key.text, Limit: 20}
	if key.text == "" {
		search.Text = key.entname
	}
	page, err := ledger.Search(ctx, search)
	if err != nil {
		return "", ""
	}
	at := slices.IndexFunc(page.Records, func(rec lookup.Record) bool {
		if key.text == "" {
			return rec.Query.Factors[juhe.Entname] == key.entname
		}
		return strings.HasPrefix(rec.Query.Factors[key.factor], key.text)
	})
	if at < 0 {
		return "", ""
	}
	text = page.Records[at].Query.Factors[key.factor]
	if ident.MaskEmbeddedIDs(key.factor, text) != text {
		return "", ""
	}
	return text, page.Records[at].ID
}

// reset drops the completion. key describes the form now, so that update does not
// request one: text that was filled in rather than typed gets no completion.
func (c *completion) reset(key completionKey) {
	if c.cancel != nil {
		c.cancel()
	}
	*c = completion{Options: c.Options, id: c.id + 1, key: key}
}

func (c *completion) set(msg completionMsg) {
	if msg.id == c.id {
		c.cancel()
		c.suffix, c.recordID = strings.TrimPrefix(msg.text, c.key.text), msg.recordID
	}
}

// suggestion is a value that the complete key would put into the focused field.
type suggestion struct {
	value    string // the new value of the field; "" for no suggestion
	shown    string // drawn in brackets behind the old value, since it is not in the field yet
	recordID string // of the earlier lookup that completes the value; "" for a correction
}

// suggestion returns the suggestion for the focused field: a completion, which masks a
// person's name, or else a correction.
func (s *Screen) suggestion() suggestion {
	key, suffix := s.fields.completionKey(), s.completion.suffix
	if s.question != nil || !s.fields.focused().AtEnd() {
		return suggestion{}
	}
	if suffix != "" && key == s.completion.key {
		completed := key.text + suffix
		if key.factor == juhe.Realname {
			suffix = string([]rune(ident.MaskName(completed))[len([]rune(key.text)):])
		}
		return suggestion{completed, suffix, s.completion.recordID}
	}
	correction := lookup.SuggestCorrection(s.fields.api, key.factor, key.text)
	return suggestion{value: correction, shown: s.Theme.Glyphs.Pointer + " " + correction}
}

// acceptSuggestion puts the suggestion into the field. For a person's name from an earlier
// lookup it first writes to the audit log. A correction derives from what was typed.
func (s *Screen) acceptSuggestion() tea.Cmd {
	field, typed, suggested := s.fields.focused(), s.fields.focused().Value(), s.suggestion()
	if suggested.recordID == "" {
		s.undo.push(s.fields.snapshot(false))
	}
	accept := func() tea.Cmd {
		if field.Value() == typed {
			field.SetValue(suggested.value)
		}
		return nil
	}
	if suggested.recordID == "" || s.fields.focus != juhe.Realname {
		return accept()
	}
	return s.fill.start(suggested.recordID, suggested.recordID, s.lastResult.has(suggested.recordID), accept)
}

// behind draws the suggestion behind the drawn value of a field.
func (g suggestion) behind(value string, width int, t *widget.Theme) string {
	if g.value == "" {
		return value
	}
	if g.recordID == "" {
		value += " "
	}
	const brackets = 2
	text, room := g.shown, width-widget.Width(value)-brackets
	if room < widget.Width(text) {
		text = ansi.Truncate(text, max(room, 1), "…")
	}
	return value + t.Dim.Render("["+text+"]")
}
