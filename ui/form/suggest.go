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

// suggestion is a completion of the focused field from an earlier lookup. ID numbers
// are never suggested.
type suggestion struct {
	id       int // identifies the request; older results are dropped
	cancel   context.CancelFunc
	key      suggestionKey // of the request
	rest     string        // the suggested text after key.text
	recordID string        // the lookup that it is from
}

// suggestionKey lists all that a suggestion depends on.
type suggestionKey struct {
	factor        juhe.Factor
	text, entname string
}

// suggestMsg is a suggestion: the whole text of the field, and the ID of the lookup
// that it is from.
type suggestMsg struct {
	id             int
	text, recordID string
}

// updateSuggestion requests a suggestion if its key has changed.
func (s *Screen) updateSuggestion() tea.Cmd {
	in := &s.inputs[s.focus]
	key := suggestionKey{in.factor, in.Value(), s.inputs[juhe.Entname].Value()}
	if key == s.suggestion.key {
		return nil
	}
	// A suggestion that is being typed stays, so that it does not flicker.
	old := s.suggestion
	rest, isPrefix := strings.CutPrefix(old.key.text+old.rest, key.text)
	if !isPrefix || old.key.factor != key.factor || old.rest == "" {
		rest = ""
	}
	if old.cancel != nil {
		old.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.suggestion = suggestion{old.id + 1, cancel, key, rest, old.recordID}
	if key.factor == juhe.Idcard || key.text == "" && (key.factor == juhe.Entname || key.entname == "") {
		cancel()
		s.suggestion.rest = ""
		return nil
	}
	id, ledger := s.suggestion.id, s.Ledger
	return func() tea.Msg {
		text, recordID := findCompletion(ctx, ledger, key)
		return suggestMsg{id, text, recordID}
	}
}

// findCompletion finds the newest lookup whose field begins with the text or, if the
// text is empty, that has the same company. It returns "" if there is none or the
// ledger fails.
func findCompletion(ctx context.Context, ledger Ledger, key suggestionKey) (text, recordID string) {
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

// reset drops the suggestion; there is none for a text that was not typed.
func (g *suggestion) reset(key suggestionKey) {
	if g.cancel != nil {
		g.cancel()
	}
	*g = suggestion{id: g.id + 1, key: key}
}

func (s *Screen) setSuggestion(msg suggestMsg) {
	if msg.id == s.suggestion.id {
		s.suggestion.cancel()
		s.suggestion.rest, s.suggestion.recordID = strings.TrimPrefix(msg.text, s.suggestion.key.text), msg.recordID
	}
}

// completion returns the suggested text after the caret, or "".
func (s *Screen) completion() string {
	in := &s.inputs[s.focus]
	if s.question != nil || !in.AtEnd() || in.Value() != s.suggestion.key.text || in.factor != s.suggestion.key.factor {
		return ""
	}
	return s.suggestion.rest
}

// correction returns a better value for the focused field, or "".
func (s *Screen) correction() string {
	in := &s.inputs[s.focus]
	if s.question != nil || !in.AtEnd() || s.completion() != "" {
		return ""
	}
	return lookup.SuggestValue(s.api, in.factor, in.Value())
}

// acceptCorrection puts the correction into the field. It derives from what was typed,
// so the audit log needs no entry.
func (s *Screen) acceptCorrection() tea.Cmd {
	correction := s.correction()
	s.pushUndo(false)
	s.inputs[s.focus].SetValue(correction)
	return nil
}

// acceptCompletion completes the field. For a person's name it writes to the audit
// log first.
func (s *Screen) acceptCompletion() tea.Cmd {
	in, suggested := &s.inputs[s.focus], s.suggestion
	accept := func() tea.Cmd {
		if in.Value() == suggested.key.text {
			in.SetValue(suggested.key.text + suggested.rest)
		}
		return nil
	}
	if in.factor != juhe.Realname {
		return accept()
	}
	return s.auditThenFill(suggested.recordID, suggested.recordID, accept)
}

// fieldView draws a field. The suggestion follows in brackets, since it is not in the
// field yet; a person's name in it is masked.
func (s *Screen) fieldView(i int) string {
	in := &s.inputs[i]
	if i != s.focus {
		return in.View()
	}
	view, rest := in.View(), s.completion()
	if correction := s.correction(); correction != "" {
		view, rest = view+" ", s.Theme.Glyphs.Pointer+" "+correction
	}
	if rest == "" {
		return view
	}
	if in.factor == juhe.Realname && s.correction() == "" {
		typed := len([]rune(in.Value()))
		rest = string([]rune(ident.MaskName(in.Value() + rest))[typed:])
	}
	const brackets = 2
	room := s.valueWidth() - widget.Width(view) - brackets
	if room < widget.Width(rest) {
		rest = ansi.Truncate(rest, max(room, 1), "…")
	}
	return view + s.Theme.Dim.Render("["+rest+"]")
}
