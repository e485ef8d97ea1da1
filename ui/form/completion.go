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

// updateCompletion requests a completion if its key has changed.
func (s *Screen) updateCompletion() tea.Cmd {
	field := &s.fields[s.focus]
	key := completionKey{field.factor, field.Value(), s.fields[juhe.Entname].Value()}
	if key == s.completion.key {
		return nil
	}
	// As long as the operator types what the completion suggests, it stays, so that it
	// does not flicker.
	old := s.completion
	suffix, isPrefix := strings.CutPrefix(old.key.text+old.suffix, key.text)
	if !isPrefix || old.key.factor != key.factor || old.suffix == "" {
		suffix = ""
	}
	if old.cancel != nil {
		old.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.completion = completion{old.id + 1, cancel, key, suffix, old.recordID}
	if key.factor == juhe.Idcard || key.text == "" && (key.factor == juhe.Entname || key.entname == "") {
		cancel()
		s.completion.suffix = ""
		return nil
	}
	id, ledger := s.completion.id, s.Ledger
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

// reset drops the completion. key describes the form now, so that updateCompletion does
// not request one: text that was filled in rather than typed gets no completion.
func (c *completion) reset(key completionKey) {
	if c.cancel != nil {
		c.cancel()
	}
	*c = completion{id: c.id + 1, key: key}
}

func (s *Screen) setCompletion(msg completionMsg) {
	if msg.id == s.completion.id {
		s.completion.cancel()
		s.completion.suffix, s.completion.recordID = strings.TrimPrefix(msg.text, s.completion.key.text), msg.recordID
	}
}

// completionSuffix returns the suggested text after the caret, or "".
func (s *Screen) completionSuffix() string {
	field := &s.fields[s.focus]
	if s.question != nil || !field.AtEnd() || field.Value() != s.completion.key.text || field.factor != s.completion.key.factor {
		return ""
	}
	return s.completion.suffix
}

// suggestedCorrection returns a better value for the focused field, or "".
func (s *Screen) suggestedCorrection() string {
	field := &s.fields[s.focus]
	if s.question != nil || !field.AtEnd() || s.completionSuffix() != "" {
		return ""
	}
	return lookup.SuggestCorrection(s.api, field.factor, field.Value())
}

// acceptCorrection puts the correction into the field. The correction derives from what
// was typed, so it needs no entry in the audit log.
func (s *Screen) acceptCorrection() tea.Cmd {
	correction := s.suggestedCorrection()
	s.pushUndo(false)
	s.fields[s.focus].SetValue(correction)
	return nil
}

// acceptCompletion completes the field. For a person's name it first writes to the audit
// log.
func (s *Screen) acceptCompletion() tea.Cmd {
	field, accepted := &s.fields[s.focus], s.completion
	accept := func() tea.Cmd {
		if field.Value() == accepted.key.text {
			field.SetValue(accepted.key.text + accepted.suffix)
		}
		return nil
	}
	if field.factor != juhe.Realname {
		return accept()
	}
	return s.auditThenFill(accepted.recordID, accepted.recordID, accept)
}

// fieldView draws a field. A completion or correction follows in brackets, since it is
// not in the field yet. A completion masks a person's name.
func (s *Screen) fieldView(i int) string {
	field := &s.fields[i]
	if i != s.focus {
		return field.View()
	}
	view, suggested := field.View(), s.completionSuffix()
	if correction := s.suggestedCorrection(); correction != "" {
		view, suggested = view+" ", s.Theme.Glyphs.Pointer+" "+correction
	}
	if suggested == "" {
		return view
	}
	if field.factor == juhe.Realname && s.suggestedCorrection() == "" {
		typed := len([]rune(field.Value()))
		suggested = string([]rune(ident.MaskName(field.Value() + suggested))[typed:])
	}
	const brackets = 2
	room := s.valueWidth() - widget.Width(view) - brackets
	if room < widget.Width(suggested) {
		suggested = ansi.Truncate(suggested, max(room, 1), "…")
	}
	return view + s.Theme.Dim.Render("["+suggested+"]")
}
